import { cli } from './support/cli';
import { FILES } from './support/files';

/** Command lines that are wrong, with what is said and what is proposed. */
const MISTAKES: readonly (readonly [line: string, error: string, help: string])[] = [
  ['lnt policy.yaml', 'unknown command `lnt`', 'did you mean `lint`?'],
  ['frobnicate', 'unknown command `frobnicate`', 'see `ambit --help` for the commands'],
  ['--hlep', 'unknown option `--hlep`', 'did you mean `--help`?'],
  ['lint --polcy p.yaml', 'unknown option `--polcy` of `ambit lint`', 'did you mean `--policy`?'],
  ['lint -x', 'unknown option `-x` of `ambit lint`', 'see `ambit lint --help` for its options'],
  ['lint --format', '`--format` needs a value', 'write `--format text|json|sarif`'],
  ['lint --format=', '`--format` needs a value', 'write `--format text|json|sarif`'],
  ['decide --model --now', '`--model` needs a value', 'write `--model NAME`'],
  ['lint --format jsn p.yaml', '`jsn` is no value of `--format`', 'did you mean `json`?'],
  ['lint --format xml p.yaml', '`xml` is no value of `--format`', 'use `text`, `json` or `sarif`'],
  ['lint --strict=yes p.yaml', '`--strict` is a switch and takes no value', 'leave the value out'],
  ['lint --now 2026-01-01 --now 2026-01-02', '`--now` is given twice', 'give it once'],
  [
    'decide policy.yaml',
    '`ambit decide` takes no argument `policy.yaml`',
    'write `--model MODEL`, `--policy FILE` or `--scope KEY=VALUE`, whichever it is',
  ],
  [
    'explain gpt-oss-120b',
    '`ambit explain` takes no argument `gpt-oss-120b`',
    'write `--model MODEL`, `--policy FILE` or `--scope KEY=VALUE`, whichever it is',
  ],
  [
    'serve policies',
    '`ambit serve` takes no argument `policies`',
    'write `--policy FILE` in front of files and directories of policies',
  ],
  ['health now', '`ambit health` takes no argument `now`', 'see `ambit health --help`'],
  [
    'serve --http 127.0.0.1:9597',
    'unknown option `--http` of `ambit serve`',
    'write `http: { address: ADDR }` under `spec` of the configuration, or set `AMBIT_HTTP`',
  ],
  ['audit keygen keys', '`ambit audit keygen` takes no argument `keys`', 'write `--out DIR`'],
  [
    'audit reconcile ambit.jsonl envoy.jsonl',
    '`ambit audit reconcile` takes no argument `ambit.jsonl`',
    'write `--decisions FILE`, `--attempts FILE` or `--requests FILE`',
  ],
  [
    'envoy lint -c envoy.yaml',
    'unknown option `-c` of `ambit envoy lint`',
    'name the files of Envoy without an option',
  ],
  ['completion bsh', '`bsh` is no value of `bash|zsh|fish`', 'did you mean `bash`?'],
  [
    'completion',
    'completion is written for exactly one shell',
    'write `ambit completion bash`, `zsh` or `fish`',
  ],
  ['lint', 'there is nothing to read: no policy file is given', 'name one with `--policy FILE`'],
  [
    'lint -p - -',
    'the standard input `-` is named twice, and can be read only once',
    'name it once',
  ],
  [
    'lint keeptrust:pack.yaml',
    '`keeptrust` in `keeptrust:pack.yaml` is no dialect',
    'did you mean `keeptrusts:pack.yaml`?',
  ],
  [
    'lint xyz:pack.yaml',
    '`xyz` in `xyz:pack.yaml` is no dialect',
    'use `native:`, `keeptrusts:`, `llmgateway:`, `vercel:`, `ngrok:` or `openrouter:`, or `./xyz:pack.yaml` for a file of that name',
  ],
  [
    'lint --now 2026-02-30 policy.yaml',
    '`2026-02-30` is no instant of `--now`',
    'write a date, `2026-01-31`, or an instant with an offset, `2026-01-31T12:00:00Z`',
  ],
  [
    'lint --now 2026-01-31T12:00:00 policy.yaml',
    '`2026-01-31T12:00:00` is no instant of `--now`',
    'write a date, `2026-01-31`, or an instant with an offset, `2026-01-31T12:00:00Z`',
  ],
];

describe('wrong command lines', () => {
  it.each(MISTAKES)('ambit %s', async (line, error, help) => {
    const run = await cli(line.split(' '), { files: FILES });
    expect(run).toEqual({ code: 2, stdout: '', stderr: `error: ${error}\nhelp: ${help}\n` });
  });

  it('are never answered with a stack', async () => {
    const run = await cli(['decide'], { environment: { AMBIT_DEBUG: '1' } });
    expect(run.code).toBe(2);
    expect(run.stderr).not.toContain('    at ');
  });
});

describe('the ways to write an option', () => {
  it.each([
    ['--policy policy.yaml --catalog catalog.yaml'],
    ['--policy=policy.yaml --catalog=catalog.yaml'],
    ['-p policy.yaml -p catalog.yaml'],
    ['policy.yaml catalog.yaml'],
    ['-- policy.yaml catalog.yaml'],
    ['native:policy.yaml -p native:catalog.yaml'],
  ])('ambit lint %s', async (line) => {
    const run = await cli(['lint', ...line.split(' ')], { files: FILES });
    expect(run.stdout).toContain('2 files checked (1 policy, 3 providers, 3 targets)');
  });
});
