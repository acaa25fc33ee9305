import { baseText, plant, type Hole } from '../pep/envoy-lint/support/hole';
import { HOLES } from '../pep/envoy-lint/holes';
import { cli } from './support/cli';

function holeOf(code: string): Hole {
  const hole = HOLES.find((each) => each.code === code);
  if (hole === undefined) throw new Error(`no hole has the code ${code}`);
  return hole;
}

const HOLE = plant(holeOf('failure_mode_allow'));
const WARNING = plant(holeOf('failure_mode_header'));

describe('envoy lint', () => {
  it('shows a hole at its word, with the reason and the way out', async () => {
    const files = { 'envoy.yaml': HOLE.text };
    const [mark] = HOLE.marks;
    expect(await cli(['envoy', 'lint', 'envoy.yaml'], { files })).toEqual({
      code: 1,
      stderr: '',
      stdout: `error[failure_mode_allow]: whenever Ambit is down, slow or overloaded, every request passes undecided
   --> envoy.yaml:${String(mark?.line)}:${String(mark?.column)}
    |
${String(mark?.line)} |                       failure_mode_allow: true
    |                                           ^^^^
    = help: write \`failure_mode_allow: false\`

1 error: 1 file checked
`,
    });
  });

  it('says that our own configuration is clean', async () => {
    const run = await cli(['envoy', 'lint', 'envoy.yaml'], { files: { 'envoy.yaml': baseText() } });
    expect(run).toEqual({ code: 0, stderr: '', stdout: 'clean: 1 file checked\n' });
  });

  it('fails for warnings only where it is to be strict', async () => {
    const files = { 'envoy.yaml': WARNING.text };
    expect(await cli(['envoy', 'lint', 'envoy.yaml'], { files })).toMatchObject({ code: 0 });
    expect(await cli(['envoy', 'lint', '--strict', 'envoy.yaml'], { files })).toMatchObject({
      code: 1,
    });
  });

  it('writes JSON and SARIF, whose rules are those of Envoy', async () => {
    const files = { 'envoy.yaml': HOLE.text };
    const json = await cli(['envoy', 'lint', '--format', 'json', 'envoy.yaml'], { files });
    expect(JSON.parse(json.stdout)).toMatchObject({
      findings: [{ file: 'envoy.yaml', line: HOLE.marks[0]?.line, code: 'failure_mode_allow' }],
      summary: { files: 1, errors: 1 },
    });
    const sarif = await cli(['envoy', 'lint', '--format', 'sarif', 'envoy.yaml'], { files });
    const { runs } = JSON.parse(sarif.stdout) as {
      readonly runs: readonly {
        readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
        readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number }[];
      }[];
    };
    const [result] = runs[0]?.results ?? [];
    expect(result?.ruleId).toBe('failure_mode_allow');
    expect(runs[0]?.tool.driver.rules[result?.ruleIndex ?? 0]?.id).toBe('failure_mode_allow');
  });

  it('never shows a key that stands in the file', async () => {
    const holes = HOLES.filter(({ code }) => code === 'inline_key').map((hole) => plant(hole).text);
    expect(holes.length).toBeGreaterThan(1);
    for (const text of holes) {
      for (const format of ['text', 'json', 'sarif']) {
        const run = await cli(['envoy', 'lint', '--format', format, 'e.yaml'], {
          files: { 'e.yaml': text },
        });
        expect(run.code).toBe(1);
        expect(run.stdout).toContain('inline_key');
        expect(run.stdout).not.toMatch(/do.not.show/u);
      }
    }
  });

  it('does not show a key beside a syntax error either', async () => {
    const files = { 'e.yaml': 'a: { inline_string: do-not-show\nb: ]' };
    const run = await cli(['envoy', 'lint', 'e.yaml'], { files });
    expect(run.stdout).toContain('unreadable_configuration');
    expect(run.stdout).not.toContain('do-not-show');
  });

  it.each([
    ['of a key that stands twice', 'a:\n  - { value: do-not-show, b: 1, value: do-not-show }'],
    ['of broken quotes', 'a: "do-not-show'],
    ['in an alias for nothing', 'a: [*b, do-not-show]'],
    ['beside a second document', 'a: 1\n---\nb: do-not-show'],
  ])('does not show a key on the line %s', async (_, text) => {
    for (const format of ['text', 'json', 'sarif']) {
      const run = await cli(['envoy', 'lint', '--format', format, 'e.yaml'], {
        files: { 'e.yaml': text },
      });
      expect(run.stdout).toMatch(/unreadable_configuration|repeated_key/);
      expect(run.stdout).not.toContain('do-not-show');
    }
  });

  it('shows which key stands twice', async () => {
    const run = await cli(['envoy', 'lint', 'e.yaml'], { files: { 'e.yaml': 'a: x\na: y' } });
    expect(run.stdout).toContain('2 | a* *');
  });

  it('ends with 2 where there is nothing to read', async () => {
    expect(await cli(['envoy', 'lint', 'missing.yaml'])).toMatchObject({ code: 2 });
    const none = await cli(['envoy', 'lint']);
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toContain('name a configuration of Envoy');
  });
});
