import { cli } from './support/cli';

const COMMAND = ['envoy', 'config', '-p', 'a.yaml'];

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: catalog }
spec:
  providers:
    - id: good
      targets:
        - { id: good, model: chat, endpoint: { host: good.example, auth: bearer, apis: [chat_completions] } }
`;

describe('ambit envoy config --context', () => {
  it('cannot state what only the way of reading can make true', async () => {
    const line = ['envoy', 'config', '-p', 'a.yaml', '--context', 'ambit.routing_fields=cleared'];
    expect(await cli(line)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: `--context` cannot state `ambit.routing_fields`\n' +
        'help: it stands where it holds: `--read metadata` writes what clears those fields, and says so\n',
    });
  });

  it.each([
    ['ambit.path=rewritten', 'cannot state `ambit.path`'],
    ['ambit.foo=x', '`--context ambit.foo=x` is not known'],
    ['ambit.models_api=foo', '`--context ambit.models_api=foo` is not known'],
    ['ambit.model_header=X-Model', '`--context ambit.model_header=X-Model` is not known'],
    ['ambit.model_header=x-model', 'does not fit `--read body`'],
    ['tenant', '`--context tenant` is no pair'],
  ])('refuses %s, with which Ambit would block every request', async (pair, message) => {
    const { code, stdout, stderr } = await cli([...COMMAND, '--context', pair]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toContain('\nhelp: ');
  });

  it.each([
    [['--context', 'ambit.models_api=messages'], 'ambit.models_api: messages'],
    [
      ['--read', 'metadata', '--context', 'ambit.model_header=x-model'],
      'ambit.model_header: x-model',
    ],
    [['--context', 'tenant=acme', '--context', 'team=search'], 'tenant: acme, team: search'],
  ])('takes %p', async (args, written) => {
    const { code, stdout } = await cli([...COMMAND, ...args], { files: { 'a.yaml': CATALOG } });
    expect(code).toBe(0);
    expect(stdout).toContain(written);
    expect(stdout.split('ambit.path: rewritten')).toHaveLength(2);
  });
});
