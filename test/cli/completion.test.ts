import { COMMANDS } from '../../src/cli/commands';
import { runnable } from '../../src/cli/find-command';
import { cli } from './support/cli';

describe.each(['bash', 'zsh', 'fish'])('completion for %s', (shell) => {
  it('knows every command, option and closed value', async () => {
    const { code, stdout, stderr } = await cli(['completion', shell]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { name, options } of runnable(COMMANDS)) {
      for (const word of name.split(' ')) expect(stdout).toContain(word);
      for (const option of options) {
        expect(stdout).toContain(shell === 'fish' ? `-l ${option.name}` : `--${option.name}`);
        for (const choice of option.choices ?? []) expect(stdout).toContain(choice);
      }
    }
    expect(stdout.endsWith('\n')).toBe(true);
  });

  it('is the same with colours on', async () => {
    expect(await cli(['completion', shell, '--color'])).toEqual(await cli(['completion', shell]));
  });
});
