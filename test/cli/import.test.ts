import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, type CliRun } from './support/cli';
import type { MemoryFiles } from './support/memory-reader';

const GOLDEN = join(__dirname, '../golden');
const golden = (path: string): string => readFileSync(join(GOLDEN, path), 'utf8');

const COMPLIANCE = `llmgateway:
  policy:
    enabled: true
    requireSoc2Type2: true
    blockedProviders: [deepseek]
    allowedModels: []
`;

function run(args: readonly string[], files: MemoryFiles): Promise<CliRun> {
  return cli(['import', ...args], { files });
}

describe('import', () => {
  it('prints the native equivalent, with where each rule comes from', async () => {
    const { code, stdout, stderr } = await run(['c.yaml'], { 'c.yaml': COMPLIANCE });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^imported: 1 policy, 0 providers, 0 targets, \d notes?\n$/u);
    expect(stdout).toContain('provider_names: llmgateway');
    expect(stdout).toContain('soc2_type2: true # c.yaml:4 requireSoc2Type2');
    expect(stdout).toContain('    # c.yaml:5 blockedProviders\n    deny:\n      - deepseek\n');
    // What had to be decided stands above: an empty list restricts nothing there.
    expect(stdout).toMatch(/^# c\.yaml:6:\d+: .*allowedModels/mu);
    expect(stdout).toContain('wording: llmgateway');
  });

  it.each([
    ['keeptrusts/pack.yaml', '1 policy, 1 provider, 2 targets'],
    ['llmgateway/settings.yaml', '1 policy, 2 providers, 0 targets'],
    ['vercel/settings.yaml', '1 policy, 0 providers, 0 targets'],
    ['ngrok/combined.yaml', '1 policy, 2 providers, 0 targets'],
    ['ngrok/access-key.json', '1 policy, 0 providers, 0 targets'],
    ['openrouter/settings.yaml', '4 policies, 0 providers, 0 targets'],
  ])('takes %s, and what it prints lints without an error', async (path, counts) => {
    const { code, stdout, stderr } = await run([path], { [path]: golden(path) });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining(counts) as string,
    });
    const linted = await cli(['lint', 'imported.yaml'], { files: { 'imported.yaml': stdout } });
    expect(linted.stdout).not.toMatch(/^error/mu);
    expect(linted.code).toBe(0);
  });

  it('decides as the file does', async () => {
    const catalog = golden('llmgateway/catalog.yaml');
    const settings = golden('llmgateway/settings.yaml');
    const { stdout: imported } = await run(['s.yaml'], { 's.yaml': settings });
    const decide = async (text: string): Promise<unknown> => {
      const files = { 's.yaml': text, 'catalog.yaml': catalog };
      const args = ['decide', '-p', 's.yaml', '-p', 'catalog.yaml', '--model', 'deepseek-v4'];
      const { stdout } = await cli([...args, '--format', 'json'], { files });
      const answer = JSON.parse(stdout) as Record<string, unknown>;
      return { outcome: answer['outcome'], eligible: answer['eligible'], block: answer['block'] };
    };
    expect(await decide(imported)).toEqual(await decide(settings));
  });

  it.each([
    [
      'disabled, beside one that a strategy leaves out',
      '',
      'openai',
      "filter(m, m.provider_id != 'google')",
    ],
    [
      'configured only, beside a strategy',
      'only_allow_configured_providers: true, ',
      '',
      "onlyProviders(['openai', 'boreal'])",
    ],
  ])('lets no provider through that is kept out twice: %s', async (_, flag, off, step) => {
    const providers = ['openai', 'google', 'acme'].map(
      (id) => `{id: ${id}${id === off ? ', disabled: true' : ''}}`,
    );
    const gateway = `on_http_request: [{type: ai-gateway, config: {${flag}providers: [${providers.join(', ')}], model_selection: {strategy: ["ai.models.${step}"]}}}]\n`;
    const catalog = `apiVersion: ambit/v1\nkind: Catalog\nmetadata: {name: c}\nspec: {providers: [${['openai', 'google', 'acme', 'boreal'].map((id) => `{id: ${id}, targets: [{id: ${id}-m, model: m}]}`).join(', ')}]}\n`;
    const { code, stdout: imported } = await run(['g.yaml'], { 'g.yaml': gateway });
    expect(code).toBe(0);
    const eligible = async (text: string): Promise<unknown> => {
      const files = { 'g.yaml': text, 'catalog.yaml': catalog };
      const args = ['decide', '-p', 'g.yaml', '-p', 'catalog.yaml', '--model', 'm'];
      const { stdout } = await cli([...args, '--format', 'json'], { files });
      return (JSON.parse(stdout) as Record<string, unknown>)['eligible'];
    };
    const direct = await eligible(gateway);
    expect(direct).toHaveLength(off === '' ? 1 : 2);
    expect(await eligible(imported)).toEqual(direct);
  });

  it('prints nothing of a file that says two things of one provider', async () => {
    const gateway = (tier: string): string =>
      `{type: ai-gateway, config: {providers: [{id: openai, metadata: {tier: ${tier}}}]}}`;
    const file = `on_http_request: [${gateway('gold')}, ${gateway('silver')}]\n`;
    const { code, stdout, stderr } = await run(['g.yaml'], { 'g.yaml': file });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(
      'claim `label:tier` is stated twice and not alike, first at g.yaml:1:',
    );
    const alike = `on_http_request: [${gateway('gold')}, ${gateway('gold')}]\n`;
    expect((await run(['g.yaml'], { 'g.yaml': alike })).stdout).toContain('tier: gold');
  });

  it('keeps names and pools apart', async () => {
    const settings = `openrouter:
  guardrails:
    - {name: two words, ignored_providers: [openai]}
    - {name: two-words, ignored_providers: [google-vertex]}
`;
    const { stdout } = await run(['o.yaml'], { 'o.yaml': settings });
    expect(stdout).toContain('name: openrouter/guardrail/two-words\n');
    expect(stdout).toContain('name: openrouter/guardrail/two-words-2\n');
    const pack = golden('keeptrusts/pack.yaml').replace(
      'name: zero-retention',
      'name: zero retention',
    );
    expect((await run(['p.yaml'], { 'p.yaml': pack })).stdout).toContain(
      'pool: zero%20;retention\n',
    );
  });

  it('says what a native file cannot', async () => {
    const pack = golden('keeptrusts/pack.yaml').replace('id: local', "id: 'local one'");
    const { code, stdout, stderr } = await run(['p.yaml'], { 'p.yaml': pack });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('no native file can say this of p.yaml');
  });

  it('writes advice on routing down as left out', async () => {
    const pack = golden('keeptrusts/pack.yaml').replace(
      'policies:',
      'routing:\n  strategy: ordered\npolicies:',
    );
    const { stdout } = await run(['p.yaml'], { 'p.yaml': pack });
    expect(stdout).toMatch(/^# p\.yaml:\d+:\d+: advice on routing is left out/mu);
  });

  it('reads the standard input', async () => {
    const { code, stdout } = await run(['-'], { '-': COMPLIANCE });
    expect(code).toBe(0);
    expect(stdout).toContain('soc2_type2: true');
  });

  it.each([
    ['nothing', [], 'there is nothing to import'],
    ['two files', ['c.yaml', 'c.yaml'], 'only one file is imported at a time'],
    ['a file and a list', ['--catalog', 'c.yaml', 'c.yaml'], 'only one file'],
    ['a native file', ['n.yaml'], 'native already'],
    ['a dialect that is none', ['nobody:c.yaml'], 'is no dialect'],
  ])('refuses %s', async (_, args, message) => {
    const native =
      'apiVersion: ambit/v1\nkind: Policy\nmetadata: {name: n}\nspec: {unrestricted: true}\n';
    const { code, stdout, stderr } = await run(args, { 'c.yaml': COMPLIANCE, 'n.yaml': native });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('shows what is wrong with a file at its word, and prints nothing', async () => {
    const wrong = COMPLIANCE.replace('requireSoc2Type2', 'requireSoc2Typ2');
    const { code, stdout, stderr } = await run(['c.yaml'], { 'c.yaml': wrong });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('c.yaml:4:5');
    expect((await run(['missing.yaml'], {})).code).toBe(2);
  });
});
