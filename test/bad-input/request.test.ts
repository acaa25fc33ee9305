import { REQUEST_CASES } from './cases/request-cases';
import type { RunAnswer } from './lab/tasks';
import { writeCase } from './support/case-files';
import { expectationsOf, titleOf, writeExpected, WRITES } from './support/expected';
import { startLab } from './support/lab';
import type { Lab } from './support/lab';
import { expectPrintable } from './support/printed';

/** Characters of what is printed for one bad request, whatever its size. */
const MAX_CHARS = 20_000;

/** Bytes that reading all of these may take at most, beyond what a good request takes. */
const MAX_GROWTH_BYTES = 160 * 1024 * 1024;

const REQUEST_FILE = 'request.json';

const GOOD = '{"candidates":[{"target":"openai/gpt-4o"}]}';

const EXIT_USAGE = 2;

let lab: Lab;
let groundBytes = 0;
const expected = expectationsOf('request');
const found = new Map<string, readonly string[]>();

beforeAll(async () => {
  lab = startLab();
  const folder = await writeCase({ content: GOOD }, REQUEST_FILE);
  const { code } = await decide(folder.paths);
  folder.remove();
  expect(code).toBe(0);
  groundBytes = (await lab.ask('memory', {})).peakBytes;
});

afterAll(() => {
  lab.close();
  if (WRITES) writeExpected('request', found);
});

function decide([request = '', policy = '']: readonly string[]): Promise<RunAnswer> {
  const argv = ['decide', '--format', 'json', '--request', request, '--policy', policy];
  return lab.ask('run', { argv });
}

/** The exit code, and what is wrong with the text; or the outcome, the block and each reason. */
function linesOf({ code, stdout, stderr }: RunAnswer, directory: string): readonly string[] {
  if (code === EXIT_USAGE) {
    const lines = stderr.replaceAll(`${directory}/`, '').trimEnd().split('\n');
    return lines.map((line) => (line.length > 300 ? `${line.slice(0, 300)}…` : line));
  }
  const { outcome, block, verdicts = [] } = JSON.parse(stdout) as Decision;
  const codes = verdicts.flatMap(({ reasons = [] }) => reasons.map((reason) => reason.code));
  const why =
    block === undefined
      ? ''
      : ` ${block.code}, status ${String(block.httpStatus)}: ${block.message}`;
  return [`${outcome}${why}`, ...new Set(codes)];
}

interface Decision {
  readonly outcome: string;
  readonly block?: { readonly code: string; readonly httpStatus: number; readonly message: string };
  readonly verdicts?: readonly { readonly reasons?: readonly { readonly code: string }[] }[];
}

test.each(REQUEST_CASES.map((each) => ({ title: titleOf(each), each })))('$title', async (row) => {
  const folder = await writeCase(row.each, REQUEST_FILE);
  try {
    const answer = await decide(folder.paths);
    const lines = linesOf(answer, folder.directory);
    found.set(row.title, lines);
    if (!WRITES) expect(lines).toEqual(expected.get(row.title));
    expectPrintable(answer.stdout + answer.stderr, MAX_CHARS);
    if (answer.code === EXIT_USAGE) expect(answer.stdout).toBe('');
  } finally {
    folder.remove();
  }
});

test('memory stays within its bound', async () => {
  const { peakBytes } = await lab.ask('memory', {});
  expect(peakBytes - groundBytes).toBeLessThan(MAX_GROWTH_BYTES);
});

test('every expectation belongs to a case', () => {
  if (!WRITES) expect([...expected.keys()]).toEqual(REQUEST_CASES.map(titleOf));
});
