import { digestOf } from '../../../src/platform/digest';
import type { StoredText } from '../../../src/ports/compare-bundles';
import { compareFrom, compareStored } from '../../../src/service/events/compare-stored';
import { bundleActivated } from '../../../src/service/events/service-events';
import { createMemoryReader } from '../../cli/support/memory-reader';
import { DIALECTS } from '../../support/dialects';
import { storedFrom } from '../bundles/support/store';
import { START_MS } from '../trail/support/trails';

const PARTS = { digestOf, loadDialects: () => Promise.resolve(DIALECTS) };
const ROOTS = [{ path: 'catalog.yaml' }, { path: 'policy.yaml' }];

/** So many targets of a provider that keeps data for 7 days, under a policy that allows so many. */
async function stored(targets: number, days: number): Promise<StoredText> {
  const models = Array.from({ length: targets }, (_, n) => `{ model: m${String(n)} }`).join(', ');
  const reader = createMemoryReader({
    'catalog.yaml': `apiVersion: ambit/v1
kind: Catalog
metadata: { name: all }
spec: { providers: [{ id: p, claims: { retention_days: 7 }, targets: [${models}] }] }`,
    'policy.yaml': `apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec: { requirements: { max_retention_days: ${String(days)} } }`,
  });
  const bundle = await storedFrom(reader, ROOTS);
  return { digest: bundle.digest, text: JSON.stringify(bundle) };
}

/** What the event of a change says, and how bad it is. */
async function told(
  old: StoredText,
  fresh: StoredText,
  files = { before: ['a.yaml'], now: ['a.yaml'] },
): Promise<readonly [string, string]> {
  const access = await compareStored({ old, new: fresh, atMs: START_MS }, PARTS);
  const now = { digest: fresh.digest, sequence: 2, files: files.now };
  const before = { digest: old.digest, sequence: 1, files: files.before };
  const event = bundleActivated({ now, before, access }, { uid: 'u', timeMs: START_MS });
  return [event.severity, event.message.slice(event.message.indexOf(': ') + 2)];
}

test('a bundle that lets more through is more than a note', async () => {
  const [strict, lax] = [await stored(2, 0), await stored(2, 7)];
  expect(await told(strict, lax)).toEqual(['Medium', 'some gain targets']);
  expect(await told(lax, strict)).toEqual(['Informational', 'some lose targets']);
});

test('hundreds of targets are compared', async () => {
  const [lax, strict] = [await stored(150, 7), await stored(150, 0)];
  const access = await compareStored({ old: lax, new: strict, atMs: START_MS }, PARTS);
  expect(access).toMatchObject({ known: true, wider: false, narrower: true });
  if (!access.known) throw new Error('it was compared');
  expect(access.changes.flatMap(({ loses }) => loses)).toContain('p/m0');
  expect(access.changes.map(({ is_cut: isCut }) => isCut)).toContain(true);
});

test('a bundle without files that the one before had is more than a note', async () => {
  const files = { before: ['a.yaml', 'b.yaml'], now: ['a.yaml'] };
  const [severity, message] = await told(await stored(2, 7), await stored(2, 0), files);
  expect([severity, message]).toEqual(['Medium', 'some lose targets; files are gone: 1']);
});

test.each([
  ['too_large_to_compare', 'it is too large to say who gains what'],
  ['not_compared', 'nobody has compared who gains what'],
] as const)('a bundle of which nobody knows is more than a note: %s', (why, text) => {
  const now = { digest: 'sha256:b', sequence: 2, files: [] };
  const access = { known: false, why } as const;
  const before = { ...now, digest: 'sha256:a' };
  const event = bundleActivated({ now, before, access }, { uid: 'u', timeMs: START_MS });
  expect([event.severity, event.message]).toEqual([
    'Medium',
    `bundle sha256:b decides from now on: ${text}`,
  ]);
});

test('a text that is not the bundle that it should be is not compared with', async () => {
  const [one, other] = [await stored(1, 0), await stored(2, 0)];
  const forged = { digest: one.digest, text: other.text };
  const comparing = compareStored({ old: other, new: forged, atMs: START_MS }, PARTS);
  await expect(comparing).rejects.toThrow(/other_digest/);
});

test('where the archive has lost a text nobody is told anything, and it is no defect', async () => {
  const [one, other] = [await stored(1, 0), await stored(1, 7)];
  const texts = new Map([one, other].map(({ digest, text }) => [digest, text]));
  const textOf = (digest: string): Promise<string> => {
    const text = texts.get(digest);
    return text === undefined ? Promise.reject(new Error('gone')) : Promise.resolve(text);
  };
  const compare = compareFrom({ textOf }, (pair) => compareStored(pair, PARTS));
  const pair = { old: one.digest, new: other.digest, atMs: START_MS };
  expect(await compare(pair)).toMatchObject({ known: true, wider: true });
  texts.delete(one.digest);
  expect(await compare(pair)).toEqual({ known: false, why: 'not_compared' });
});
