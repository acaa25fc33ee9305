import { DIALECTS } from '../../../support/dialects';
import { credentials, Server, ServerCredentials, type ServiceError } from '@grpc/grpc-js';

import {
  AuthorizationClient,
  CheckRequest,
  type CheckResponse,
} from '../../../../src/gen/envoy/service/auth/v3/external_auth';
import {
  authorizationDefinition,
  createAuthorizationHandlers,
} from '../../../../src/pep/ext-authz/check-handlers';
import type { CallFailure } from '../../../../src/pep/incoming';
import { digestOf } from '../../../../src/platform/digest';
import type { Answer, Ask } from '../../../../src/ports/answer';
import type { DecisionAudit } from '../../../../src/ports/decision-audit';
import { createBundleStore } from '../../../../src/service/bundle-store';
import { createDecisionPoint, type DecisionPoint } from '../../../../src/service/decision-point';
import { loadPolicies } from '../../../../src/service/policy-loader';
import { DEFAULT_CLIENT_PREFERENCES } from '../../../../src/ports/client-preferences';
import { DEFAULT_LIMITS } from '../../../../src/ports/service-limits';
import { createMemoryReader } from '../../../cli/support/memory-reader';
import { createTestRules } from '../../support/test-rules';

/** 1 July 2026, 00:00 UTC. */
const NOW_MS = Date.UTC(2026, 6, 1);

/** A Check in the words of a test; what is left out is that of an ordinary chat completion. */
export interface TestCheck {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a text or bytes as they are. */
  readonly body?: object | string | Buffer;
  /** The body as a string field (`pack_as_bytes: false`). */
  readonly asText?: boolean;
  readonly extensions?: Readonly<Record<string, string>>;
  readonly lifted?: Readonly<Record<string, unknown>>;
}

/** A served Check over real policies. */
export interface CheckServer {
  check(request?: TestCheck): Promise<CheckResponse>;
  /** Sends bytes that need not be a CheckRequest; settles with the error. */
  checkBytes(bytes: Buffer): Promise<ServiceError>;
  /** All asks so far, with what was answered. */
  readonly decided: readonly { readonly ask: Ask; readonly answer: Answer }[];
  readonly defects: readonly unknown[];
  /** What is told of calls that were refused. */
  readonly refused: readonly CallFailure[];
  close(): void;
}

/** The wire form of a test's Check. */
export function toWire(request: TestCheck): CheckRequest {
  const { body = { model: 'gpt-5.4-mini', messages: [] }, asText = false } = request;
  const bytes =
    typeof body === 'string'
      ? Buffer.from(body)
      : Buffer.isBuffer(body)
        ? body
        : Buffer.from(JSON.stringify(body));
  return CheckRequest.fromPartial({
    attributes: {
      request: {
        http: {
          method: request.method ?? 'POST',
          path: request.path ?? '/v1/chat/completions',
          headers: new Map(
            Object.entries({
              'content-type': 'application/json',
              'x-request-id': 'r-1',
              ...request.headers,
            }),
          ),
          ...(asText ? { body: bytes.toString('utf8') } : { rawBody: bytes }),
        },
      },
      contextExtensions: new Map(Object.entries(request.extensions ?? {})),
      ...(request.lifted === undefined
        ? {}
        : { metadataContext: { filterMetadata: new Map([['ambit.request', request.lifted]]) } }),
    },
  });
}

/** A decision point over the files, and what it decided. Throws if they are not valid. */
export async function createPoint(
  files: Readonly<Record<string, string>>,
  decided: { ask: Ask; answer: Answer }[],
  audit?: Pick<DecisionAudit, 'keep'>,
): Promise<DecisionPoint> {
  const clock = { nowMs: () => NOW_MS };
  const loaded = await loadPolicies({
    roots: Object.keys(files).map((path) => ({ path })),
    reader: createMemoryReader(files),
    dialects: DIALECTS,
    digestOf,
  });
  if (loaded.bundle === undefined) throw new Error(JSON.stringify(loaded.findings));
  const store = createBundleStore({ clock });
  store.offer(loaded);
  return createDecisionPoint({
    store,
    clock,
    ids: { next: () => 'decision-1' },
    log: { record: (ask, answer) => void decided.push({ ask, answer }) },
    ...(audit === undefined ? {} : { audit: { ...audit, withdraw: () => undefined } }),
    onDefect: (error) => {
      throw error;
    },
  });
}

/** Serves Check on a free port. `alter` replaces parts of the decision point, for what must hold then. */
export async function serveCheck(
  files: Readonly<Record<string, string>>,
  alter: (point: DecisionPoint) => DecisionPoint = (point) => point,
  clientPreferences = DEFAULT_CLIENT_PREFERENCES,
): Promise<CheckServer> {
  const decided: { ask: Ask; answer: Answer }[] = [];
  const point = alter(await createPoint(files, decided));
  const server = new Server();
  const { rules, defects, refused } = createTestRules();
  const definition = authorizationDefinition(DEFAULT_LIMITS.check_bytes);
  server.addService(definition, {
    ...createAuthorizationHandlers({ point, rules, limits: DEFAULT_LIMITS, clientPreferences }),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  const address = `127.0.0.1:${String(port)}`;
  const client = new AuthorizationClient(address, credentials.createInsecure());
  return {
    decided,
    defects,
    refused,
    check: (request = {}) =>
      new Promise((resolve, reject) => {
        client.check(toWire(request), (error, answer) => {
          if (error === null) resolve(answer);
          else reject(error);
        });
      }),
    checkBytes: (bytes) =>
      new Promise((resolve, reject) => {
        client.makeUnaryRequest(
          definition.check.path,
          (value: Buffer) => value,
          definition.check.responseDeserialize,
          bytes,
          (error) => {
            if (error === null) reject(new Error('the bytes were answered'));
            else resolve(error);
          },
        );
      }),
    close: () => {
      client.close();
      server.forceShutdown();
    },
  };
}

/** Makes the bytes of a CheckRequest. */
export function encodeCheck(request: CheckRequest): Buffer {
  return Buffer.from(CheckRequest.encode(request).finish());
}
