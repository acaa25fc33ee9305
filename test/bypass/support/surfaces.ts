import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { credentials, status } from '@grpc/grpc-js';
import type { Client, ClientDuplexStream } from '@grpc/grpc-js';

import { AuthorizationClient } from '../../../src/gen/envoy/service/auth/v3/external_auth';
import type { CheckResponse } from '../../../src/gen/envoy/service/auth/v3/external_auth';
import { cli } from '../../cli/support/cli';
import { call, openClient, type Message } from '../../contract/support/client';
import { askHttp } from '../../contract/support/http';
import { at, startService, type TestService } from '../../contract/support/service';
import { denialOf } from '../../pep/ext-authz/support/answers';
import { toWire } from '../../pep/ext-authz/support/check-server';
import { loadFiles } from '../../service/support/world';
import { requestOf, scopeOf, seenIn, toLoaded, type Seen } from './ask';
import { checkOf } from './check';
import type { Ask, Json, Surface, World } from './trick';

/** A world that is served. */
export interface ServedWorld {
  ask(surface: Surface, ask: Ask): Promise<Seen>;
  stop(): Promise<void>;
}

/** Serves a world over real sockets, gRPC with Check and HTTP; with other files laid over its own. */
export async function serveWorld(
  world: Pick<World, 'files' | 'service'>,
  more: World['files'] = {},
): Promise<ServedWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'ambit-bypass-'));
  const files = { ...world.files, ...more };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(directory, name), text);
  }
  const listeners = at('127.0.0.1:0');
  const service = await startService('', {
    roots: [{ path: directory }],
    listeners,
    httpListeners: listeners,
    ...world.service,
  });
  const [grpc = ''] = service.addresses;
  const decisions = openClient('ambit.v1.DecisionService', grpc);
  const checks = new AuthorizationClient(grpc, credentials.createInsecure());
  const asks = {
    decide: (ask: Ask) => callDecision(decisions, 'Decide', toLoaded(requestOf(ask))),
    stream: (ask: Ask) => stream(decisions, toLoaded(requestOf(ask))),
    list: (ask: Ask) =>
      callDecision(decisions, 'ListEligible', toLoaded({ context: ask.context ?? {} })),
    check: (ask: Ask) => check(checks, ask),
    models: (ask: Ask) => models(service, ask),
    cli: (ask: Ask) => command(files, ask),
    file: (ask: Ask) => file(files, ask),
  };
  return {
    ask: (surface, ask) => asks[surface](ask),
    stop: async () => {
      decisions.close();
      checks.close();
      await service.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function callDecision(client: Client, method: string, request: Message): Promise<Seen> {
  const outcome = await call(client, method, request);
  return 'answer' in outcome ? seenIn(outcome.answer) : { eligible: [], codes: [outcome.code] };
}

function stream(client: Client, request: Message): Promise<Seen> {
  const methods = client as unknown as {
    DecideStream: () => ClientDuplexStream<Message, Message>;
  };
  return new Promise((resolve, reject) => {
    const calling = methods.DecideStream();
    calling.on('data', ({ decision, error }: Message) => {
      const { code } = (error ?? {}) as { code?: number };
      resolve(
        code === undefined
          ? seenIn(decision as Message)
          : { eligible: [], codes: [status[code] ?? ''] },
      );
      calling.end();
    });
    calling.on('error', reject);
    calling.write({ request: { request_id: 'r', ...request } });
  });
}

function check(client: AuthorizationClient, ask: Ask): Promise<Seen> {
  return new Promise((resolve) => {
    client.check(toWire(checkOf(ask)), (error, answer) => {
      resolve(error === null ? seenInCheck(answer) : { eligible: [], codes: [status[error.code]] });
    });
  });
}

function seenInCheck(answer: CheckResponse): Seen {
  if (answer.status?.code !== 0) return { eligible: [], codes: wordsOf(answer) };
  const { eligible } = answer.dynamicMetadata as { eligible: string[] };
  return { eligible, codes: [] };
}

/** What a denial says in its body: a code, or where a system's words have none, its type or its message. */
function wordsOf(answer: CheckResponse): readonly string[] {
  const { error, code } = denialOf(answer).body as { error?: Json; code?: string };
  const words = error === undefined ? [code] : [error['code'], error['type'], error['message']];
  return words.filter((word) => word !== undefined).map(String);
}

/** With a model that name alone is asked for; without one the list. */
async function models({ addresses }: TestService, ask: Ask): Promise<Seen> {
  const { model, api } = (ask.context ?? {}) as { model?: string; api?: string };
  const { tenant, scope } = scopeOf(ask);
  const headers = ask.headers ?? {
    ...(tenant === undefined ? {} : { 'x-ambit-tenant': tenant }),
    ...(api === undefined ? {} : { 'x-ambit-api': api.replace('API_', '').toLowerCase() }),
    ...Object.fromEntries(scope.map(([key, value]) => [`x-ambit-scope-${key}`, value])),
  };
  const path = model === undefined ? '' : `/${encodeURIComponent(model)}`;
  const reply = await askHttp(addresses[1] ?? '', `/v1/models${path}`, { headers });
  const body = reply.json as { data?: { id: string }[]; id?: string; error?: { code: string } };
  if (reply.status !== 200) return { eligible: [], codes: [body.error?.code ?? ''] };
  return { eligible: body.data?.map(({ id }) => id) ?? [body.id ?? ''], codes: [] };
}

/** The command on the same files. A refused request is exit code 2 with one line. */
async function command(files: World['files'], ask: Ask): Promise<Seen> {
  const text = ask.text ?? JSON.stringify(requestOf(ask));
  const inFolder = Object.entries(files).map(([name, each]) => [`p/${name}`, each]);
  const { code, stdout } = await cli(['decide', '--policy', 'p', '--request', '-'], {
    files: { ...(Object.fromEntries(inFolder) as Record<string, string>), '-': text },
  });
  return code === 2 ? { eligible: [], codes: ['refused'] } : seenIn(JSON.parse(stdout) as Json);
}

/** Files that are refused decide nothing; those that are not must be closed when they decide. */
async function file(files: World['files'], ask: Ask): Promise<Seen> {
  const all = { ...files, ...ask.files };
  const inFolder = Object.entries(all).map(([name, text]) => [`p/${name}`, text]);
  const memory = Object.fromEntries(inFolder) as Record<string, string>;
  const { bundle, findings } = await loadFiles(memory, [{ path: 'p' }]);
  const found = findings.map(({ code }) => code);
  if (ask.finding !== undefined && !found.includes(ask.finding)) {
    throw new Error(`not found: ${ask.finding}, but: ${JSON.stringify(findings)}`);
  }
  if (bundle === undefined) return { eligible: [], codes: found };
  const seen = await command(all, ask);
  return { ...seen, codes: [...seen.codes, ...found] };
}
