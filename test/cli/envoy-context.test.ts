import { cli } from './support/cli';

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
});
