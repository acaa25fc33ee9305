import { cli, type CliWorld } from './support/cli';

const DEFECT: CliWorld = { runServer: () => Promise.reject(new Error('the \u001b[31mroof\nfell')) };

describe('a defect', () => {
  it('is told in two lines without a stack, and never looks like success', async () => {
    const run = await cli(['serve', '-p', 'policy.yaml'], DEFECT);
    expect(run).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: unexpected: the \\u{1b}[31mroof\\u{a}fell\n' +
        'help: this is a defect of ambit; AMBIT_DEBUG=1 shows where it is\n',
    });
  });

  it('shows where it is to who asks for it', async () => {
    const run = await cli(['serve', '-p', 'x'], { ...DEFECT, environment: { AMBIT_DEBUG: '1' } });
    expect(run.stderr).toMatch(/\n {4}at .*failures\.test/);
  });

  it('may throw anything', async () => {
    // What is thrown is no error on purpose: libraries do that.
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    const run = await cli(['serve', '-p', 'x'], { runServer: () => Promise.reject('oops') });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('something that is no error was thrown');
  });
});
