import {
  attemptLine,
  decisionLine,
  idAt,
  requestLine,
  timeAt,
} from '../service/reconcile/support/lines';
import { MAX_KEPT_FINDINGS } from '../../src/service/reconcile/findings';
import { cli } from './support/cli';
import type { MemoryFiles } from './support/memory-reader';

const COMMAND = ['audit', 'reconcile'];
const FILES_OPTIONS = ['--decisions', 'ambit.log', '--attempts', 'attempts.log'];

const AMBIT = `${decisionLine()}\n`;
const ATTEMPT = `${attemptLine()}\n`;
const BAD_ATTEMPT = `${attemptLine({ target: 'third' })}\n`;

/** Reconciles these two files. */
function run(files: MemoryFiles, ...more: readonly string[]) {
  return cli([...COMMAND, ...FILES_OPTIONS, ...more], {
    files: { 'ambit.log': AMBIT, 'attempts.log': ATTEMPT, ...files },
  });
}

describe('ambit audit reconcile', () => {
  it('ends with 0 where everything is clean', async () => {
    const requests = `${requestLine()}\n`;
    const shown = await run({ 'requests.log': requests }, '--requests', 'requests.log');
    expect(shown).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        'decisions  1: 1 allow, 0 warn, 0 block',
        'attempts   1: 1 clean',
        'requests   1: 1 clean, 0 without a decision and sent nowhere',
        '',
        'clean: no attempt that its decision does not allow',
        '',
      ].join('\n'),
    });
  });

  it('ends with 1 and names the line where something is not', async () => {
    const { code, stdout } = await run({ 'attempts.log': ATTEMPT + BAD_ATTEMPT });
    expect(code).toBe(1);
    expect(stdout).toBe(
      [
        'decisions  1: 1 allow, 0 warn, 0 block',
        'attempts   2: 1 clean',
        '',
        'error[ineligible_target]: an attempt at `third` was made, and only `first`, `second` may receive the request',
        ' --> attempts.log:2',
        `  = decision ${idAt(0)}, recorded at ambit.log:1`,
        '  = request r-1',
        '',
        'not clean',
        '',
      ].join('\n'),
    );
  });

  it('ends with 2 where lines cannot be read and nothing else is wrong', async () => {
    const { code, stdout } = await run({ 'attempts.log': `${ATTEMPT}[warning] no JSON\n` });
    expect(code).toBe(2);
    expect(stdout).toContain('unreadable: it is no JSON\n --> attempts.log:2\n');
    expect(stdout).toMatch(/\nnot proven: 1 line cannot be read\n$/);
  });

  it('ends with 1 where both is so, and says both', async () => {
    const { code, stdout } = await run({ 'attempts.log': `${BAD_ATTEMPT}x\n` });
    expect(code).toBe(1);
    expect(stdout).toMatch(/\nnot clean, and 1 line cannot be read\n$/);
  });

  it('ends with 0 and counts what is only worth knowing', async () => {
    const { code, stdout } = await run({ 'attempts.log': ATTEMPT + ATTEMPT });
    expect([code, stdout]).toEqual([0, expect.stringContaining('\ninfo[tried_again]: 1\n')]);
  });

  it('tells of a log full of findings in bounds', async () => {
    const many = BAD_ATTEMPT.repeat(MAX_KEPT_FINDINGS + 1);
    const { stdout } = await run({ 'attempts.log': many });
    expect(stdout.split('error[ineligible_target]')).toHaveLength(51);
    expect(stdout).toContain(`${String(MAX_KEPT_FINDINGS + 1 - 50)} more findings left out`);
  });

  it('cannot be made to forge its output by what stands in a log', async () => {
    const target = 'x\u001b[2K\nclean: all';
    const { stdout } = await run({ 'attempts.log': attemptLine({ target }) });
    expect(stdout).toContain('x\\u{1b}[2K\\u{a}clean: all');
    expect(stdout).not.toContain('\u001b');
  });

  it('says the same as JSON', async () => {
    const files = { 'attempts.log': `${BAD_ATTEMPT}x\n` };
    const { code, stdout } = await run(files, '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      apiVersion: 'ambit/v1',
      kind: 'Reconciliation',
      clean: false,
      counts: {
        decisions: { allow: 1, warn: 0, block: 0 },
        attempts: { all: 1, clean: 0 },
        requests: { all: 0, clean: 0, undecided: 0 },
        outside: 0,
        unreadable: 1,
      },
      found: { ineligible_target: 1 },
      findings: [
        {
          level: 'error',
          code: 'ineligible_target',
          message:
            'an attempt at `third` was made, and only `first`, `second` may receive the request',
          file: 'attempts.log',
          line: 1,
          decisionId: idAt(0),
          requestId: 'r-1',
          recordedAt: { file: 'ambit.log', line: 1 },
        },
      ],
      unreadable: [{ file: 'attempts.log', line: 2, problem: 'it is no JSON' }],
      advice: [],
    });
  });

  it('reads one file once, however often and for whatever it is named', async () => {
    const both = ATTEMPT + `${requestLine()}\n`;
    const more = ['--attempts', 'attempts.log', '--requests', 'attempts.log'];
    const { code, stdout } = await run(
      { 'attempts.log': both },
      ...[...more, '--decisions', 'ambit.log'],
    );
    expect(code).toBe(0);
    expect(stdout).toContain('attempts   1: 1 clean\nrequests   1: 1 clean');
  });

  it('reads records or logs from the standard input', async () => {
    const files = { '-': BAD_ATTEMPT };
    const args = [...COMMAND, '--decisions', 'ambit.log', '--attempts', '-'];
    const { code, stdout } = await cli(args, { files: { ...files, 'ambit.log': AMBIT } });
    expect([code, stdout]).toEqual([1, expect.stringContaining(' --> stdin:1\n')]);
  });

  it('looks at a window', async () => {
    const { code, stdout } = await run(
      { 'attempts.log': BAD_ATTEMPT + ATTEMPT },
      ...['--from', timeAt(6), '--to', '2026-02-01'],
    );
    expect(code).toBe(2);
    expect(stdout).toContain('outside    2 lines before or after the window\n');
    expect(stdout).toMatch(/\nnot proven: there is no attempt and no request to look at\n$/);
  });

  it('advises where records are missing', async () => {
    const early = decisionLine({ decision_id: idAt(-9), recorded: 'policies' });
    const { stdout } = await run({ 'ambit.log': early });
    expect(stdout).toContain(
      '\nhelp: the records are not those of all decisions: `log.decisions: all`',
    );
    expect(stdout).toContain('\nhelp: give the records from before the first attempt');
  });
});

