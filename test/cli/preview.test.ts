import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { PreviewDocument } from '../../src/service/preview-document';
import { EXPIRING } from '../service/support/previews';
import { cli, type CliRun } from './support/cli';
import { CATALOG, EXAMPLE_FILES, FILES, POLICY } from './support/files';
import type { MemoryFiles } from './support/memory-reader';

function preview(flags: readonly string[] = [], files: MemoryFiles = FILES): Promise<CliRun> {
  const roots = Object.keys(files).flatMap((path) => ['-p', path]);
  return cli(['preview', ...roots, ...flags], { files });
}

const TEXT = `at 2026-07-01T00:00Z: 1 model: 1 allowed; 3 targets: 1 eligible, 2 blocked
  for     a request that says nothing of itself
  bundle  default, sha256:DIGEST

policies
  applies  base  enforce  policy.yaml:3:19  blocks 2 targets, all of them alone

providers
          eligible  blocked  because
  good    1         0
  keeps   0         1        claim_contrary 1
  silent  0         1        claim_unknown 1

models
                       state     claim or rule     expected                  observed      rule at          claim at
  allow chat: 1 of 3 targets
    + good/chat-large
    x keeps/chat       contrary  retention_days    retention_days at most 7  30            policy.yaml:7:5  catalog.yaml:10:41
    x silent/chat      unknown   training_opt_out  true                      not declared  policy.yaml:6:5
                       unknown   retention_days    retention_days at most 7  not declared  policy.yaml:7:5
--model NAME shows one model, and what would make its targets eligible
`;

/** A policy that a request without a team restricts, one that is only planned, and one that gives way. */
const MORE = `---
apiVersion: ambit/v1
kind: Policy
metadata: { name: team }
spec: { scope: { team: [ads] }, requirements: { gdpr: true } }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: planned }
spec: { mode: shadow, requirements: { iso27001: true } }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: soft }
spec: { mode: warn, requirements: { soc2_type2: true } }
`;

const RICH: MemoryFiles = { 'policy.yaml': POLICY + MORE, 'catalog.yaml': CATALOG };

