import type { AccessChange } from '../../../src/ports/compare-bundles';
import type { ServedBundle } from '../../../src/ports/security-events';
import type { PairDigests } from '../../../src/service/events/event-recorder';
import type { SecurityEvent } from '../../../src/ports/security-events';
import { loadFiles } from '../support/world';
import { START_MS } from '../trail/support/trails';
import { recorderTo, type TestRecorder } from './support/recorded';

const NOBODY_GAINS: AccessChange = {
  ...{ known: true, wider: false, narrower: true, changes: [], unproven: [] },
};
const NOT_COMPARED = { known: false, why: 'not_compared' };

/** A comparison that was begun, and how it ends. */
interface Begun {
  readonly pair: PairDigests;
  readonly resolve: (access: AccessChange) => void;
  readonly reject: (error: Error) => void;
}

let begun: Begun[];
let records: SecurityEvent[];
let recorder: TestRecorder;
let served: readonly ServedBundle[];

beforeAll(async () => {
  served = await Promise.all([1, 2, 3, 4, 5].map(bundleWith));
});

beforeEach(() => {
  [begun, records] = [[], []];
  const append = (json: string): Promise<void> => {
    records.push((JSON.parse(json) as { readonly event: SecurityEvent }).event);
    return Promise.resolve();
  };
  const compare = (pair: PairDigests): Promise<AccessChange> =>
    new Promise((resolve, reject) => begun.push({ pair, resolve, reject }));
  recorder = recorderTo(append, { compare });
});

async function bundleWith(days: number): Promise<ServedBundle> {
  const { bundle, findings } = await loadFiles({
    'policy.yaml': `apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec: { requirements: { max_retention_days: ${String(days)} } }`,
  });
  if (bundle === undefined) throw new Error(JSON.stringify(findings));
  return { bundle, sequence: days, files: ['policy.yaml'] };
}

/** Tells that the bundle of this number decides from now on, after the one before it. */
function activate(number: number): void {
  const [before, now] = [served[number - 2], served[number - 1]];
  if (now === undefined) throw new Error('there is no such bundle');
  const was = before === undefined ? {} : { before };
  recorder.tell({ kind: 'bundle_activated', now, ...was });
}

/** Lets everything happen that can. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The number of each bundle in the order of the trail, and why nobody knows who gains what, if so. */
function told(): readonly (readonly [unknown, unknown])[] {
  return records.map(({ unmapped, entity }) => {
    const { access } = entity?.data as { readonly access: AccessChange };
    return [unmapped?.['sequence'], access.known ? 'known' : access.why];
  });
}

it('tells of the first bundle at once', async () => {
  activate(1);
  await settled();
  expect(told()).toEqual([[1, 'first_bundle']]);
  expect(begun).toEqual([]);
});

it('tells of a bundle once it is compared, with the time and the number of its activation', async () => {
  activate(2);
  recorder.tell({ kind: 'bundle_refused', outcome: 'torn', findings: [] });
  recorder.clock.nowMs += 90_000;
  await settled();
  expect(records.map(({ metadata }) => metadata.event_code)).toEqual(['bundle_refused']);
  const [old, fresh] = served.map(({ bundle }) => bundle.digest);
  expect(begun[0]?.pair).toEqual({ old, new: fresh, atMs: START_MS });
  begun[0]?.resolve(NOBODY_GAINS);
  await settled();
  const [refused, activated] = records;
  expect(activated?.entity?.data).toMatchObject({ access: NOBODY_GAINS });
  expect(activated).toMatchObject({ time: START_MS, severity: 'Informational' });
  const at = String(START_MS);
  expect(activated?.metadata.uid).toBe(`p-1:bundle_activated:${at}:1`);
  expect(refused?.metadata.uid).toBe(`p-1:bundle_refused:${at}:2`);
});

it('compares one pair at a time, and of those that wait only the newest', async () => {
  for (const number of [2, 3, 4, 5]) activate(number);
  await settled();
  expect(begun).toHaveLength(1);
  expect(told()).toEqual([
    [3, 'not_compared'],
    [4, 'not_compared'],
  ]);
  begun[0]?.resolve(NOBODY_GAINS);
  await settled();
  expect(begun).toHaveLength(2);
  begun[1]?.resolve({ known: false, why: 'too_large_to_compare' });
  await settled();
  expect(told().slice(2)).toEqual([
    [2, 'known'],
    [5, 'too_large_to_compare'],
  ]);
  expect(begun[1]?.pair.new).toBe(served[4]?.bundle.digest);
  activate(2);
  await settled();
  expect(begun).toHaveLength(3);
});

it('tells of a bundle whose comparison fails, tells the defect, and goes on', async () => {
  activate(2);
  activate(3);
  await settled();
  const dead = new Error('the thread died');
  begun[0]?.reject(dead);
  await settled();
  expect(recorder.defects).toEqual([dead]);
  expect(records[0]?.entity?.data).toMatchObject({ access: NOT_COMPARED });
  expect(records[0]?.severity).toBe('Medium');
  begun[1]?.resolve(NOBODY_GAINS);
  await settled();
  expect(told()).toEqual([
    [2, 'not_compared'],
    [3, 'known'],
  ]);
});

it('takes a comparer that throws as one that fails', async () => {
  const other = recorderTo(() => Promise.resolve(records.push()), {
    compare: () => {
      throw new Error('there are no more threads');
    },
  });
  const [before, now] = served;
  if (now !== undefined && before !== undefined) {
    other.tell({ kind: 'bundle_activated', now, before });
  }
  await settled();
  expect(other.defects).toHaveLength(1);
  expect(other.stats()).toEqual({ waiting: 0, recorded: 1, lost: 0 });
});

it('ends while a comparison never does, and tells of each bundle once, whatever comes later', async () => {
  activate(2);
  activate(3);
  await settled();
  await recorder.close();
  const all = [
    [2, 'not_compared'],
    [3, 'not_compared'],
  ];
  expect(told()).toEqual(all);
  begun[0]?.resolve(NOBODY_GAINS);
  await settled();
  expect(told()).toEqual(all);
  expect(begun).toHaveLength(1);
  activate(4);
  await settled();
  expect(told().slice(2)).toEqual([[4, 'not_compared']]);
});