describe('slips', () => {
  it.each([
    [['--attempts', 'attempts.log'], '`--decisions` is missing'],
    [['--decisions', 'ambit.log'], '`--attempts` is missing'],
    [['--decisions', '-', '--attempts', '-'], 'the standard input `-` can be read only once'],
    [
      ['--decisions', 'no.log', '--attempts', 'attempts.log'],
      '`no.log` cannot be read: there is no such file',
    ],
    [[...FILES_OPTIONS, '--requests', 'no.log'], '`no.log` cannot be read: there is no such file'],
    [[...FILES_OPTIONS, '--from', 'noon'], '`noon` is no instant of `--from`'],
    [[...FILES_OPTIONS, '--to', '2026-02-30'], '`2026-02-30` is no instant of `--to`'],
    [
      [...FILES_OPTIONS, '--from', '2026-01-02', '--to', '2026-01-02'],
      '`--from` is not before `--to`',
    ],
    [[...FILES_OPTIONS, 'x.log'], '`ambit audit reconcile` takes no argument `x.log`'],
  ])('%j: %s', async (args, message) => {
    const files = { 'ambit.log': AMBIT, 'attempts.log': ATTEMPT };
    const { code, stdout, stderr } = await cli([...COMMAND, ...args], { files });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).toContain('\nhelp: ');
  });
});
