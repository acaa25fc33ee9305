import { cli } from './support/cli';

const COMMAND = ['envoy', 'config', '-p', 'a.yaml'];

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: catalog }
spec:
  providers:
    - id: good
      claims: { training_opt_out: true }
      targets:
        - { id: good, model: chat, endpoint: { host: good.example, auth: bearer, apis: [chat_completions] } }
`;

const POLICY = `apiVersion: ambit/v1
kind: Policy
metadata: { name: policy }
spec:
  scope: { team: search }
  requirements: { require_no_training: true }
`;

const BUNDLE = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: bundle }
spec: { tenants: [acme] }
`;

const NO_POLICY =
  'every request would be blocked: no policy applies to this request, and the default is to block';

const NO_VALUE =
  'every request would be blocked: the value of scope key `team` is not one that the policy declares';

const TENANT_HELP = 'help: write `--context tenant=NAME`; the policy declares `acme`\n';

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
    ['tenant=acme,team=search', '`--context tenant=acme,team=search` holds several pairs'],
    ['tenant=acme team=search', 'holds several pairs'],
    ['tenant= acme', 'begins or ends with a blank'],
    ['tenant=acme ', 'begins or ends with a blank'],
    [
      'tenant=%REQ(x-tenant)%',
      '`--context tenant=%REQ(x-tenant)%` would be for the client to fill in',
    ],
    ['team=a %HOSTNAME%', 'would be for the client to fill in'],
  ])(
    'refuses %s, with which Ambit would block every request or believe the client',
    async (pair, message) => {
      const { code, stdout, stderr } = await cli([...COMMAND, '--context', pair]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(message);
      expect(stderr).toContain('\nhelp: ');
    },
  );

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

  it.each([
    [
      'tenant=acme',
      'taem=search',
      'scope key `taem` is named by no rule; did you mean `team`?',
      NO_POLICY,
    ],
    ['tenant=acme', 'team=serch', NO_VALUE],
    [
      'tenant=amce',
      'team=search',
      'every request would be blocked: the tenant is not one that the policy declares',
    ],
  ])('warns of %s and %s, which no rule names, and writes them', async (tenant, pair, ...said) => {
    const { code, stdout, stderr } = await cli(
      [...COMMAND, '--context', tenant, '--context', pair],
      { files: { 'a.yaml': [CATALOG, POLICY, BUNDLE].join('---\n') } },
    );
    expect(code).toBe(0);
    const warnings = said.map((message) => `warning: ${message}\n`);
    const help = tenant === 'tenant=acme' ? '' : TENANT_HELP;
    expect(stderr).toBe(`${warnings.join('')}${help}written: 1 target\n`);
    expect(stdout).toContain(pair.replace('=', ': '));
  });

  it('says which tenants there are where none is named', async () => {
    const files = { 'a.yaml': [CATALOG, POLICY, BUNDLE].join('---\n') };
    const { stderr } = await cli([...COMMAND, '--context', 'team=search'], { files });
    expect(stderr).toContain(
      `the request names no tenant, and the policy declares tenants\n${TENANT_HELP}`,
    );
  });

  it('lists no more than some of many tenants', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `t${String(index)}`);
    const bundle = BUNDLE.replace('[acme]', `[${names.join(', ')}]`);
    const files = { 'a.yaml': [CATALOG, POLICY, bundle].join('---\n') };
    const { stderr } = await cli([...COMMAND, '--context', 'team=search'], { files });
    expect(stderr).toContain('declares `t0`, `t1`, `t2`, `t3`, `t4`, `t5`, `t6`, `t7`, …\n');
  });

  it('says nothing of a key that rules name', async () => {
    const files = { 'a.yaml': [CATALOG, POLICY, BUNDLE].join('---\n') };
    const args = [...COMMAND, '--context', 'tenant=acme', '--context', 'team=search'];
    expect((await cli(args, { files })).stderr).toBe('written: 1 target\n');
  });
});

describe('ambit envoy config for targets of which none may be used', () => {
  const warned = async (...texts: readonly string[]) => {
    const args = [...COMMAND, '--context', 'tenant=acme', '--context', 'team=search'];
    const { code, stderr } = await cli(args, { files: { 'a.yaml': texts.join('---\n') } });
    expect(code).toBe(0);
    return stderr;
  };
  const HELP =
    'help: `ambit explain` with the same files, tenant and scope shows what each target lacks, and what to declare\n';

  it.each([
    [
      'a claim is missing',
      CATALOG.replace('{ training_opt_out: true }', '{ zero_data_retention: true }'),
      'no target may receive one, not `good` either (`require_no_training` expects training_opt_out: true, observed not declared)',
    ],
    [
      'a claim says otherwise',
      CATALOG.replace('{ training_opt_out: true }', '{ training_opt_out: false }'),
      'no target may receive one, not `good` either (`require_no_training` expects training_opt_out: true, observed training_opt_out: false)',
    ],
  ])('says which and why where %s, and writes them', async (_what, catalog, message) => {
    expect(await warned(catalog, POLICY, BUNDLE)).toBe(
      `warning: every request would be blocked: ${message}\n${HELP}written: 1 target\n`,
    );
  });

  it('says so where the catalog is for another tenant', async () => {
    const bundle = BUNDLE.replace(
      'tenants: [acme]',
      'tenants: [acme, other], include: [{ file: p.yaml }, { file: c.yaml, scope: { tenant: other } }]',
    );
    const files = { 'a.yaml': bundle, 'p.yaml': POLICY, 'c.yaml': CATALOG };
    const args = [...COMMAND, '--context', 'tenant=acme', '--context', 'team=search'];
    expect((await cli(args, { files })).stderr).toBe(
      `warning: every request would be blocked: the files of all its targets are for other tenants or scopes\n${HELP}written: 1 target\n`,
    );
  });

  it('counts only the targets that are written', async () => {
    const rest = '        - { id: other, model: chat }\n';
    const claims = ', claims: { training_opt_out: false }, endpoint';
    const catalog = `${CATALOG.replace(', endpoint', claims)}${rest}`;
    const stderr = await warned(catalog, POLICY, BUNDLE);
    expect(stderr).toContain('warning[no_address]: the target `other`');
    expect(stderr).toContain('no target may receive one, not `good` either');
  });

  it.each(['responses', 'messages', 'gemini'])(
    'says nothing where one may receive requests of %s alone',
    async (api) => {
      const claim = `{ training_opt_out: { value: true, apis: [${api}] } }`;
      const catalog = CATALOG.replace('{ training_opt_out: true }', claim).replace(
        'chat_completions',
        `chat_completions, ${api}`,
      );
      expect(await warned(catalog, POLICY, BUNDLE)).toBe('written: 1 target\n');
    },
  );
});

describe('ambit envoy config without its files', () => {
  it('is a mistake of the call, and not of a file', async () => {
    const { code, stdout, stderr } = await cli(COMMAND);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('error[unreadable_file]');
  });
});
