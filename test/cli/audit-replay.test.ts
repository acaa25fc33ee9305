import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createFileReader } from '../../src/sources/files/file-reader';
import { requestFor } from '../laws/support/small-world';
import { cli, type CliRun } from './support/cli';
import { CATALOG, FILES } from './support/files';
import { recordAt, trailDirectory, type TrailDirectory } from './support/trail-directory';

const AT = '2026-07-01T00:00:00.000Z';
const CHANGED = {
  ...FILES,
  'catalog.yaml': CATALOG.replace('retention_days: 30', 'retention_days: 3'),
};
const TARGETS = ['good/chat-large', 'keeps/chat', 'silent/chat'];

let place: TrailDirectory;

function run(...args: readonly string[]): Promise<CliRun> {
  return cli(['audit', 'replay', ...args], { reader: createFileReader() });
}

async function writeThree(digest?: string): Promise<void> {
  const bundle = await place.store(FILES);
  const named = { ...bundle, digest: digest ?? bundle.digest };
  const records = TARGETS.map((target, index) => {
    const request = requestFor([target]);
    const record = recordAt({ bundle, request, at: AT, id: `d-${String(index)}` });
    return { ...record, bundle: { digest: named.digest, sequence: 1, stale: false } };
  });
  await place.append(...records);
}

beforeEach(() => {
  place = trailDirectory();
});

afterEach(() => {
  place.remove();
});

describe('ambit audit replay', () => {
  it('decides all again with the stored bundles, and finds the same', async () => {
    await writeThree();
    const { code, stdout, stderr } = await run('--records', place.trail);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      'decisions  3\nreplayed   3: 3 the same, 0 other\n\nthe same: all 3 decisions as recorded\n',
    );
    const json = await run('--records', place.trail, '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      kind: 'Replay',
      same: true,
      ...{ decisions: 3, replayed: 3, differing: 0, findingCount: 0 },
    });
  });

  it('names each decision that comes out differently, and its parts', async () => {
    const other = await place.store(CHANGED);
    await writeThree(other.digest);
    const { code, stdout } = await run('--records', place.trail);
    expect(code).toBe(1);
    expect(stdout).toBe(`decisions  3
replayed   3: 2 the same, 1 other

error[differs]: decided again, something else comes out
 --> ${place.trail}/000000000001.jsonl:2
  = decision d-1: outcome, block, eligible, blocked, claims

not the same: 1 finding
`);
  });

  it('takes nothing for a bundle that is none', async () => {
    await writeThree(`sha256:${'ab'.repeat(32)}`);
    await place.store(FILES, `sha256:${'ab'.repeat(32)}`);
    const { code, stdout } = await run('--records', place.trail);
    expect(code).toBe(1);
    expect(stdout).toContain('not        3: what is there is not the bundle');
    expect(stdout.match(/error\[unusable_bundle\]/g)).toHaveLength(1);
    expect(stdout).toContain('its texts load as another bundle');
  });

  it('shows nothing where no bundle is there', async () => {
    await writeThree(`sha256:${'cd'.repeat(32)}`);
    const { code, stdout } = await run('--records', place.trail);
    expect(code).toBe(2);
    expect(stdout).toContain('nothing shown: no decision could be decided again');
    expect(stdout).toContain(`  sha256:${'cd'.repeat(32)} (3)\n`);
  });

  it('finds a line that was changed', async () => {
    await writeThree();
    const file = join(place.trail, '000000000001.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"d-1"', '"d-9"'));
    const { code, stdout } = await run('--records', place.trail);
    expect(code).toBe(1);
    expect(stdout).toContain('error[wrong_hash]');
  });

  it('looks at one time only', async () => {
    await writeThree();
    const later = await run('--records', place.trail, '--from', '2026-07-02');
    expect(later.code).toBe(2);
    expect(later.stdout).toContain('decisions  0\n');
    expect(later.stdout).toContain(
      'nothing shown: no decision is recorded there, or in the time that was asked for\n',
    );
  });

  it('spells out what a terminal would act on', async () => {
    const bundle = await place.store(FILES);
    const record = recordAt({ bundle, request: requestFor(TARGETS), at: AT, id: 'd\u001b[2J\n' });
    await place.append({ ...record, outcome: 'block' });
    const { code, stdout } = await run('--records', place.trail);
    expect(code).toBe(1);
    expect(stdout).toContain('decision d\\u{1b}[2J\\u{a}: outcome');
  });

  it.each([
    [[], '`--records` is missing'],
    [['--records', '/nowhere/at/all'], 'cannot be read'],
    [['--records', __dirname], 'holds no trail'],
  ])('asks for a trail: %j', async (args, problem) => {
    const wrong = await run(...args);
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
    expect(wrong.stderr).toContain(problem);
    expect(wrong.stderr).toContain('\nhelp: ');
  });

  it('asks for bundles', async () => {
    await writeThree();
    const wrong = await run('--records', place.trail, '--bundles', join(place.trail, 'no'));
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
    expect(wrong.stderr).toContain('name the directory of stored bundles');
  });
});
