import { cli, type CliWorld } from './support/cli';
import { FILES, POLICY } from './support/files';

const ESCAPE = '\u001b[';
const WRONG = { 'policy.yaml': POLICY.replace('true', "'true'") };

/** A world, what the command line adds, and whether there is colour in it. */
const CASES: readonly (readonly [string, CliWorld, readonly string[], boolean])[] = [
  ['a pipe', {}, [], false],
  ['a terminal', { isTty: true }, [], true],
  ['NO_COLOR', { isTty: true, environment: { NO_COLOR: '1' } }, [], false],
  ['an empty NO_COLOR', { isTty: true, environment: { NO_COLOR: '' } }, [], true],
  ['TERM=dumb', { isTty: true, environment: { TERM: 'dumb' } }, [], false],
  ['--no-color', { isTty: true }, ['--no-color'], false],
  ['--color into a pipe', {}, ['--color'], true],
  ['--color against NO_COLOR', { environment: { NO_COLOR: '1' } }, ['--color'], true],
  ['the last of both', { isTty: true }, ['--color', '--no-color'], false],
];

describe('colour', () => {
  it.each(CASES)('of findings with %s', async (_, world, flags, colored) => {
    const run = await cli(['lint', 'policy.yaml', ...flags], { ...world, files: WRONG });
    expect(run.code).toBe(1);
    expect(run.stdout.includes(ESCAPE)).toBe(colored);
  });

  it.each(CASES)('of the error stream with %s', async (_, world, flags, colored) => {
    const run = await cli(['lint', ...flags], world);
    expect(run.code).toBe(2);
    expect(run.stderr.includes(ESCAPE)).toBe(colored);
  });

  it('may be chosen before the command, too', async () => {
    const run = await cli(['--color', 'lint', 'policy.yaml'], { files: WRONG });
    expect(run.stdout).toContain(ESCAPE);
  });

  it('changes nothing but the colour', async () => {
    const plain = await cli(['lint', 'policy.yaml'], { files: WRONG });
    const colored = await cli(['lint', 'policy.yaml', '--color'], { files: WRONG });
    // The escapes are the very thing that this expression is for.
    // eslint-disable-next-line no-control-regex
    expect(colored.stdout.replace(/\u001b\[\d+m/g, '')).toBe(plain.stdout);
  });

  it('is never in JSON', async () => {
    const run = await cli(['lint', 'policy.yaml', 'catalog.yaml', '--format', 'json', '--color'], {
      files: FILES,
    });
    expect(run.stdout).not.toContain(ESCAPE);
  });
});
