import { credentials, Client, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';

import { DecideResponse } from '../../../src/gen/ambit/v1/decision';
import {
  DecideStreamResponse,
  ListEligibleResponse,
} from '../../../src/gen/ambit/v1/decision_service';
import {
  ExplainResponse,
  GetCatalogResponse,
  GetStatusResponse,
} from '../../../src/gen/ambit/v1/policy_service';
import { CheckResponse } from '../../../src/gen/envoy/service/auth/v3/external_auth';
import type { Method } from './message-case';
import { ALLOWED, field } from './wire';

const PATHS = {
  decide: '/ambit.v1.DecisionService/Decide',
  stream: '/ambit.v1.DecisionService/DecideStream',
  list: '/ambit.v1.DecisionService/ListEligible',
  status: '/ambit.v1.PolicyService/GetStatus',
  catalog: '/ambit.v1.PolicyService/GetCatalog',
  explain: '/ambit.v1.PolicyService/Explain',
  check: '/envoy.service.auth.v3.Authorization/Check',
} as const satisfies Readonly<Record<Method, string>>;

const OUTCOMES = ['OUTCOME_UNSPECIFIED', 'OUTCOME_ALLOW', 'OUTCOME_WARN', 'OUTCOME_BLOCK'] as const;

/** A client that sends bytes, and says in a line what it is answered. */
export interface ServiceClient {
  send(method: Method, bytes: Uint8Array): Promise<string>;
  /** Asks what must be allowed. */
  askGood(): Promise<string>;
  close(): void;
}

/** Opens a client of the service at an address. */
export function openServiceClient(address: string): ServiceClient {
  // Messages of any size are for the service to refuse, and not for the client.
  const client = new Client(address, credentials.createInsecure(), {
    'grpc.max_send_message_length': -1,
  });
  const unary = (method: Method, bytes: Uint8Array): Promise<string> =>
    new Promise((resolve) => {
      client.makeUnaryRequest(PATHS[method], asIs, asIs, Buffer.from(bytes), (error, answer) => {
        resolve(error === null ? describe(method, answer ?? Buffer.alloc(0)) : failure(error));
      });
    });
  return {
    send: (method, bytes) => (method === 'stream' ? stream(client, bytes) : unary(method, bytes)),
    askGood: () => unary('decide', ALLOWED),
    close: () => {
      client.close();
    },
  };
}

const asIs = (bytes: Buffer): Buffer => bytes;

function failure({ code, details }: ServiceError): string {
  return `${status[code]}: ${details}`;
}

/** Sends the bytes and then a good request on one stream, which must go on. */
function stream(client: Client, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const call = client.makeBidiStreamRequest(PATHS.stream, asIs, asIs);
    const told: string[] = [];
    call.on('data', (answer: Buffer) => told.push(describeStream(answer)));
    call.on('error', (error: ServiceError) => {
      resolve([...told, failure(error)].join('; then '));
    });
    call.on('end', () => {
      resolve(told.join('; then '));
    });
    call.write(Buffer.from(bytes));
    call.write(field(1, field(1, 'good'), ALLOWED));
    call.end();
  });
}

function describeStream(bytes: Buffer): string {
  const { result } = DecideStreamResponse.decode(bytes);
  if (result === undefined) return 'nothing';
  if (result.$case === 'decision') return describeDecision(result.value);
  return `${String(status[result.value.code])}: ${result.value.message}`;
}

function describeDecision({ outcome, block, verdicts }: DecideResponse): string {
  const name = OUTCOMES[outcome as number] ?? String(outcome);
  const codes = new Set(verdicts.flatMap(({ reasons }) => reasons.map(({ code }) => code)));
  const reasons = codes.size === 0 ? '' : ` (${[...codes].sort().join(', ')})`;
  if (block === undefined) return name + reasons;
  return `${name} ${block.code}, status ${String(block.httpStatus)}: ${block.message}${reasons}`;
}

function describe(method: Method, bytes: Buffer): string {
  switch (method) {
    case 'decide':
      return describeDecision(DecideResponse.decode(bytes));
    case 'list': {
      const { block, verdicts } = ListEligibleResponse.decode(bytes);
      if (block === undefined) return `LISTED ${String(verdicts.length)}`;
      return `OUTCOME_BLOCK ${block.code}, status ${String(block.httpStatus)}: ${block.message}`;
    }
    case 'status':
      return `STATE ${String(GetStatusResponse.decode(bytes).state)}`;
    case 'catalog':
      return `LISTED ${String(GetCatalogResponse.decode(bytes).targets.length)}`;
    case 'explain':
      return `EXPLAINED ${String(ExplainResponse.decode(bytes).candidates.length)}`;
    case 'check':
      return describeCheck(CheckResponse.decode(bytes));
    case 'stream':
      throw new Error('a stream is no unary call');
  }
}

function describeCheck({ status: verdict, httpResponse }: CheckResponse): string {
  if (httpResponse?.$case === 'okResponse' && (verdict?.code ?? 0) === 0) return 'OK';
  if (httpResponse?.$case !== 'deniedResponse' && httpResponse?.$case !== 'errorResponse') {
    return `OTHER ${String(httpResponse?.$case)}`;
  }
  const { status: http, body } = httpResponse.value;
  const { error, code, detail } = JSON.parse(body) as {
    readonly error?: { readonly code?: string; readonly message?: string };
    readonly code?: string;
    readonly detail?: string;
  };
  const [named = '', message = ''] = [error?.code ?? code, error?.message ?? detail];
  return `DENIED ${named}, status ${String(http?.code)}: ${message}`;
}
