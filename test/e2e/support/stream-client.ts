import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';

import type { HttpRequest } from './http-client';

/** An answer that is read piece by piece, as it comes. */
export interface StreamedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly decisionId: string;
  /** Waits until the text so far ends like this, and gives all of it. */
  readUntil(ending: string): Promise<string>;
  /** Ends the connection, as a client that has gone. */
  leave(): void;
  /** Waits for the end: whether the answer was complete, and all of its text. */
  end(): Promise<{ readonly isComplete: boolean; readonly text: string }>;
}

function read(incoming: IncomingMessage): StreamedAnswer {
  const pieces = incoming[Symbol.asyncIterator]();
  let text = '';
  const readOn = async (): Promise<boolean> => {
    const { done, value } = (await pieces.next()) as IteratorResult<Buffer, undefined>;
    if (done !== true) text += value.toString('utf8');
    return done !== true;
  };
  return {
    status: incoming.statusCode ?? 0,
    contentType: incoming.headers['content-type'] ?? '',
    decisionId: String(incoming.headers['x-ambit-decision-id']),
    readUntil: async (ending) => {
      while (!text.endsWith(ending)) {
        if (!(await readOn())) throw new Error(`the answer ended as ${JSON.stringify(text)}`);
      }
      return text;
    },
    leave: () => {
      incoming.destroy();
    },
    end: async () => {
      try {
        while (await readOn());
      } catch {
        // The connection broke, which `complete` tells as well.
      }
      return { isComplete: incoming.complete, text };
    },
  };
}

/** Sends one request on a connection of its own and resolves as soon as the answer begins. */
export async function openStream({
  port,
  path,
  headers,
  body,
}: HttpRequest): Promise<StreamedAnswer> {
  const outgoing = request({
    host: '127.0.0.1',
    port,
    path,
    method: 'POST',
    agent: false,
    headers,
  });
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  return read(incoming);
}
