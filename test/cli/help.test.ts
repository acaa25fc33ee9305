import { parseArguments } from '../../src/cli/arguments';
import { COMMANDS } from '../../src/cli/commands';
import { EXIT_CODES, EXIT_CODE_TABLE } from '../../src/cli/exit-codes';
import { findCommand } from '../../src/cli/find-command';
import { cli } from './support/cli';

/** The examples of a command that ask it itself, without what a shell does around it. */
function examplesOf(command: (typeof COMMANDS)[number]): readonly string[] {
  return command.examples.map(({ line }) => line.replace(/ (?:<|>|\|) .*$/, ''));
}

/** Every command, those that are parts of others, too. */
const ALL = COMMANDS.flatMap((command) => [command, ...(command.subcommands ?? [])]);
const NAMES = ALL.map(({ name }) => name);

describe('help', () => {
  it('of the program names every command and every exit code', async () => {
    const { code, stdout, stderr } = await cli(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { name, summary } of COMMANDS) expect(stdout).toMatch(name.padEnd(12) + summary);
    for (const [number, meaning] of EXIT_CODE_TABLE) {
      expect(stdout).toContain(`  ${String(number)}  ${meaning}`);
    }
  });

  it('goes to the error stream, with an exit code that says so, where no command is given', async () => {
    const asked = await cli(['--help']);
    expect(await cli([])).toEqual({ code: 2, stdout: '', stderr: asked.stdout });
  });

  it.each(NAMES)('of %s names its options, examples and exit codes', async (name) => {
    const { code, stdout, stderr } = await cli([...name.split(' '), '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const command = ALL.find((each) => each.name === name);
    for (const option of command?.options ?? []) expect(stdout).toContain(`--${option.name}`);
    for (const example of command?.examples ?? []) expect(stdout).toContain(example.line);
    expect(command?.examples.length).toBeGreaterThanOrEqual(2);
    expect(stdout).toContain('exit codes\n  0  ');
  });

  it.each(NAMES)('of %s is the same however one asks', async (name) => {
    const asked = await cli([...name.split(' '), '--help']);
    const words = name.split(' ');
    for (const line of [
      [...words, '-h'],
      ['help', ...words],
      ['--help', ...words],
      [...words, '--format', '-h'],
    ]) {
      expect(await cli(line)).toEqual(asked);
    }
  });

  it.each(NAMES)('of %s has examples that the command line understands', (name) => {
    const command = ALL.find((each) => each.name === name);
    if (command === undefined) throw new Error(`no command ${name}`);
    for (const example of examplesOf(command)) {
      const found = findCommand(COMMANDS, example.split(' '));
      expect(found.spec.name.startsWith(name)).toBe(true);
      expect(() => parseArguments(found.spec, found.rest)).not.toThrow();
    }
  });

  it('has no line that is wider than 130 columns', async () => {
    const texts = await Promise.all(
      [[], ...NAMES.map((name) => name.split(' '))].map((line) => cli([...line, '--help'])),
    );
    const lines = texts.flatMap(({ stdout }) => stdout.split('\n'));
    expect(lines.filter((line) => line.length > 130)).toEqual([]);
  });

  it('says the version', async () => {
    expect(await cli(['--version'])).toEqual({ code: 0, stdout: 'ambit 1.2.3\n', stderr: '' });
    expect(await cli(['-V'])).toEqual({ code: 0, stdout: 'ambit 1.2.3\n', stderr: '' });
  });
});

describe('exit codes', () => {
  it('are those of the design, each documented', () => {
    expect(EXIT_CODES).toEqual({
      ok: 0,
      findings: 1,
      usage: 2,
      blocked: 3,
      warned: 4,
      noAnswer: 5,
    });
    expect(EXIT_CODE_TABLE.map(([code]) => code)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
