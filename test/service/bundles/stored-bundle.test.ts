import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import fc from 'fast-check';

import { digestOf } from '../../../src/platform/digest';
import { loadStoredBundle } from '../../../src/service/bundles/load-stored-bundle';
import { joinPath, normalPath } from '../../../src/service/bundles/path-text';
import {
  parseStoredBundle,
  readerOf,
  storedBundleFile,
  type StoredBundle,
} from '../../../src/service/bundles/stored-bundle';
import { createFileReader } from '../../../src/sources/files/file-reader';
import { createMemoryReader } from '../../cli/support/memory-reader';
import { EXAMPLE_FILES } from '../../cli/support/files';
import { DIALECTS } from '../../support/dialects';
import { storedFrom } from './support/store';

const ROOT = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: root }
spec:
  tenants: [acme, globex]
  include:
    - { file: parts/team.yaml, scope: { tenant: acme } }
`;
const TEAM = `apiVersion: ambit/v1
kind: Policy
metadata: { name: team }
spec: { requirements: { gdpr: true } }
`;

const PARTS = { digestOf, loadDialects: () => Promise.resolve(DIALECTS) };

const load = (stored: StoredBundle, digest = stored.digest) =>
  loadStoredBundle(JSON.stringify(stored), digest, PARTS);

const example = () =>
  storedFrom(
    createMemoryReader(EXAMPLE_FILES),
    Object.keys(EXAMPLE_FILES).map((path) => ({ path })),
  );

describe('a stored bundle', () => {
  it('loads as the bundle that it names, when its files are gone', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'ambit-stored-'));
    mkdirSync(join(directory, 'parts'));
    writeFileSync(join(directory, 'root.yaml'), ROOT);
    writeFileSync(join(directory, 'parts', 'team.yaml'), TEAM);
    for (const path of [directory, `${directory}/`, `${directory}/./root.yaml`]) {
      const stored = await storedFrom(createFileReader(), [{ path }]);
      expect(stored.files.map(({ name }) => name.split('/').at(-1))).toEqual([
        'root.yaml',
        'team.yaml',
      ]);
      const loaded = await load(stored);
      expect(loaded).toMatchObject({ bundle: { digest: stored.digest } });
    }
    rmSync(directory, { recursive: true });
    const stored = await example();
    expect(await load(stored)).toMatchObject({ bundle: { digest: stored.digest } });
  });

  it('is none with another text, file, root or digest', async () => {
    const stored = await example();
    const [first, ...rest] = stored.files;
    if (first === undefined) throw new Error('no file');
    const { name, text } = first;
    const other = `sha256:${'0'.repeat(64)}`;
    const changed = { ...stored, files: [{ name, text: `${text}# more\n` }, ...rest] };
    expect(await load(changed)).toEqual({ problem: 'other_digest' });
    expect(await load({ ...stored, roots: stored.roots.slice(1) })).toEqual({
      problem: 'other_digest',
    });
    expect(await load({ ...stored, files: rest })).toEqual({ problem: 'not_loadable' });
    expect(await load({ ...stored, expansions: {} })).toEqual({ problem: 'not_loadable' });
    expect(await load(stored, other)).toEqual({ problem: 'other_digest' });
    expect(await load({ ...stored, digest: other })).toEqual({ problem: 'other_digest' });
    expect(await load({ ...stored, files: [first, ...stored.files] })).toEqual({
      problem: 'malformed',
    });
  });

  it.each([
    '',
    'null',
    '[]',
    '{"format":"ambit-bundle-2"}',
    '{"__proto__":{"format":"ambit-bundle-1"}}',
  ])('is not %j', (text) => {
    expect(parseStoredBundle(text)).toBeUndefined();
  });

  it('has nothing that it does not hold itself', async () => {
    const stored = await example();
    const reader = readerOf({ ...stored, files: [{ name: 'stdin', text: 'typed' }] });
    for (const path of ['__proto__', 'constructor', '/etc/passwd', '../stdin']) {
      expect(await reader.read(path)).toHaveProperty('failure');
      expect(await reader.expand(path)).toHaveProperty('failure');
    }
    expect(await reader.read('-')).toEqual({ file: { name: 'stdin', text: 'typed' } });
  });

  it('has a file of its own name, and no other text ever names one', () => {
    expect(storedBundleFile(`sha256:${'0f'.repeat(32)}`)).toBe(`${'0f'.repeat(32)}.json`);
    for (const digest of ['', 'sha256:', '../x', `sha256:../${'0'.repeat(61)}`, 'sha256:\n']) {
      expect(storedBundleFile(digest)).toBeUndefined();
    }
  });
});

describe('paths of stored bundles', () => {
  const path = fc
    .array(fc.constantFrom('a', 'b.yaml', '.', '..', '', 'c d', '...'), {
      minLength: 1,
      maxLength: 8,
    })
    .map((names) => names.join('/'));

  it('lead where the system leads them', () => {
    let upwards = 0;
    fc.assert(
      fc.property(path, path, (from, included) => {
        if (from.includes('..')) upwards += 1;
        const file = `${from}/file.yaml`;
        expect(normalPath(file)).toBe(posix.normalize(file));
        if (included === '' || included.endsWith('/') || /(?:^|\/)\.\.?$/.test(included)) return;
        const joined = posix.isAbsolute(included)
          ? posix.normalize(included)
          : posix.join(posix.dirname(file), included);
        expect(joinPath(file, included)).toBe(joined);
      }),
      { numRuns: 2000 },
    );
    expect(upwards).toBeGreaterThan(200);
  });
});
