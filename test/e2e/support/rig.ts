import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createAmbitSlot, type AmbitSlot } from './ambit-slot';
import { createAuthority, type Authority, type Certificate } from './certificates';
import { startOrUndo, type Cleanup } from './cleanup';
import { startEnvoy, type Envoy } from './envoy';
import type { ConfigEdit } from './envoy-config';
import { send, type HttpAnswer } from './http-client';
import { startProvider, type FakeProvider } from './provider';
import { configFileOf, type Variant } from './variants';

/** The targets of the shipped configurations, and the DNS name that each provider's certificate is for. */
export const CERTIFICATE_NAMES = {
  'openai-zdr': 'api.openai.com',
  'groq-us': 'api.groq.com',
  'azure-eu': '*.openai.azure.com',
} as const;

/** Id of a target, which is also the name of its Envoy cluster. */
export type TargetId = keyof typeof CERTIFICATE_NAMES;

/** All of them, in the order of the policies of these tests. */
export const TARGETS = Object.keys(CERTIFICATE_NAMES) as TargetId[];

/** What a client sends; by default an ordinary chat completion. */
export interface ChatOptions {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Keys of the JSON body, beside or instead of the usual ones. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** The body as it is, instead of JSON. */
  readonly text?: string;
  readonly chunked?: boolean;
}

/** A real Envoy with a shipped configuration, a provider behind each target, and Ambit beside it. */
export interface Rig extends AmbitSlot {
  readonly envoy: Envoy;
  readonly providers: Readonly<Record<TargetId, FakeProvider>>;
  /** Where Envoy looks for Ambit. */
  readonly socketFile: string;
  /** Where everything that runs keeps its files. */
  readonly directory: string;
  chat(options?: ChatOptions): Promise<HttpAnswer>;
  /** How many requests each target's provider received since the last reset. */
  requests(): Readonly<Record<TargetId, number>>;
  /** New connections to, and begun requests at, all providers since the last reset. */
  contacts(): number;
  /** A certificate for any DNS name, from the authority that Envoy trusts or from one that it does not. */
  issue(dnsName: string, by: 'trusted' | 'untrusted'): Certificate;
  /** Brings all providers back to how they began, with nothing received. */
  reset(): void;
  close(): Promise<void>;
}

/** The key that Envoy holds for a target. */
export const keyOf = (target: TargetId): string => `key-of-${target}`;

/** The key that the client sends, which no provider may see. */
export const CLIENT_KEY = 'key-of-the-client';

const USUAL_BODY = { model: 'gpt-5.4-mini', messages: [{ role: 'user', content: 'hello' }] };

function forEachTarget<T>(make: (target: TargetId) => T): Record<TargetId, T> {
  return Object.fromEntries(TARGETS.map((target) => [target, make(target)])) as Record<TargetId, T>;
}

async function startProviders(
  authority: Authority,
  cleanup: Cleanup,
): Promise<Record<TargetId, FakeProvider>> {
  const providers = new Map<TargetId, FakeProvider>();
  for (const target of TARGETS) {
    const provider = await startProvider(target, authority.issue(CERTIFICATE_NAMES[target]));
    cleanup.add(() => provider.close());
    providers.set(target, provider);
  }
  return Object.fromEntries(providers) as Record<TargetId, FakeProvider>;
}

function sendChat(
  port: number,
  { path, headers, body, text, chunked }: ChatOptions,
): Promise<HttpAnswer> {
  return send({
    port,
    path: path ?? '/v1/chat/completions',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${CLIENT_KEY}`,
      ...headers,
    },
    body: text ?? JSON.stringify({ ...USUAL_BODY, ...body }),
    ...(chunked === undefined ? {} : { chunked }),
  });
}

type RigParts = Omit<Rig, 'close'>;

function createAuthorityIn(directory: string, name: string): Authority {
  const ownDirectory = join(directory, name);
  mkdirSync(ownDirectory);
  return createAuthority(ownDirectory);
}

/** Which of the shipped configurations, by default the recommended one, and what is changed in what it does. */
export interface RigOptions {
  readonly variant?: Variant;
  readonly edit?: ConfigEdit;
}

/** Starts everything but Ambit, which `useAmbit` starts. */
export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const { started, cleanup } = await startOrUndo((undo) => startParts(options, undo));
  return { ...started, close: () => cleanup.run() };
}

async function startParts({ variant, edit }: RigOptions, cleanup: Cleanup): Promise<RigParts> {
  const directory = mkdtempSync(join(tmpdir(), 'ambit-e2e-'));
  cleanup.add(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  const trusted = createAuthorityIn(directory, 'trusted');
  const untrusted = createAuthorityIn(directory, 'untrusted');
  const providers = await startProviders(trusted, cleanup);
  const all = Object.values(providers);
  const socketFile = join(directory, 'ambit.sock');
  const envoy = await startEnvoy({
    configFile: configFileOf(variant ?? 'recommended'),
    directory,
    socketFile,
    caFile: trusted.caFile,
    origins: forEachTarget((target) => ({ port: providers[target].port, key: keyOf(target) })),
    ...(edit === undefined ? {} : { edit }),
  });
  cleanup.add(() => envoy.stop());
  const slot = createAmbitSlot(directory, socketFile);
  cleanup.add(() => slot.stopAmbit());
  return {
    ...slot,
    envoy,
    providers,
    socketFile,
    directory,
    chat: (options = {}) => sendChat(envoy.port, options),
    requests: () => forEachTarget((target) => providers[target].received.length),
    contacts: () => all.reduce((sum, provider) => sum + provider.contacts(), 0),
    issue: (dnsName, by) => (by === 'trusted' ? trusted : untrusted).issue(dnsName),
    reset: () => {
      for (const provider of all) provider.reset();
    },
  };
}
