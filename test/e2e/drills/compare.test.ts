import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { Client } from '@grpc/grpc-js';

import { largeCatalogFile, readLargeCatalog } from '../../bench/large-catalog';
import type { AccessChange } from '../../../src/ports/compare-bundles';
import { answerOf } from '../../contract/support/client';
import { ambit } from '../cli/built-cli';
import { until } from '../support/wait';
import { startDrillProcess, type DrillProcess } from './support/drill-process';
import { openOwnClient } from './support/own-client';

const PRELOAD = resolve(__dirname, 'support/thread-faults.cjs');

/** One tenant may not send where data is kept, and one may send anywhere. */
const POLICIES = `apiVersion: ambit/v1
kind: Policy
metadata: { name: careful }
spec:
  scope: { tenant: red }
  requirements: { require_zero_data_retention: true }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: careless }
spec:
  scope: { tenant: blue }
  unrestricted: true
`;

const CONFIG = `apiVersion: ambit/v1
kind: Service
metadata: { name: drill }
spec:
  policies: [policies]
  audit: { directory: trail, private_key: { file: trail.key.pem } }
`;

/** What every target of the catalog that passes says, and one that does not any more. */
const CLAIM = '            zero_data_retention: true\n';

/** Enough of it to be more than a glance, and little enough for a thread that everything else goes before. */
const MODELS = new Map([...readLargeCatalog().models].slice(0, 2));

const CATALOG = largeCatalogFile(MODELS);

/** The first target of which it says so. */
const LOSER = targetAt(CATALOG.slice(0, CATALOG.indexOf(CLAIM)));

let folder = '';
let service: DrillProcess | undefined;
let client: Client | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-compare-'));
  mkdirSync(join(folder, 'policies'));
  writeFileSync(join(folder, 'ambit.yaml'), CONFIG);
  writeFileSync(join(folder, 'policies', 'policy.yaml'), POLICIES);
  writeFileSync(join(folder, 'policies', 'catalog.yaml'), CATALOG);
  ambit(['audit', 'keygen', '--out', folder]);
});

afterEach(async () => {
  client?.close();
  service?.signal('SIGKILL');
  await service?.ended();
  rmSync(folder, { recursive: true });
});

/** The id of the last target of a catalog that is cut off within it. */
function targetAt(start: string): string {
  const provider = [...start.matchAll(/- id: "(.*)"/g)].at(-1)?.[1] ?? '';
  const model = [...start.matchAll(/- model: "(.*)"/g)].at(-1)?.[1] ?? '';
  return `${provider}/${model}`;
}

async function start(fault: string): Promise<DrillProcess> {
  service = startDrillProcess({
    args: ['--config', join(folder, 'ambit.yaml'), '--diagnostics', 'none'],
    listen: ['127.0.0.1:0'],
    nodeOptions: ['--require', PRELOAD],
    environment: { DRILL_THREAD: fault },
  });
  const [address = ''] = await service.listening();
  client = openOwnClient('ambit.v1.DecisionService', address);
  return service;
}

/** What a tenant is told of the target that is to lose its claim. */
async function outcomeFor(tenant: string): Promise<unknown> {
  if (client === undefined) throw new Error('there is no client');
  const request = { context: { tenant }, candidates: [{ target: LOSER }] };
  return (await answerOf(client, 'Decide', request))['outcome'];
}

/** Takes the claim away, and waits until the new bundle decides. */
async function takeAway(): Promise<void> {
  expect(await outcomeFor('red')).toBe('OUTCOME_ALLOW');
  const next = join(folder, 'next.yaml');
  writeFileSync(next, CATALOG.replace(CLAIM, ''));
  renameSync(next, join(folder, 'policies', 'catalog.yaml'));
  await until('the new bundle to decide', async () =>
    (await outcomeFor('red')) === 'OUTCOME_BLOCK' ? true : undefined,
  );
  expect(await outcomeFor('blue')).toBe('OUTCOME_ALLOW');
}

/** Who gains and loses what, as each event of an activation in the trail says. */
function activations(): readonly AccessChange[] {
  const options = ['--kind', 'bundle_activated', '--format', 'json'];
  const { stdout } = ambit(['audit', 'events', '--records', join(folder, 'trail'), ...options]);
  const events = stdout.split('\n').slice(0, -1);
  return events.map((line) => (JSON.parse(line) as Activated).entity.data.access);
}

interface Activated {
  readonly entity: { readonly data: { readonly access: AccessChange } };
}

/** The thread has the least priority, and the machine may have other things to do; by then it is given up in any case. */
const HANG_MS = 300_000;

const FIRST = { known: false, why: 'first_bundle' };

/** Ends it as whoever runs it does, and gives what the trail says then. */
async function stopped(process: DrillProcess): Promise<readonly AccessChange[]> {
  process.signal('SIGTERM');
  expect(await process.ended()).toEqual({ code: 0, signal: null });
  return activations();
}

const defectsOf = (process: DrillProcess): number =>
  process.log().filter(({ level }) => level === 'error').length;

describe('a bundle of hundreds of targets of which one loses a claim', () => {
  it(
    'is told with who loses which target',
    async () => {
      expect([...MODELS.values()].flat().length).toBeGreaterThan(100);
      const process = await start('none');
      await takeAway();
      const told = await until('the bundle to be told', () => activations()[1], HANG_MS);
      expect(told).toEqual({
        ...{ known: true, wider: false, narrower: true, unproven: [] },
        changes: [{ scopes: ['tenant=red'], gains: [], loses: [LOSER], is_cut: false }],
      });
      expect(await stopped(process)).toEqual([FIRST, told]);
      expect(defectsOf(process)).toBe(0);
    },
    2 * HANG_MS,
  );

  it('decides while it is compared, and the end of the service waits for no thread', async () => {
    const process = await start('hangs');
    await takeAway();
    expect(activations()).toEqual([FIRST]);
    expect(await stopped(process)).toEqual([FIRST, { known: false, why: 'not_compared' }]);
    expect(defectsOf(process)).toBe(0);
  });

  it.each([
    ['throws', 'not_compared', 1],
    ['exits', 'not_compared', 1],
    ['grows', 'too_large_to_compare', 0],
  ])('is told honestly where its thread %s, and goes on deciding', async (fault, why, defects) => {
    const process = await start(fault);
    await takeAway();
    const told = await until('the bundle to be told', () => activations()[1]);
    expect(told).toEqual({ known: false, why });
    expect(await outcomeFor('red')).toBe('OUTCOME_BLOCK');
    expect(await stopped(process)).toEqual([FIRST, told]);
    expect(defectsOf(process)).toBe(defects);
  });
});
