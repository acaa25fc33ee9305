import { credentials, loadPackageDefinition, status } from '@grpc/grpc-js';
import type {
  ChannelCredentials,
  Client,
  GrpcObject,
  ServiceClientConstructor,
  ServiceError,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

import { PROTO_DIRECTORY } from './service';

/** Messages as the loader has them: enums by name, maps as objects, what is not set left out. */
export type Message = Record<string, unknown>;

/** What a call gave. */
export type Outcome =
  { readonly answer: Message } | { readonly code: string; readonly details: string };

const LOADED = loadPackageDefinition(
  loadSync(['ambit/v1/decision_service.proto', 'ambit/v1/policy_service.proto'], {
    includeDirs: [PROTO_DIRECTORY],
    keepCase: true,
    longs: String,
    enums: String,
    oneofs: true,
  }),
);

/** The constructor of a service's client in what the loader has made of the contract. */
export function serviceOf(name: string, loaded: GrpcObject = LOADED): ServiceClientConstructor {
  let found: unknown = loaded;
  for (const part of name.split('.')) found = (found as Record<string, unknown>)[part];
  return found as ServiceClientConstructor;
}

/** Opens a client of a service that knows nothing of our own code. */
export function openClient(
  service: string,
  address: string,
  as: ChannelCredentials = credentials.createInsecure(),
): Client {
  const Service = serviceOf(service);
  return new Service(address, as);
}

/** A method of a client that the loader has made. */
type UnaryMethod = (
  request: Message,
  callback: (error: ServiceError | null, answer?: Message) => void,
) => void;

/** Calls a unary method by its name in the contract. */
export function call(client: Client, method: string, request: Message): Promise<Outcome> {
  const methods = client as unknown as Record<string, UnaryMethod>;
  return new Promise((resolve) => {
    methods[method]?.call(client, request, (error, answer = {}) => {
      resolve(error === null ? { answer } : { code: status[error.code], details: error.details });
    });
  });
}

/** The answer of a call that must give one. */
export async function answerOf(client: Client, method: string, request: Message): Promise<Message> {
  const outcome = await call(client, method, request);
  if ('answer' in outcome) return outcome.answer;
  throw new Error(`${outcome.code}: ${outcome.details}`);
}
