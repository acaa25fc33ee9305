import { status } from '@grpc/grpc-js';
import type { CallOptions, Client } from '@grpc/grpc-js';

import type { Outcome } from './client';
import { loadContract } from './contract';

const CONTRACT = loadContract();

/** Calls a unary method with bytes that no encoder would write; the answer is decoded by the loader's codec. */
export function callRaw(
  client: Client,
  method: string,
  request: Uint8Array,
  options: CallOptions = {},
): Promise<Outcome> {
  const [service = '', name = ''] = method.split('/');
  const { responseType } = CONTRACT.lookupService(service).methods[name] ?? {};
  const Response = CONTRACT.lookupType(`ambit.v1.${responseType ?? ''}`);
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      `/${method}`,
      (bytes: Uint8Array) => Buffer.from(bytes),
      (bytes) => Response.toObject(Response.decode(bytes), { enums: String, longs: String }),
      request,
      options,
      (error, answer = {}) => {
        resolve(error === null ? { answer } : { code: status[error.code], details: error.details });
      },
    );
  });
}

/** A message of the contract as the loader's codec writes it. */
export function encode(type: string, message: object): Buffer {
  const Type = CONTRACT.lookupType(`ambit.v1.${type}`);
  return Buffer.from(Type.encode(Type.fromObject(message)).finish());
}
