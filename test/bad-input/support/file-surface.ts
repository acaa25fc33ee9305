import { startLab } from './lab';
import type { Lab } from './lab';
import { CASE_FILE, writeCase } from './case-files';
import { expectationsOf, shortened, titleOf, writeExpected, WRITES } from './expected';
import type { FileCase, Surface } from './matrix';
import { expectPrintable } from './printed';
import type { LoadAnswer, RunAnswer } from '../lab/tasks';

/** Bytes that the process which reads all cases may have held at most, beyond what it held after a good file. */
const MAX_GROWTH_BYTES = 256 * 1024 * 1024;

/** Characters of a report about one bad file, whatever its size. */
const MAX_REPORT_CHARS = 60_000;

/** Tests every case of a surface of files: exact findings, nothing loaded, the last good set still there. */
export function testFileSurface(surface: Surface, cases: readonly FileCase[]): void {
  const expected = expectationsOf(surface);
  const found = new Map<string, readonly string[]>();
  let lab: Lab;
  let groundBytes = 0;

  beforeAll(async () => {
    lab = startLab();
    const folder = await writeCase({ content: '' }, 'ground.txt');
    await lab.ask('load', { paths: folder.paths.slice(1) });
    folder.remove();
    groundBytes = (await lab.ask('memory', {})).peakBytes;
  });

  afterAll(() => {
    lab.close();
    if (WRITES) writeExpected(surface, found);
  });

  test.each(cases.map((each) => ({ title: titleOf(each), each })))('$title', async (row) => {
    const folder = await writeCase(row.each);
    try {
      const answer = await lab.ask('load', { paths: folder.paths });
      const lines = linesOf(answer, folder.directory);
      found.set(row.title, lines);
      if (!WRITES) expect(lines).toEqual(expected.get(row.title));
      expectWhole(answer);
      const lint = await lab.ask('run', { argv: ['lint', ...folder.paths] });
      expectFit(answer, lint);
    } finally {
      folder.remove();
    }
  });

  test('memory stays within its bound', async () => {
    const { peakBytes } = await lab.ask('memory', {});
    expect(groundBytes).toBeGreaterThan(0);
    expect(peakBytes - groundBytes).toBeLessThan(MAX_GROWTH_BYTES);
  });

  test('every expectation belongs to a case', () => {
    if (!WRITES) expect([...expected.keys()]).toEqual(cases.map(titleOf));
  });
}

function linesOf({ findings, loaded }: LoadAnswer, directory: string): readonly string[] {
  const own = findings
    .map((finding) => finding.replaceAll(`${directory}/`, ''))
    .map((finding) => (finding.startsWith(`${CASE_FILE}:`) ? finding.slice(10) : finding));
  return [...(loaded ? ['accepted'] : []), ...shortened(own)];
}

/** An error and no bundle, or no error and a whole one; and what served before still does. */
function expectWhole({ errors, loaded, lastGoodServes }: LoadAnswer): void {
  expect(loaded).toBe(errors === 0);
  expect(lastGoodServes).toBe(true);
}

/** What a person is shown is short, and holds nothing that a terminal acts on. */
function expectFit({ errors, findings }: LoadAnswer, lint: RunAnswer): void {
  expect(errors === 0 ? [0] : [1, 2]).toContain(lint.code);
  expect(lint.stderr).toBe('');
  expectPrintable(lint.stdout, MAX_REPORT_CHARS);
  expectPrintable(findings.join('\n'), Infinity);
}
