import { setTimeout } from 'node:timers/promises';

import type { ChannelCredentials, Client, ClientDuplexStream } from '@grpc/grpc-js';

import { call } from '../../../contract/support/client';
import type { Message, Outcome } from '../../../contract/support/client';
import { openOwnClient } from './own-client';

/** A question of a client, and what must be done with what comes of it. */
export interface Asked {
  readonly request: Message;
  /** Told of what came of it, exactly once. */
  readonly told: (outcome: Outcome) => void;
}

/** Makes the next question; called when the client is about to ask it. */
export type NextQuestion = () => Asked;

/** Clients that ask until they are stopped. */
export interface Load {
  readonly asked: () => number;
  readonly answered: () => number;
  /** Streams that were opened, and that ended as they should. */
  readonly streams: () => { readonly opened: number; readonly ended: number };
  /** Asks nothing more; resolves once everything is answered or has failed, and all connections are closed. */
  stop(): Promise<void>;
}

/** Who asks. */
export interface LoadOptions {
  /** The clients take turns with them. */
  readonly addresses: readonly string[];
  /** Clients that ask one question after another. */
  readonly callers: number;
  /** Clients that ask over streams, several questions at a time. */
  readonly streamers: number;
  readonly next: NextQuestion;
  /** How they connect; absent: in the clear. */
  readonly as?: ChannelCredentials;
}

/** Questions of one stream that wait for their answers at a time. */
const WINDOW = 4;

/** Milliseconds for which a client waits that was not answered. */
const PAUSE_MS = 5;

/** Answers after which a client ends its stream and opens another one. */
const STREAM_LENGTH = 200;

interface Counts {
  asked: number;
  answered: number;
  opened: number;
  ended: number;
  stopping: boolean;
}

/** Starts all of them; each has a connection of its own. */
export function startLoad(options: LoadOptions): Load {
  const { addresses, callers, streamers, next, as } = options;
  const counts: Counts = { asked: 0, answered: 0, opened: 0, ended: 0, stopping: false };
  const count: NextQuestion = () => {
    counts.asked += 1;
    const { request, told } = next();
    return {
      request,
      told: (outcome) => {
        counts.answered += 1;
        told(outcome);
      },
    };
  };
  const withClient = async (index: number, ask: AskOn): Promise<void> => {
    const address = addresses[index % addresses.length] ?? '';
    const client = openOwnClient('ambit.v1.DecisionService', address, as);
    while (!counts.stopping) {
      // Who is not answered does not ask again at once, or nobody else would get a turn.
      if (!(await ask(client))) await setTimeout(PAUSE_MS);
    }
    client.close();
  };
  const running = [
    ...Array.from({ length: callers }, (_, index) =>
      withClient(index, (client) => askOnce(client, count)),
    ),
    ...Array.from({ length: streamers }, (_, index) =>
      withClient(index, (client) => askOverStream(client, count, counts)),
    ),
  ];
  return {
    asked: () => counts.asked,
    answered: () => counts.answered,
    streams: () => counts,
    stop: async () => {
      counts.stopping = true;
      await Promise.all(running);
    },
  };
}

/** Asks as far as it goes; false if it was not answered. */
type AskOn = (client: Client) => Promise<boolean>;

async function askOnce(client: Client, next: NextQuestion): Promise<boolean> {
  const { request, told } = next();
  const outcome = await call(client, 'Decide', request);
  told(outcome);
  return 'answer' in outcome;
}

/** One stream from its opening to its end. */
async function askOverStream(client: Client, next: NextQuestion, counts: Counts): Promise<boolean> {
  const methods = client as unknown as { DecideStream: () => DecideStream };
  const stream = methods.DecideStream();
  const open = new Map<string, Asked>();
  counts.opened += 1;
  let number = 0;
  let isLeaving = false;
  const ask = (): void => {
    number += 1;
    const asked = next();
    open.set(String(number), asked);
    stream.write({ request: { ...asked.request, request_id: String(number) } });
  };
  const goOn = (): void => {
    if (!counts.stopping && !isLeaving && number < STREAM_LENGTH) ask();
    else if (open.size === 0) stream.end();
  };
  stream.on('data', (answer: Message) => {
    const { id, outcome } = readStreamAnswer(answer);
    const asked = open.get(id);
    if (asked === undefined) throw new Error(`an answer to \`${id}\`, which nobody asked`);
    open.delete(id);
    asked.told(outcome);
    // A service that says so will answer nothing more; whoever asks on would only hold it up.
    isLeaving ||= 'answer' in outcome && blockCodeOf(outcome.answer) === 'shutting_down';
    goOn();
  });
  const failure = await new Promise<string>((resolve) => {
    stream.once('error', ({ message }) => {
      resolve(message);
    });
    stream.once('end', () => {
      resolve('the stream ended');
    });
    for (let index = 0; index < WINDOW; index += 1) ask();
  });
  const isDone = open.size === 0;
  if (isDone) counts.ended += 1;
  for (const { told } of open.values()) told({ code: 'STREAM_FAILED', details: failure });
  return isDone && !isLeaving;
}

/** The code of an answer that is a block; empty for others. */
export function blockCodeOf(answer: Message): string {
  const { block } = answer as { readonly block?: { readonly code: string } };
  return block?.code ?? '';
}

type DecideStream = ClientDuplexStream<Message, Message>;

function readStreamAnswer(answer: Message): { readonly id: string; readonly outcome: Outcome } {
  const id = String(answer['request_id']);
  const { decision, error } = answer as { decision?: Message; error?: Message };
  if (decision !== undefined) return { id, outcome: { answer: decision } };
  return {
    id,
    outcome: { code: String(error?.['code']), details: String(error?.['message']) },
  };
}
