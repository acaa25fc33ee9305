import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Client } from '@grpc/grpc-js';

import { createTrailReader } from '../../src/audit/files/trail-files';
import { digestOf } from '../../src/platform/digest';
import { generateTrailKeys, publicKeyFromPem, trailCrypto } from '../../src/platform/trail-keys';
import type { AuditConfig, ServiceConfig } from '../../src/ports/service-config';
import { loadStoredBundle } from '../../src/service/bundles/load-stored-bundle';
import { readTrail } from '../../src/service/trail/read-trail';
import { DIALECTS } from '../support/dialects';
import { answerOf, call, openClient } from './support/client';
import type { Message } from './support/client';
import { POLICY_FILE, startService } from './support/service';
import type { TestService } from './support/service';
import { until } from './support/until';

const TRAITS = { rewritesModel: true, ownsClaims: false };

const ALLOWED = { context: { tenant: 'red' }, candidates: [{ target: 'acme/large' }] };
const BLOCKED = { context: { tenant: 'red' }, candidates: [{ target: 'boreal/large' }] };

let folder = '';
let directory = '';
let service: TestService;
let client: Client;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-audit-'));
  directory = join(folder, 'deep', 'trail');
  writeFileSync(join(folder, 'key.pem'), generateTrailKeys().privatePem);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function auditIn(more: Partial<AuditConfig> = {}): Pick<ServiceConfig, 'audit'> {
  return {
    audit: {
      ...{ directory, mode: 'strict', privateKey: { file: join(folder, 'key.pem') } },
      ...{ queue: 10, immutable: false, attributes: [], decisions: 'policies', sinks: [], ...more },
    },
  };
}

async function start(more: Partial<AuditConfig> = {}, policy = POLICY_FILE): Promise<void> {
  service = await startService(policy, auditIn(more));
  client = openClient('ambit.v1.DecisionService', service.addresses[0] ?? '');
}

async function stop(): Promise<void> {
  client.close();
  await service.stop();
}

/** Of the bundle that decides now. */
async function digest(): Promise<string> {
  return String(((await answerOf(client, 'Decide', ALLOWED))['bundle'] as Message)['digest']);
}

/** The contents of all lines, by kind. */
async function lines(): Promise<readonly Message[]> {
  const found: Message[] = [];
  const reader = createTrailReader(directory);
  for await (const entry of readTrail({ reader, crypto: trailCrypto })) {
    if (!('line' in entry)) throw new Error(entry.problem);
    found.push({ [entry.line.kind]: entry.line.content });
  }
  return found;
}

async function recordIds(): Promise<readonly unknown[]> {
  return (await lines()).flatMap(
    ({ record }) => (record as Message | undefined)?.['decisionId'] ?? [],
  );
}

describe('the log of a start', () => {
  const told = (): readonly Readonly<Record<string, unknown>>[] =>
    service.log.filter(({ msg }) => String(msg).includes('evidence is kept'));

  it('says how evidence is kept, and with which key', async () => {
    const { privatePem, publicPem } = generateTrailKeys();
    writeFileSync(join(folder, 'key.pem'), privatePem);
    await start({ mode: 'counted', sinks: [{ kind: 'stdout', name: 'lines', fd: 2 }] });
    await stop();
    const read = publicKeyFromPem(publicPem);
    const key = 'key' in read ? trailCrypto.keyIdOf(read.key) : '';
    expect(told()).toMatchObject([
      { msg: 'evidence is kept', mode: 'counted', directory, key, sinks: ['lines'] },
    ]);
  });

  it('says that none is', async () => {
    service = await startService(POLICY_FILE);
    await service.stop();
    expect(told()).toMatchObject([{ msg: 'no evidence is kept' }]);
  });
});

describe('a service whose key other users may open', () => {
  it.each([
    ['0644', 1],
    ['0640', 0],
  ])('with mode %s: so many warnings in its log: %d', async (mode, count) => {
    const file = join(folder, 'key.pem');
    chmodSync(file, Number.parseInt(mode, 8));
    // Named twice, and told of once.
    await start({ previousKey: { file } });
    await stop();
    const told = service.log.filter(({ code }) => code === 'exposed_secret');
    const help = expect.stringContaining('chmod 640') as string;
    expect(told).toMatchObject(Array(count).fill({ level: 'warn', file, mode, help }));
  });
});

describe.each(['strict', 'counted'] as const)('a service that keeps %s evidence', (mode) => {
  it('has a record of each answer, in order, and seals them at its end', async () => {
    await start({ mode });
    const told: unknown[] = [];
    for (const request of [ALLOWED, BLOCKED, ALLOWED]) {
      told.push((await answerOf(client, 'Decide', request))['decision_id']);
    }
    if (mode === 'strict') expect(await recordIds()).toEqual(told);
    expect(service.diagnostics.state().audit).toMatchObject({ mode, missing: 0, folded: 0 });
    await stop();
    expect(await recordIds()).toEqual(told);
    expect(readdirSync(directory)).toContain('000000000001.seal.json');
    const head = service.log.find(({ msg }) => msg === 'head of the trail');
    expect(head).toMatchObject({ head: expect.stringMatching(/^5:[0-9a-f]{64}$/) as string });
  });

  it('stores each bundle that decided, so that it can be loaded again', async () => {
    await start({ mode });
    const before = await digest();
    const stricter = POLICY_FILE.replace('require_no_training: true', 'max_retention_days: 0');
    writeFileSync(join(service.directory, 'policy.yaml'), stricter);
    await until(async () => (await digest()) !== before);
    const after = await digest();
    await stop();
    for (const each of [before, after]) {
      const file = join(directory, 'bundles', `${each.replace('sha256:', '')}.json`);
      const parts = { digestOf, loadDialects: () => Promise.resolve(DIALECTS) };
      const loaded = await loadStoredBundle(readFileSync(file, 'utf8'), each, parts);
      expect(loaded).toMatchObject({ bundle: { digest: each } });
    }
  });
});

