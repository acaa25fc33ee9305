import { cli } from './support/cli';

const COMMAND = ['envoy', 'config', '-p', 'a.yaml'];

describe('a host that is a URL', () => {
  it('is told where its parts belong', async () => {
    const spec = `providers: [{ id: p, targets: [{ model: m, endpoint: { host: 'https://a.example/v1' } }] }]`;
    const text = `apiVersion: ambit/v1\nkind: Catalog\nmetadata: { name: c }\nspec:\n  ${spec}\n`;
    const { code, stderr } = await cli(COMMAND, { files: { 'a.yaml': text } });
    expect(code).toBe(1);
    expect(stderr).toContain(
      'help: write the host alone, such as `api.example.com`; `port` and `path_prefix` are keys of their own',
    );
  });
});

describe('slips of who writes `ambit envoy config` for the first time', () => {
  it.each([
    ['--tenant acme', 'write `--context tenant=NAME`'],
    ['--scope team=search', 'write `--context KEY=VALUE`'],
    ['-o envoy.yaml', 'the configuration goes to the standard output: write `> envoy.yaml`'],
    ['--output envoy.yaml', 'the configuration goes to the standard output: write `> envoy.yaml`'],
    ['--varient portable', 'did you mean `--variant`?'],
    ['--constructor x', 'see `ambit envoy config --help` for its options'],
    ['--ambit /run/ambit.sock', 'write `unix:/run/ambit.sock`'],
    ['--listen 10000', 'write `127.0.0.1:10000`'],
    ['--listen 99999', 'write host:port or unix:/path, such as 127.0.0.1:10000'],
    ['--listen here', 'write host:port or unix:/path, such as 127.0.0.1:10000'],
    ['--admin 9901', 'write `127.0.0.1:9901`, or `none`'],
    ['--admin off', 'write host:port or unix:/path, such as 127.0.0.1:9901, or `none`'],
  ])('%s', async (words, help) => {
    const { code, stdout, stderr } = await cli([...COMMAND, ...words.split(' ')]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.split('\n').slice(1)).toEqual([`help: ${help}`, '']);
  });
});

describe('ambit envoy lint of what cannot be read', () => {
  it('says what to name', async () => {
    const { code, stdout } = await cli(['envoy', 'lint', 'missing.yaml']);
    expect(code).toBe(2);
    expect(stdout).toContain(
      'help: name the files that Envoy is started with, or `-` for the standard input\n',
    );
  });
});

describe('what is written into the directory of policies', () => {
  it('is told from a policy of an unknown dialect', async () => {
    const files = { 'a.yaml': 'node: { id: a }\nstatic_resources: {}\n' };
    const { code, stderr } = await cli(COMMAND, { files });
    expect(code).toBe(2);
    expect(stderr).toContain('keep it outside the directory of policies');
  });
});