describe('preview', () => {
  it('shows the sums, the policies, the providers, and every target with its reasons', async () => {
    const { code, stdout, stderr } = await preview();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.replace(/sha256:[0-9a-f]{12}$/m, 'sha256:DIGEST')).toBe(TEXT);
  });

  it('is for whom the options say', async () => {
    const flags = ['--scope', 'team=ads', '--api', 'responses', '--feature', 'no_store'];
    const { stdout } = await preview([...flags, '--tenant', 'acme'], RICH);
    expect(stdout).toContain('for     tenant acme, team ads, api responses, features no_store');
    expect(stdout).toContain('known   team: ads\n');
    expect(stdout).toMatch(/^ {2}applies +team +enforce .* blocks 3 targets$/m);
  });

  it('says why a policy does not count or does not apply', async () => {
    expect((await preview([], RICH)).stdout).toMatch(
      /^ {2}restricts +team .*; the request says no team \(it is for ads\)$/m,
    );
    const open = RICH['policy.yaml']?.replace('team: [ads]', 'team: [ads, hr]') ?? '';
    const other = open.replace('requirements: { iso', 'scope: { team: [hr] }, requirements: { iso');
    const { stdout } = await preview(['--scope', 'team=ads'], { ...RICH, 'policy.yaml': other });
    expect(stdout).toMatch(/^ {2}does not apply +planned +shadow .* it is for team hr, not ads$/m);
  });

  it('shows what a shadow policy would block and where a warn policy gave way', async () => {
    const files = {
      ...RICH,
      'policy.yaml': (RICH['policy.yaml'] ?? '').replace('gdpr: true', 'max_retention_days: 9'),
    };
    const { code, stdout } = await preview(['--scope', 'team=ads'], files);
    expect(code).toBe(0);
    expect(stdout).toContain('1 model: 1 allowed with a warning');
    expect(stdout).toMatch(
      /planned +shadow .* would block 1 eligible target and leave none for chat$/m,
    );
    expect(stdout).toMatch(/soft +warn .* gave way for chat$/m);
    expect(stdout).toContain('  warn chat: 1 of 3 targets\n');
    expect(stdout).toMatch(/^ {4}! good\/chat-large +unknown +soc2 +type2 +not declared/m);
  });

  it('shows one model with what would make its targets eligible', async () => {
    const { code, stdout } = await preview(['--model', 'chat']);
    expect(code).toBe(0);
    expect(stdout).toContain('      help: would need retention_days: 7\n');
    expect(stdout).toContain(
      '      help: declare training_opt_out: true, if it is true; declare retention_days: 7, if it is true\n',
    );
    expect(stdout).not.toContain('policies\n');
  });

  it('shows the models that are named, and ends as they do', async () => {
    const all = await preview([], EXAMPLE_FILES);
    expect(all.code).toBe(0);
    const one = await preview(
      ['--model', 'gpt-oss-120b', '--model', 'mistral-large'],
      EXAMPLE_FILES,
    );
    expect(one.code).toBe(3);
    expect(one.stdout.match(/^ {2}(?:allow|block) \S+:/gm)).toEqual([
      '  block mistral-large:',
      '  block gpt-oss-120b:',
    ]);
    expect(await preview(['--model', 'gpt-oss-120c'], EXAMPLE_FILES)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: the catalog offers no model `gpt-oss-120c` to such a request\n' +
        'help: did you mean `gpt-oss-120b`?\n',
    });
  });

  it('shows what changes next, and through which claims', async () => {
    const files = { 'policy.yaml': POLICY, 'catalog.yaml': EXPIRING };
    const { stdout } = await preview(['--now', '2026-01-01'], files);
    expect(stdout).toContain(', valid until 2026-06-01T00:00Z\n');
    expect(stdout).toContain(`what changes next
  from 2026-06-01T00:00Z
    expired training_opt_out: true of provider short  catalog.yaml:8:9
    still allow chat
      x short/chat: expired training_opt_out
    allow becomes block code
      x short/code: expired training_opt_out
  from 2026-09-01T00:00Z
    expired training_opt_out: true of provider long  catalog.yaml:13:9
    allow becomes block chat
      x long/chat: expired training_opt_out
`);
    expect((await preview(['--now', '2026-09-01'], files)).code).toBe(3);
  });

  it('is refused as a whole, and says by whom one may ask', async () => {
    const bundle = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: root }
spec: { tenants: [acme, globex] }
`;
    const run = await preview([], { 'root.yaml': bundle, ...FILES });
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('known   tenant: acme, globex (one of them must be said)\n');
    expect(run.stdout).toContain('refused: the request names no tenant');
    expect(run.stdout).toContain('(tenant_required, HTTP 403)\nhelp: ');
    expect(run.stdout).not.toContain('models\n');
    const acme = await preview(['--tenant', 'acme'], { 'root.yaml': bundle, ...FILES });
    expect(acme.code).toBe(0);
  });

  it('says which key nothing names', async () => {
    const { stdout } = await preview(['--scope', 'colour=red']);
    expect(stdout).toContain('warning[unused_scope_key]: scope key `colour` is named by no policy');
  });

  it('has something to say of a catalog without targets', async () => {
    const { code, stdout } = await preview([], { 'policy.yaml': POLICY });
    expect(code).toBe(3);
    expect(stdout).toContain('the catalog offers nothing to such a request');
  });

  it('caps what people read, and says how many are left out', async () => {
    const targets = Array.from({ length: 50 }, (_, i) => `{ model: m${String(i)} }`).join(', ');
    const catalog = CATALOG.replace('{ model: chat }', targets).replace(
      '{ model: chat }',
      Array.from({ length: 12 }, (_, i) => `{ model: own${String(i)}, serves: [m0] }`).join(', '),
    );
    const run = await preview([], { 'policy.yaml': POLICY, 'catalog.yaml': catalog });
    expect(run.stdout).toContain('31 more models left out: --format json has all of them');
    expect(run.stdout).toContain('    and 3 more targets\n');
    expect(run.stdout.split('\n').length).toBeLessThan(100);
    const one = await preview(['--model', 'm0'], {
      'policy.yaml': POLICY,
      'catalog.yaml': catalog,
    });
    expect(one.stdout).not.toContain('more target');
  });

  it('colours by what is said, and only where it is wanted', async () => {
    const { stdout } = await preview(['--color']);
    expect(stdout).toContain('\u001b[32m+ good/chat-large\u001b[0m');
    expect(stdout).toContain('\u001b[31mx keeps/chat\u001b[0m');
    expect(stdout).toContain('\u001b[32mallow\u001b[0m');
    expect((await preview()).stdout).not.toContain('\u001b');
  });

  it('spells out what a terminal would act on', async () => {
    const files = { 'a\u001b[31m.yaml': POLICY, 'catalog.yaml': CATALOG };
    const { stdout } = await preview(['--scope', 'team=a\u202eb'], files);
    expect(stdout).toContain('for     team a\\u{202e}b\n');
    expect(stdout).toContain('a\\u{1b}[31m.yaml:7:5');
    for (const unsafe of ['\u001b', '\u202e']) expect(stdout).not.toContain(unsafe);
  });
});

describe('preview --format json', () => {
  it('is the whole document, in the shape that is documented', async () => {
    const { code, stdout } = await preview(['--format', 'json'], RICH);
    expect(code).toBe(3);
    const document = JSON.parse(stdout) as PreviewDocument;
    expect(Object.keys(document)).toEqual([
      ...['apiVersion', 'kind', 'at', 'bundle', 'request', 'scope', 'policies', 'counts'],
      ...['providers', 'notOffered', 'models', 'changes', 'warnings'],
    ]);
    expect(document.models[0]?.targets[1]?.reasons[0]).toEqual({
      code: 'claim_contrary',
      state: 'contrary',
      policy: 'base',
      requirement: 'max_retention_days',
      claim: 'retention_days',
      expected: 'retention_days at most 7',
      observed: 'retention_days: 30',
      message: 'policy `base` requires retention_days at most 7; retention_days: 30',
      help: 'would need retention_days: 7',
      position: { file: 'policy.yaml', line: 7, column: 5 },
      claimPosition: { file: 'catalog.yaml', line: 10, column: 41 },
    });
  });

  it('leaves nothing out', async () => {
    const { stdout } = await preview(['--format', 'json'], EXAMPLE_FILES);
    const { models, policies } = JSON.parse(stdout) as PreviewDocument;
    expect(models.flatMap(({ targets }) => targets)).toHaveLength(27);
    expect(policies).toHaveLength(4);
  });
});

describe('preview --output', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ambit-preview-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it.each(['text', 'json', 'html'])(
    'writes what %s would print, and says the sums',
    async (format) => {
      const path = join(directory, 'preview');
      const run = await preview(['--format', format, '--output', path, '--color']);
      expect(run).toEqual({
        code: 0,
        stdout:
          '\u001b[1mat 2026-07-01T00:00Z\u001b[0m: 1 model: 1 allowed; 3 targets: 1 eligible, 2 blocked\n',
        stderr: '',
      });
      expect(readFileSync(path, 'utf8')).toBe((await preview(['--format', format])).stdout);
    },
  );

  it('takes the place of what the file holds, also behind a link, and leaves nothing beside it', async () => {
    writeFileSync(join(directory, 'old.html'), 'old');
    symlinkSync('old.html', join(directory, 'link.html'));
    await preview(['--format', 'html', '--output', join(directory, 'link.html')]);
    expect(readdirSync(directory).sort()).toEqual(['link.html', 'old.html']);
    expect(readFileSync(join(directory, 'old.html'), 'utf8')).toMatch(/^<!doctype html>/);
  });

  it('prints where the file is -', async () => {
    expect(await preview(['--output', '-'])).toEqual(await preview());
  });

  it('fails where nothing can be written, and leaves nothing behind', async () => {
    const nowhere = await preview(['--output', join(directory, 'no/such/preview')]);
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toMatch(
      /^error: cannot write `.*preview`: there is no such directory$/m,
    );
    const onto = await preview(['--output', directory]);
    expect(onto.code).toBe(2);
    expect(onto.stderr).toContain('what stands there is no file');
    expect(readdirSync(directory)).toEqual([]);
  });
});
