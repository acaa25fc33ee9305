import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { linesFile } from '../../src/service/trail/file-names';
import { createFileReader } from '../../src/sources/files/file-reader';
import { cli, type CliRun } from './support/cli';
import { forge } from './support/forged-trail';
import { reportRecords, REPORT_FILES } from './support/report-trail';
import { trailDirectory, type TrailDirectory } from './support/trail-directory';

let place: TrailDirectory;

beforeEach(() => {
  place = trailDirectory();
});

afterEach(() => {
  place.remove();
});

function run(...args: readonly string[]): Promise<CliRun> {
  return cli(['audit', ...args], { reader: createFileReader() });
}

describe('a segment that no writer leaves', () => {
  it('with a line longer than any of Ambit’s is damaged there, however well the line is made', async () => {
    const note = JSON.stringify({ text: 'x'.repeat(1024 * 1024 + 1024) });
    forge(place, [
      ['gap', '{}'],
      ['note', note],
      ['gap', '{}'],
    ]);
    const { code, stdout } = await run('verify', place.trail, '--key', place.key);
    expect(code).toBe(1);
    expect(stdout).toContain('error[malformed_line]');
    expect(stdout).toContain(`${linesFile(1)}:2\n`);
  });

  it('with more lines than anybody would wait for is not read', async () => {
    for (const lines of [100_000, 100_001]) {
      writeFileSync(join(place.trail, linesFile(1)), '\n'.repeat(lines));
      const { code, stderr } = await run('verify', place.trail, '--key', place.key);
      expect([lines, code]).toEqual([lines, lines === 100_000 ? 1 : 2]);
      expect(stderr).toContain(
        lines === 100_000 ? '' : `${linesFile(1)}\` has more than 100000 lines`,
      );
    }
  });

  it('as a pipe, a device or a directory is named, and not waited for', async () => {
    const file = join(place.trail, linesFile(1));
    const make = [
      () => execFileSync('mkfifo', [file]),
      () => {
        symlinkSync('/dev/zero', file);
      },
      () => {
        mkdirSync(file);
      },
    ];
    for (const each of make) {
      each();
      for (const args of [
        ['verify', place.trail],
        ['report', '--records', place.trail],
      ]) {
        const { code, stdout, stderr } = await run(...args, '--key', place.key);
        expect([code, stdout]).toEqual([2, '']);
        expect(stderr).toContain(`${linesFile(1)}\` is no file`);
      }
      rmSync(file, { recursive: true });
    }
  });
});

describe('what stands in the place of a stored bundle', () => {
  /** Ten of ten of ten and so on. */
  const laughs = Array.from({ length: 12 }, (_, depth) => {
    const inside = Array.from({ length: 10 }, () => (depth === 0 ? 'x' : `*a${String(depth - 1)}`));
    return `a${String(depth)}: &a${String(depth)} [${inside.join(',')}]\n`;
  }).join('');

  interface Stored {
    readonly files: readonly { readonly name: string; readonly text: string }[];
  }

  const withText = (text: string) => (stored: Stored) =>
    JSON.stringify({
      ...stored,
      files: stored.files.map((file) => ({ ...file, text })),
    });

  it.each<[string, (stored: Stored) => string, string]>([
    ['laughs a billion times', withText(laughs), 'its texts do not load'],
    ['is a million brackets', withText('['.repeat(1_000_000)), 'its texts do not load'],
    [
      'is larger than any file',
      withText('a: 1\n'.repeat(2_000_000)),
      'the file is no stored bundle',
    ],
    [
      'has another policy',
      (stored) => JSON.stringify(stored).replace('days: 7', 'days: 8'),
      'its texts load as another bundle',
    ],
    [
      'is what every object has',
      () => '{"__proto__":{"format":"ambit-bundle-1"}}',
      'the file is no stored bundle',
    ],
  ])('is no bundle where it %s', async (_, change, words) => {
    const bundle = await place.store(REPORT_FILES);
    await place.append(...reportRecords(bundle));
    const file = join(place.bundles, readdirSync(place.bundles)[0] ?? '');
    writeFileSync(file, change(JSON.parse(readFileSync(file, 'utf8')) as Stored));
    const { code, stdout, stderr } = await run('replay', '--records', place.trail);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain(words);
    expect(stdout).toContain('replayed   0: 0 the same, 0 other\n');
  });

  it('is not waited for where it is a pipe', async () => {
    const bundle = await place.store(REPORT_FILES);
    await place.append(...reportRecords(bundle));
    const file = join(place.bundles, readdirSync(place.bundles)[0] ?? '');
    rmSync(file);
    execFileSync('mkfifo', [file]);
    const { code, stdout } = await run('replay', '--records', place.trail);
    expect(code).toBe(1);
    expect(stdout).toContain('the file cannot be read');
  });
});
