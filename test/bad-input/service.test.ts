import { SERVICE_CASES } from './cases/service-cases';
import { yamlCases } from './cases/yaml-cases';
import type { RunAnswer } from './lab/tasks';
import { CASE_FILE, writeCase } from './support/case-files';
import { native } from './support/documents';
import { expectationsOf, shortened, titleOf, writeExpected, WRITES } from './support/expected';
import { startLab } from './support/lab';
import type { Lab } from './support/lab';
import { expectPrintable } from './support/printed';

const SAMPLE = {
  good: native('Service', 'log: { level: warn }\nstaleness:\n  max_seconds: 300'),
  line: '    max_seconds: 300',
};

const CASES = [...yamlCases(SAMPLE), ...SERVICE_CASES];

/** Characters of a report about one bad file, whatever its size. */
const MAX_REPORT_CHARS = 60_000;

/** A finding and its place, in the report for people. */
const FINDING = /^(?:error|warning|info)\[(\w+)\]: (.*)\n *--> (.*)$/gmu;

let lab: Lab;
const expected = expectationsOf('service');
const found = new Map<string, readonly string[]>();

beforeAll(() => {
  lab = startLab();
});

afterAll(() => {
  lab.close();
  if (WRITES) writeExpected('service', found);
});

function check([config = '', policy = '']: readonly string[]): Promise<RunAnswer> {
  return lab.ask('run', { argv: ['serve', '--check', '--config', config, '--policy', policy] });
}

function linesOf({ code, stdout, stderr }: RunAnswer, directory: string): readonly string[] {
  const report = (stderr + stdout).replaceAll(`${directory}/`, '');
  const findings = [...report.matchAll(FINDING)].map(([, name = '', message = '', place = '']) => {
    const own = place.startsWith(`${CASE_FILE}:`) ? place.slice(CASE_FILE.length + 1) : place;
    return `${own} ${name}: ${message}`;
  });
  const accepted = code === 0 ? ['accepted'] : [];
  const lines = findings.length + accepted.length > 0 ? findings : report.trimEnd().split('\n');
  return [...accepted, ...shortened(lines)];
}

describe('a bad configuration of the service', () => {
  test('while the sample itself is good', async () => {
    const folder = await writeCase({ content: SAMPLE.good });
    const { code, stderr } = await check(folder.paths);
    folder.remove();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test.each(CASES.map((each) => ({ title: titleOf(each), each })))('$title', async (row) => {
    const folder = await writeCase(row.each);
    try {
      const answer = await check(folder.paths);
      const lines = linesOf(answer, folder.directory);
      found.set(row.title, lines);
      if (!WRITES) expect(lines).toEqual(expected.get(row.title));
      expectPrintable(answer.stdout + answer.stderr, MAX_REPORT_CHARS);
      expect([0, 1, 2]).toContain(answer.code);
    } finally {
      folder.remove();
    }
  });

  test('every expectation belongs to a case', () => {
    if (!WRITES) expect([...expected.keys()]).toEqual(CASES.map(titleOf));
  });
});
