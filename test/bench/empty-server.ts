import { readFileSync } from 'node:fs';

import { Server, ServerCredentials } from '@grpc/grpc-js';
import type {
  sendUnaryData,
  ServerDuplexStream,
  ServerUnaryCall,
  ServiceDefinition,
} from '@grpc/grpc-js';

const asBuffer = (bytes: Buffer): Buffer => bytes;

const method = {
  requestSerialize: asBuffer,
  requestDeserialize: asBuffer,
  responseSerialize: asBuffer,
  responseDeserialize: asBuffer,
};

/** Ambit's paths, with nothing behind them. */
const SERVICE: ServiceDefinition = {
  decide: {
    ...method,
    path: '/ambit.v1.DecisionService/Decide',
    requestStream: false,
    responseStream: false,
  },
  decideStream: {
    ...method,
    path: '/ambit.v1.DecisionService/DecideStream',
    requestStream: true,
    responseStream: true,
  },
};

/** Answers every call with the bytes of one file: what grpc-js itself costs. */
function main(): void {
  const answer = readFileSync(process.argv[2] ?? '');
  // An end of its own choice, so that a profile of it is written.
  process.once('SIGTERM', () => process.exit(0));
  // As Ambit's own server is configured, where that changes what a call costs.
  const server = new Server({ 'grpc.enable_channelz': 0 });
  server.addService(SERVICE, {
    decide: (_: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) => {
      callback(null, answer);
    },
    decideStream: (call: ServerDuplexStream<Buffer, Buffer>) => {
      call.on('data', () => call.write(answer));
      call.on('end', () => {
        call.end();
      });
    },
  });
  server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    process.stdout.write(`${JSON.stringify({ address: `127.0.0.1:${String(port)}` })}\n`);
  });
}

main();
