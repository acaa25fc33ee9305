import { credentials, Metadata } from '@grpc/grpc-js';
import type { Client, ClientDuplexStream } from '@grpc/grpc-js';

import { openClient, type Message } from '../../contract/support/client';
import { askHttp } from '../../contract/support/http';
import { AuthorizationClient } from '../../../src/gen/envoy/service/auth/v3/external_auth';
import { toWire } from '../../pep/ext-authz/support/check-server';
import * as prompts from '../support/canary';
import { MARK } from '../support/canary';
import type { ChatOptions } from '../support/rig';

/** Where a service answers. */
export interface AskedAt {
  readonly grpc: string;
  readonly http: string;
}

/** A value of an attribute that is to be recorded, and so must be found. */
export const RECORDED = 'recorded-purpose';

/** A target that is to be recorded. */
export const TARGET = 'acme/recorded-target';

/** Headers that come with every call, in which whoever asks may write anything. */
const CARRIED = {
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  tracestate: `v=${MARK},ot=${MARK}`,
  baggage: `user=${MARK}`,
  authorization: `Bearer ${MARK}`,
  'x-api-key': MARK,
  'user-agent': MARK,
  cookie: `session=${MARK}`,
};

const SCOPE = { data: 'open' };
const CANDIDATE = { target: TARGET };
const ask = (context: Message, candidate: Message = {}, rest: Message = {}): Message => ({
  context: { scope: SCOPE, ...context },
  candidates: [{ ...CANDIDATE, ...candidate }],
  ...rest,
});

/**
 * Questions with a text in one place of each. A name is recorded as it is, so the text must be none: something that was
 * written for a model, or a key.
 */
const questionsWith = (text: string): readonly Message[] => [
  ask({}, {}, { request_id: text }),
  ask({ tenant: text }),
  ask({ model: text }),
  ask({ model: `acme/${text}`, model_id_style: 'MODEL_ID_STYLE_PIN' }),
  ask({ models: [text] }),
  ask({ features: [text] }),
  ask({ scope: { data: text } }),
  ask({ scope: { ...SCOPE, ticket: text } }),
  ask({ scope: { ...SCOPE, [text]: text } }),
  ask({ attributes: { note: text } }),
  ask({ attributes: { purpose: text } }),
  ask({ attributes: { [text]: text } }),
  ...['only', 'ignore', 'order', 'processing_regions', 'quantizations'].map((key) =>
    ask({ preferences: { [key]: { values: [text] } } }),
  ),
  ...['ref', 'target', 'provider', 'model', 'region', 'credential', 'endpoint'].map((key) =>
    ask({}, { [key]: text }),
  ),
  ask({}, { endpoint: `https://user:${text}@acme.example/v1?key=${text}` }),
  ask({}, { claims: [{ name: 'label:tier', string_value: text }] }),
  ask({}, { claims: [{ name: `certification:${text}`, bool_value: true }] }),
  ask({}, { claims: [{ name: 'gdpr', bool_value: true, expires_at: text }] }),
  ask({}, {}, { min_bundle: { digest: text } }),
  // Refused before anything is decided.
  ask({ tenant: text.repeat(300) }),
];

const PROMPT = `Summarise the letter about ${MARK} for me`;

const QUESTIONS = [PROMPT, `sk-proj-${MARK}-0123456789abcdef`].flatMap(questionsWith);

const CONTROL = ask({ attributes: { purpose: RECORDED } });
const BLOCKED = ask({ scope: { data: 'secret' }, attributes: { purpose: RECORDED } });

const CHATS: readonly ChatOptions[] = [
  prompts.PLAIN,
  prompts.RICH,
  prompts.OTHER_API,
  prompts.HEADERS,
  prompts.REFUSED,
  prompts.REFUSED_BY_BODY,
].flatMap((each) => Object.values(each));

type Unary = (request: Message, metadata: Metadata, done: (error: unknown) => void) => void;

function metadata(): Metadata {
  const made = new Metadata();
  for (const [name, value] of Object.entries(CARRIED)) made.set(name, value);
  return made;
}

/** Asks everything there is a way to ask, with the mark wherever a client can write; gives the number of calls. */
export async function askEverything(at: AskedAt): Promise<number> {
  const client = openClient('ambit.v1.DecisionService', at.grpc);
  const questions = [...QUESTIONS, CONTROL, BLOCKED];
  for (const request of questions) await decide(client, request);
  await stream(client, QUESTIONS);
  client.close();
  const envoy = new AuthorizationClient(at.grpc, credentials.createInsecure());
  for (const chat of CHATS) await check(envoy, chat);
  envoy.close();
  const asked = CHATS.filter(({ text = '' }) => text.length < MOST_BODY);
  for (const chat of asked) await checkByHttp(at.http, chat);
  await askHttp(at.http, `/v1/models/${encodeURIComponent(PROMPT)}?api=${MARK}`, {
    headers: CARRIED,
  });
  return questions.length + QUESTIONS.length + CHATS.length + asked.length + 1;
}

/** Characters above which Node's client is cut off while it sends, which is no answer. */
const MOST_BODY = 1_000_000;

async function decide(client: Client, request: Message): Promise<void> {
  const { Decide } = client as unknown as { readonly Decide: Unary };
  await new Promise((resolve) => {
    Decide.call(client, request, metadata(), resolve);
  });
}

type DecideStream = ClientDuplexStream<Message, Message>;

async function stream(client: Client, questions: readonly Message[]): Promise<void> {
  const { DecideStream: open } = client as unknown as {
    readonly DecideStream: (metadata: Metadata) => DecideStream;
  };
  const opened = open.call(client, metadata());
  opened.on('data', () => undefined);
  questions.forEach((request, index) => {
    opened.write({ request: { request_id: String(index), ...request } });
  });
  opened.end();
  await new Promise((resolve) => opened.once('end', resolve).once('error', resolve));
}

async function check(client: AuthorizationClient, chat: ChatOptions): Promise<void> {
  const { path = '', headers = {}, text = '' } = chat;
  const request = { path, headers: { ...CARRIED, ...headers }, body: text, extensions: SCOPE };
  await new Promise((resolve) => {
    client.check(toWire(request), metadata(), resolve);
  });
}

async function checkByHttp(address: string, chat: ChatOptions): Promise<void> {
  const { path = '', headers = {}, text = '' } = chat;
  const type = { 'content-type': 'application/json' };
  await askHttp(address, `/ext-authz${path}`, {
    method: 'POST',
    headers: { ...CARRIED, ...type, ...headers, 'x-ambit-scope-data': 'open' },
    body: text,
  });
}
