import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { native, pack, requirements } from '../../bad-input/support/documents';
import { MAIN } from '../cli/built-cli';

/** Milliseconds after which a command is taken to hang: the slowest file takes 9 s alone on one core, and machines are busy. */
const HANG_MS = 120_000;

const MEBI = 1024 * 1024;

/** Bytes that a command may hold for the worst file that may be read at all: 8 MiB, or 700,000 words. */
const MAX_RESIDENT_BYTES = 800 * MEBI;

/** Characters of a report, whatever the file. */
const MAX_REPORT_CHARS = 60_000;

const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

const GOOD = requirements('require_no_training: true');

/** The worst of their kind that are still read, and what is found first. */
const FILES: readonly (readonly [name: string, text: () => string, found: RegExp])[] = [
  ['a text of 7 MiB', () => `${GOOD}x: "${'x'.repeat(7 * MEBI)}"\n`, /unknown_key/u],
  ['a comment of 7 MiB', () => `${GOOD}x: 1 #${'x'.repeat(7 * MEBI)}\n`, /unknown_key/u],
  ['200,000 keys', () => GOOD + many(200_000, (index) => `k${String(index)}: 1\n`), /unknown_key/u],
  ['200,000 times one key', () => GOOD + many(200_000, () => 'spec: 1\n'), /duplicate_key/u],
  ['230,000 brackets', () => `${GOOD}x: [${'[],'.repeat(230_000)}]\n`, /unknown_key/u],
  ['340,000 items', () => `${GOOD}x: [${'a,'.repeat(340_000)}]\n`, /unknown_key/u],
  ['2 million line breaks', () => `${GOOD}${'\n'.repeat(2_000_000)}x: 1\n`, /unknown_key/u],
  ['more words than may be', () => `${GOOD}x: [${'[],'.repeat(2_000_000)}]\n`, /file_too_large/u],
  ['600,000 stray brackets', () => GOOD + '] '.repeat(600_000), /syntax_error/u],
  ['100,000 tabs', () => GOOD + many(100_000, () => '\tx: 1\n'), /tab_indentation/u],
  [
    '100,000 anchors',
    () => GOOD + many(100_000, (index) => `k${String(index)}: &a x\n`),
    /anchor/u,
  ],
  ['600,000 brackets in brackets', () => `${GOOD}x: ${'['.repeat(600_000)}`, /too_deep/u],
  ['19,000 documents', () => GOOD + '---\n{ a: 1 }\n'.repeat(19_000), /missing_key/u],
  [
    '40,000 targets of nobody',
    () =>
      native(
        'Catalog',
        `targets:\n${many(40_000, (index) => `  - {id: t${String(index)}, provider: p, model: m}\n`)}`,
      ),
    /unknown_provider/u,
  ],
  [
    'a pack of 40,000 targets of one id',
    () =>
      pack({
        target: many(40_000, () => '    - {id: one, provider: p, model: m}\n'),
      }),
    /duplicate_item/u,
  ],
];

let directory = '';

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-heavy-'));
  writeFileSync(
    join(directory, 'hook.cjs'),
    "process.on('exit', () => process.stderr.write(`\\nRESIDENT ${process.resourceUsage().maxRSS}\\n`));",
  );
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

interface HeavyRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly residentBytes: number;
}

/** Lints a file; a code of null says that it was killed. */
function lint(text: string): HeavyRun {
  const file = join(directory, 'case.yaml');
  writeFileSync(file, text);
  const args = ['--require', join(directory, 'hook.cjs'), MAIN, 'lint', file];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: HANG_MS,
    killSignal: 'SIGKILL',
  });
  const [, kibibytes = 'NaN'] = /RESIDENT (\d+)/u.exec(stderr) ?? [];
  return { code: status, stdout, residentBytes: Number(kibibytes) * 1024 };
}

jest.setTimeout(HANG_MS + 30_000);

describe('the worst file that may be read', () => {
  it.each(FILES)('%s is refused in time, in few words and within memory', (_, text, found) => {
    const { code, stdout, residentBytes } = lint(text());
    expect(code).toBe(1);
    expect(stdout).toMatch(found);
    expect(stdout.length).toBeLessThan(MAX_REPORT_CHARS);
    expect(residentBytes).toBeLessThan(MAX_RESIDENT_BYTES);
  });
});
