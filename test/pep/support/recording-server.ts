import { credentials, Server, ServerCredentials, type ServiceError } from '@grpc/grpc-js';

import { DecisionServiceClient } from '../../../src/gen/ambit/v1/decision_service';
import { DecideRequest } from '../../../src/gen/ambit/v1/request';
import { AuthorizationClient } from '../../../src/gen/envoy/service/auth/v3/external_auth';
import { createAskLimit } from '../../../src/pep/ask-limits';
import {
  authorizationDefinition,
  createAuthorizationHandlers,
} from '../../../src/pep/ext-authz/check-handlers';
import { createDecisionHandlers } from '../../../src/pep/grpc/decision-handlers';
import { decisionDefinition } from '../../../src/pep/grpc/service-definitions';
import { digestOf } from '../../../src/platform/digest';
import { DEFAULT_CLIENT_PREFERENCES } from '../../../src/ports/client-preferences';
import type { MadeDecision } from '../../../src/ports/decision-audit';
import { DEFAULT_LIMITS } from '../../../src/ports/service-limits';
import { recordDecision } from '../../../src/service/evidence/record-decision';
import type { RecordedDecision } from '../../../src/service/evidence/recorded-decision';
import { createPoint, toWire, type TestCheck } from '../ext-authz/support/check-server';
import { createTestRules } from './test-rules';

/** Decide and Envoy's Check over one decision point, which records everything that it decides. */
export interface RecordingServer {
  /** Settles with true where it is answered, and false where the call is refused. `request` is a DecideRequest's JSON. */
  decide(request: unknown): Promise<boolean>;
  check(request: TestCheck): Promise<boolean>;
  /** What was recorded since it was last asked. */
  taken(): readonly RecordedDecision[];
  close(): void;
}

/** Serves both on a free port. `attributes` are the names of those that may be recorded. */
export async function serveRecording(
  files: Readonly<Record<string, string>>,
  attributes: ReadonlySet<string>,
): Promise<RecordingServer> {
  const records: RecordedDecision[] = [];
  const keep = (made: MadeDecision): undefined =>
    void records.push(recordDecision({ ...made, attributes, latencyMs: 1 }));
  const server = await createServer(files, keep);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  const address = `127.0.0.1:${String(port)}`;
  const decisions = new DecisionServiceClient(address, credentials.createInsecure());
  const checks = new AuthorizationClient(address, credentials.createInsecure());
  const settled = (call: (done: (error: ServiceError | null) => void) => unknown) =>
    new Promise<boolean>((resolve) => {
      call((error) => {
        resolve(error === null);
      });
    });
  return {
    decide: (request) => settled((done) => decisions.decide(DecideRequest.fromJSON(request), done)),
    check: (request) => settled((done) => checks.check(toWire(request), done)),
    taken: () => records.splice(0),
    close: () => {
      decisions.close();
      checks.close();
      server.forceShutdown();
    },
  };
}

async function createServer(
  files: Readonly<Record<string, string>>,
  keep: (made: MadeDecision) => undefined,
): Promise<Server> {
  const point = await createPoint(files, [], { keep });
  const { rules } = createTestRules();
  const limits = DEFAULT_LIMITS;
  const common = { point, rules, limits, clientPreferences: DEFAULT_CLIENT_PREFERENCES };
  const server = new Server();
  const limitAsk = createAskLimit(limits);
  server.addService(decisionDefinition(limits.request_bytes), {
    ...createDecisionHandlers({ point, rules, digestOf, limitAsk }),
  });
  server.addService(authorizationDefinition(limits.check_bytes), {
    ...createAuthorizationHandlers(common),
  });
  return server;
}
