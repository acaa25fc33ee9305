import type { CandidateExplanation } from '../../src/core/engine/explanation';
import type { AnswerDocument } from '../../src/ports/wire-json';
import { cli, type CliRun } from './support/cli';
import { CATALOG, EXAMPLE_FILES, FILES, POLICY } from './support/files';

function explain(flags: readonly string[], files = FILES): Promise<CliRun> {
  return cli(['explain', '-p', 'policy.yaml', '-p', 'catalog.yaml', ...flags], { files });
}

const MATRIX = `                   1 2
  good/chat-large  + +  eligible, 1
  keeps/chat       + x  blocked
  silent/chat      ? ?  blocked

  1  base  require_no_training  training_opt_out: true    policy.yaml:6:5
  2  base  max_retention_days   retention_days at most 7  policy.yaml:7:5
  + met   x declared, not enough   ? not declared

keeps/chat (keeps): blocked, 1 of 2 rules not met
  x contrary max_retention_days: expected retention_days at most 7, observed retention_days: 30; rule at policy.yaml:7:5, claim at catalog.yaml:10:41
  help: would need retention_days: 7

silent/chat (silent): blocked, 2 of 2 rules not met
  ? unknown require_no_training: expected training_opt_out: true, observed not declared; rule at policy.yaml:6:5
  ? unknown max_retention_days: expected retention_days at most 7, observed not declared; rule at policy.yaml:7:5
  help: declare training_opt_out: true, if it is true; declare retention_days: 7, if it is true
`;

describe('explain', () => {
  it('shows every rule against every target, where it stands, and what would change it', async () => {
    const stdout = `allow: 1 of 3 targets may receive \`chat\`\n\n${MATRIX}`;
    expect(await explain(['--model', 'chat'])).toEqual({ code: 0, stdout, stderr: '' });
  });

  it('shows the whole catalog where no request is given', async () => {
    const run = await explain([]);
    expect(run.stdout).toBe(`allow: 1 of 3 targets may receive the request\n\n${MATRIX}`);
  });

  it('colours the signs by what they mean', async () => {
    const run = await explain(['--model', 'chat', '--color']);
    expect(run.stdout).toContain('\u001b[32m+\u001b[0m');
    expect(run.stdout).toContain('\u001b[31mx\u001b[0m');
    expect(run.stdout).toContain('\u001b[33m?\u001b[0m');
    expect(run.stdout).toContain('\u001b[32meligible, 1\u001b[0m');
  });

  it('tells states apart without colour', async () => {
    const run = await explain(['--model', 'chat']);
    expect(run.stdout).not.toContain('\u001b');
    expect(run.stdout).toContain('keeps/chat       + x');
  });

  it('shows one target where it is named', async () => {
    const run = await explain(['--model', 'chat', '--target', 'silent/chat']);
    expect(run.stdout).toContain('silent/chat  ? ?  blocked');
    expect(run.stdout).not.toContain('keeps/chat');
    expect(run.code).toBe(0);
  });

  it('proposes the target that is meant', async () => {
    expect(await explain(['--model', 'chat', '--target', 'silent/chta'])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: the target `silent/chta` is no candidate of this request\n' +
        'help: did you mean `silent/chat`?\n',
    });
  });

  it('has the exit codes of decide', async () => {
    expect((await explain(['--model', 'nope'])).code).toBe(3);
    const warn = POLICY.replace('spec:', 'spec:\n  mode: warn').replace('days: 7', 'days: 0');
    const files = { 'policy.yaml': warn, 'catalog.yaml': CATALOG.replace('days: 0', 'days: 3') };
    expect((await explain(['--model', 'chat'], files)).code).toBe(4);
  });

  it('shows what a shadow policy would block, and does not count it against a target', async () => {
    const shadow = POLICY.replace('spec:', 'spec:\n  mode: shadow').replace(
      'name: base',
      'name: plan',
    );
    const all = POLICY.replace(/ {2}requirements:[^]*/, '  unrestricted: true\n');
    const files = { ...FILES, 'policy.yaml': `${all}---\n${shadow}` };
    const run = await explain(['--model', 'chat'], files);
    expect(run.stdout).toMatch(/keeps\/chat +\+ x +eligible, 2/);
    expect(run.stdout).toContain('max_retention_days (shadow)');
    expect(run.stdout).not.toContain('would need');
  });

  it('takes at most eight lines for a blocked target, and says how to see the rest', async () => {
    const claims = ['gdpr', 'soc2', 'iso27001', 'require_in_memory_only', 'local_only_processing'];
    const more = claims.map((name) => `    ${name}: true\n`).join('');
    const files = { ...FILES, 'policy.yaml': POLICY + more };
    const run = await explain(['--model', 'chat'], files);
    const block = run.stdout.split('\n\n').find((part) => part.startsWith('silent/chat'));
    expect(block?.trimEnd().split('\n')).toHaveLength(8);
    expect(block).toContain('and 2 more: --target silent/chat shows them all');
    const all = await explain(['--model', 'chat', '--target', 'silent/chat'], files);
    expect(all.stdout.match(/^ {2}\? unknown/gm)).toHaveLength(7);
  });

  it('counts the entries of one list as one rule', async () => {
    const denied = `${POLICY}  providers:\n    deny: [keeps, silent]\n`;
    const run = await explain(['--model', 'chat'], { ...FILES, 'policy.yaml': denied });
    expect(run.stdout).toMatch(/good\/chat-large +\+ \+ \+ +eligible/);
    expect(run.stdout).toMatch(/keeps\/chat +D \+ x +blocked/);
    expect(run.stdout.match(/^ {2}\d {2}base {2}providers\.deny/gm)).toHaveLength(1);
  });

  it('gives the decision and the whole matrix as JSON', async () => {
    const run = await explain(['--model', 'chat', '--format', 'json']);
    const report = JSON.parse(run.stdout) as {
      readonly decision: AnswerDocument;
      readonly candidates: readonly CandidateExplanation[];
    };
    expect(report.decision.eligible).toEqual(['good/chat-large']);
    const states = report.candidates.map(({ ref, rows }) => [ref, rows.map(({ state }) => state)]);
    expect(states).toEqual([
      ['good/chat-large', ['satisfied', 'satisfied']],
      ['keeps/chat', ['satisfied', 'contrary']],
      ['silent/chat', ['unknown', 'unknown']],
    ]);
  });

  it('leaves out what is too much, and says so', async () => {
    const targets = Array.from({ length: 30 }, (_, index) => `{ model: m${String(index)} }`);
    const catalog = CATALOG.replace(
      /targets: \[\{ model: chat \}\]\n$/,
      `targets: [${targets.join(', ')}]\n`,
    );
    const run = await explain([], { ...FILES, 'catalog.yaml': catalog });
    expect(run.stdout).toContain('11 more targets left out: name one with --target ID');
    expect(run.stdout).toContain('silent/m29');
  });

  it('explains the example that is shipped, shadow policy included', async () => {
    const run = await cli(['explain', '-p', 'example', '-m', 'gpt-4o'], { files: EXAMPLE_FILES });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('iso27001 (shadow)');
    expect(run.stdout).toContain("help: switch the gateway's own fallback off");
  });
});
