import { Client, credentials } from '@grpc/grpc-js';
import type { ChannelCredentials } from '@grpc/grpc-js';

import { DecisionServiceService } from '../../../gen/ambit/v1/decision_service';
import { PolicyServiceService, GetStatusResponse } from '../../../gen/ambit/v1/policy_service';
import { DecideResponse } from '../../../gen/ambit/v1/decision';
import type {
  ClientResult,
  ClientTls,
  ConnectClient,
  DecisionClient,
} from '../../../ports/decision-client';
import type { AnswerDocument } from '../../../ports/wire-json';
import { parseAddress } from '../../../platform/address';
import { holdsCertificate } from '../../../platform/tls-material';
import { documentOf } from '../documents';
import { messageOf } from '../wire-json';
import { DECIDE_SCHEMA, LIST_SCHEMA } from '../wire-schema';
import { askHealth } from './ask-health';
import { callUnary } from './call-unary';
import type { Connection } from './call-unary';
import { listPages } from './list-pages';

/** Opens a client: over TLS as it is told, or over plaintext. */
export const connect: ConnectClient = ({ address, deadlineMs, tls }) => {
  const parsed = parseAddress(address);
  if (parsed === undefined) return { problem: `\`${address}\` is no address`, part: 'address' };
  const channel = tls === undefined ? credentials.createInsecure() : secureChannel(tls);
  if (channel === undefined) return { problem: UNUSABLE_TLS, part: 'tls' };
  const name = tls?.serverName;
  const options = name === undefined ? {} : { 'grpc.ssl_target_name_override': name };
  const client = new Client(address, channel, options);
  return { client: createClient({ client, address, deadlineMs, isSecure: tls !== undefined }) };
};

/** Never what the library says: it may repeat what it was given. */
const UNUSABLE_TLS = 'the certificates and the key are no PEM, or do not fit together';

/** Undefined: the texts are of no use. */
function secureChannel({ ca, identity }: ClientTls): ChannelCredentials | undefined {
  if (ca !== undefined && !holdsCertificate(ca)) return undefined;
  const [root, key, cert] = [ca, identity?.key, identity?.cert].map((pem) =>
    pem === undefined ? null : Buffer.from(pem),
  );
  try {
    return credentials.createSsl(root, key, cert);
  } catch {
    return undefined;
  }
}

function createClient(connection: Connection): DecisionClient {
  return {
    decide: (text) => decide(connection, text),
    listEligible: async (text) => {
      const message = messageOf(text, LIST_SCHEMA);
      return 'problem' in message
        ? badRequest(message.problem)
        : listPages(connection, message.bytes);
    },
    health: (service) => askHealth(connection, service),
    status: () => readStatus(connection),
    close: () => {
      connection.client.close();
    },
  };
}

function badRequest(message: string): ClientResult<never> {
  return { failure: { kind: 'bad_request', status: 'INVALID_ARGUMENT', message } };
}

async function decide(connection: Connection, text: string): Promise<ClientResult<AnswerDocument>> {
  const message = messageOf(text, DECIDE_SCHEMA);
  if ('problem' in message) return badRequest(message.problem);
  const { path } = DecisionServiceService.decide;
  const result = await callUnary(connection, { path, request: message.bytes }, (bytes) =>
    DecideResponse.decode(bytes),
  );
  if ('failure' in result) return result;
  return { answer: documentOf(DecideResponse.toJSON(result.answer)) };
}

async function readStatus(
  connection: Connection,
): Promise<ClientResult<Readonly<Record<string, unknown>>>> {
  const { path } = PolicyServiceService.getStatus;
  const result = await callUnary(connection, { path, request: Buffer.alloc(0) }, (bytes) =>
    GetStatusResponse.decode(bytes),
  );
  if ('failure' in result) return result;
  return { answer: GetStatusResponse.toJSON(result.answer) as Record<string, unknown> };
}
