import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Client } from '@grpc/grpc-js';
import { answerOf, openClient, type Message } from '../contract/support/client';
import { startService } from '../contract/support/service';

/** A small gateway that asks a real service over gRPC and hands its blocks to clients. */
export interface Front {
  readonly url: string;
  /** Requests so far, by path. */
  readonly requests: readonly string[];
  /** The headers of every answer; a service that is only overloaded would not say `x-should-retry`. */
  answerWith(answer: Answer | undefined): void;
  close(): Promise<void>;
}

/** An answer that stands in place of the service's. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** The targets of every request; the policy has to block them all. */
const CANDIDATES = [{ target: 'acme/large' }, { target: 'boreal/large' }];

/** The api of a path, as clients know it. */
const APIS: readonly (readonly [RegExp, string])[] = [
  [/^\/v1\/chat\/completions$/u, 'API_CHAT_COMPLETIONS'],
  [/^\/v1\/responses$/u, 'API_RESPONSES'],
  [/^\/v1\/embeddings$/u, 'API_EMBEDDINGS'],
  [/^\/v1\/messages$/u, 'API_MESSAGES'],
  [/^\/v1beta\/models\/[^/]+:(?:streamGenerateContent|generateContent)$/u, 'API_GEMINI'],
];

/** Starts the service with the policy text and the gateway before it. */
export async function startFront(policy: string): Promise<Front> {
  const service = await startService(policy);
  const client = openClient('ambit.v1.DecisionService', service.addresses[0] ?? '');
  const requests: string[] = [];
  let fixed: Answer | undefined;
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    void (fixed === undefined ? answer(client, request, response) : plain(response, fixed));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    answerWith: (next) => {
      fixed = next;
    },
    close: async () => {
      client.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await service.stop();
    },
  };
}

async function answer(
  client: Client,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '', 'http://front');
  const api = APIS.find(([path]) => path.test(pathname))?.[1];
  const model = await modelOf(request, pathname);
  const decision = await answerOf(client, 'Decide', {
    context: { model, api },
    candidates: CANDIDATES,
  });
  const block = decision['block'] as Message | undefined;
  if (block === undefined) throw new Error('the policy of these tests blocks everything');
  response.writeHead(Number(block['http_status']), {
    'content-type': String(block['content_type']),
    'x-should-retry': 'false',
  });
  response.end(block['body'] as Buffer);
}

/** Gemini's clients write the model into the path, all others into the body. */
async function modelOf(request: IncomingMessage, pathname: string): Promise<string> {
  const inPath = /^\/v1beta\/models\/([^/:]+):/u.exec(pathname)?.[1];
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { readonly model?: string };
  return inPath === undefined ? (body.model ?? '') : decodeURIComponent(inPath);
}

function plain(response: ServerResponse, { status, body }: Answer): Promise<void> {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body);
  return Promise.resolve();
}