describe('evidence', () => {
  it('goes on in the same trail after a restart, and a second service is refused', async () => {
    await start();
    const first = (await answerOf(client, 'Decide', ALLOWED))['decision_id'];
    await expect(startService(POLICY_FILE, auditIn())).rejects.toThrow(/writes to the trail/);
    await stop();
    await start();
    const second = (await answerOf(client, 'Decide', BLOCKED))['decision_id'];
    await stop();
    expect(await recordIds()).toEqual([first, second]);
  });

  it('is not begun with a key that is none, and the key is not told', async () => {
    const file = join(folder, 'other.pem');
    writeFileSync(file, 'SECRET');
    const failing = startService(POLICY_FILE, auditIn({ privateKey: { file } }));
    await expect(failing).rejects.toThrow(/no Ed25519 key/);
    await expect(failing).rejects.not.toThrow(/SECRET/);
  });

  it('is not begun where policies cannot be loaded, and leaves the directory to the next one', async () => {
    await expect(startService('nonsense: true', auditIn())).rejects.toThrow();
    await start();
    await stop();
  });

  it('counts what a process before made and lost', async () => {
    await start({ mode: 'counted' });
    await answerOf(client, 'Decide', ALLOWED);
    await stop();
    // What a process leaves that is killed with 4 of 7 decisions on their way to the disk.
    const number = (count: number): string => String(count).padStart(16, '0');
    writeFileSync(join(directory, 'answers'), `${number(7)} ${number(2)} ${number(0)}\n`);
    await start({ mode: 'counted' });
    // Whoever is to be alerted reads no trail.
    expect(service.diagnostics.state().audit?.totals).toEqual({
      missing: 4,
      folded: 0,
      withdrawn: 0,
    });
    await stop();
    const gaps = (await lines()).flatMap(({ gap }) => (gap === undefined ? [] : [gap as Message]));
    expect(gaps.map(({ counts }) => counts)).toEqual([{ killed: 4 }]);
  });

  it.each([
    ['counted', [{ killed: null }]],
    ['strict', []],
  ] as const)('of mode %s says what is known where the count is lost', async (mode, gaps) => {
    await start({ mode });
    await answerOf(client, 'Decide', ALLOWED);
    await stop();
    rmSync(join(directory, 'answers'));
    await start({ mode });
    const { audit } = service.diagnostics.state();
    expect(audit?.totals.missing).toBe(gaps.length);
    await stop();
    const stated = (await lines()).flatMap(({ gap }) =>
      gap === undefined ? [] : [gap as Message],
    );
    expect(stated.map(({ counts }) => counts)).toEqual(gaps);
  });

  it('is promised to be kept as long as the longest wish, and a longer promise stays', async () => {
    await start({ retentionDays: 400, immutable: true });
    await answerOf(client, 'Decide', ALLOWED);
    await stop();
    await start({ retentionDays: 30 });
    await stop();
    const warned = service.log.find(
      ({ msg }) => msg === 'records are not kept as the policies ask',
    );
    expect(warned).toMatchObject({
      level: 'warn',
      problem: expect.stringContaining('earlier') as string,
    });
    const notes = (await lines()).flatMap(({ note }) =>
      note === undefined ? [] : [note as Message],
    );
    expect(notes).toMatchObject([
      { mode: 'strict' },
      { retention: { immutable: true } },
      { mode: 'strict' },
    ]);
  });
});

/** The kinds of the security events that the trail holds, in order. */
async function eventKinds(): Promise<readonly unknown[]> {
  return (await lines()).flatMap(({ record }) => {
    const event = (record as Message | undefined)?.['event'] as Message | undefined;
    return (event?.['metadata'] as Message | undefined)?.['event_code'] ?? [];
  });
}

describe('what happens beside decisions', () => {
  it('stands in the same trail: bundles that were activated and refused, and callers', async () => {
    const listeners = [{ address: '127.0.0.1:0', caller: 'edge', insecure: false }];
    const edge = { name: 'edge', certificateUris: [], tenants: ['red'], scopes: 'any' } as const;
    const callers = [{ ...edge, modelIdStyle: 'auto', traits: TRAITS } as const];
    service = await startService(POLICY_FILE, { ...auditIn(), listeners, callers });
    client = openClient('ambit.v1.DecisionService', service.addresses[0] ?? '');
    const foreign = { ...ALLOWED, context: { tenant: 'blue' } };
    for (const tries of [1, 2, 3]) {
      expect([tries, await call(client, 'Decide', foreign)]).toMatchObject([
        tries,
        { code: 'PERMISSION_DENIED' },
      ]);
    }
    writeFileSync(join(service.directory, 'policy.yaml'), 'nonsense: true');
    await until(() => service.diagnostics.reloaded.includes('rejected'));
    await stop();
    expect(await eventKinds()).toEqual(['bundle_activated', 'bundle_refused', 'caller_refused']);
  });
});
