import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CATALOG, POLICY } from '../cli/support/files';
import { EXPIRING, modelOf, previewOf } from './support/previews';

const FILE = { 'all.yaml': `${POLICY}---\n${CATALOG}` };

/** A policy of a mode, for a team or for all. */
function policy(name: string, mode: string, rules: string, scope = ''): string {
  return `---
apiVersion: ambit/v1
kind: Policy
metadata: { name: ${name} }
spec: { mode: ${mode}${scope}, requirements: { ${rules} } }
`;
}

describe('a preview', () => {
  it('shows every target of a model: the order of what is eligible, and each reason with both places', async () => {
    const shown = await previewOf(FILE);
    expect(shown).toMatchObject({
      apiVersion: 'ambit/v1',
      kind: 'Preview',
      at: '2026-01-01T00:00:00.000Z',
    });
    const chat = modelOf(shown, 'chat');
    expect(chat).toMatchObject({
      names: ['chat'],
      outcome: 'allow',
      eligible: ['good/chat-large'],
    });
    expect(chat.block).toBeUndefined();
    const [good, keeps, silent] = chat.targets;
    expect(good).toEqual({
      ref: 'good/chat-large',
      provider: 'good',
      model: 'chat-large',
      eligible: true,
      rules: { all: 2, met: 2 },
      reasons: [],
      shadow: [],
      position: { file: 'all.yaml', line: 16, column: 17 },
    });
    expect(keeps?.reasons).toEqual([
      {
        code: 'claim_contrary',
        state: 'contrary',
        policy: 'base',
        requirement: 'max_retention_days',
        claim: 'retention_days',
        expected: 'retention_days at most 7',
        observed: 'retention_days: 30',
        message: 'policy `base` requires retention_days at most 7; retention_days: 30',
        help: 'would need retention_days: 7',
        position: { file: 'all.yaml', line: 7, column: 5 },
        claimPosition: { file: 'all.yaml', line: 18, column: 41 },
      },
    ]);
    expect(silent?.rules).toEqual({ all: 2, met: 0 });
    expect(silent?.reasons.map(({ code, help }) => [code, help])).toEqual([
      ['claim_unknown', 'declare training_opt_out: true, if it is true'],
      ['claim_unknown', 'declare retention_days: 7, if it is true'],
    ]);
  });

  it('says what a client is told where nothing is left', async () => {
    const only = CATALOG.replace(/ {4}- id: good\n.*\n.*\n/, '');
    const shown = await previewOf({ 'all.yaml': `${POLICY}---\n${only}` });
    expect(modelOf(shown, 'chat')).toMatchObject({
      outcome: 'block',
      eligible: [],
      block: {
        code: 'no_compliant_provider',
        httpStatus: 403,
        layer: 'requirements',
        policy: 'base',
      },
    });
    expect(shown.counts).toEqual({
      models: { allow: 0, warn: 0, block: 1 },
      targets: { eligible: 0, blocked: 2, notOffered: 0 },
    });
  });

  it('sums up targets and providers', async () => {
    const { counts, providers } = await previewOf(FILE);
    expect(counts).toEqual({
      models: { allow: 1, warn: 0, block: 0 },
      targets: { eligible: 1, blocked: 2, notOffered: 0 },
    });
    expect(providers).toEqual([
      { id: 'good', eligible: 1, blocked: 0, notOffered: 0, codes: [] },
      {
        id: 'keeps',
        eligible: 0,
        blocked: 1,
        notOffered: 0,
        codes: [{ code: 'claim_contrary', targets: 1 }],
      },
      {
        id: 'silent',
        eligible: 0,
        blocked: 1,
        notOffered: 0,
        codes: [{ code: 'claim_unknown', targets: 1 }],
      },
    ]);
  });

  it('is the same for the same bundle, request and instant', async () => {
    expect(JSON.stringify(await previewOf(FILE))).toBe(JSON.stringify(await previewOf(FILE)));
  });
});

describe('the policies of a preview', () => {
  const team = policy('team', 'enforce', 'gdpr: true', ', scope: { team: [ads, search] }');

  it('apply, restrict without counting, or do not apply, and say why', async () => {
    const files = { 'all.yaml': `${FILE['all.yaml']}${team}` };
    const applied = async (scope: Map<string, string>) => {
      const { policies } = await previewOf(files, { scope });
      return policies.map(({ id, applies, unmatched }) => [id, applies, unmatched]);
    };
    const values = ['ads', 'search'];
    expect(await applied(new Map())).toEqual([
      ['base', 'yes', []],
      ['team', 'restricts', [{ key: 'team', values }]],
    ]);
    expect(await applied(new Map([['team', 'ads']]))).toContainEqual(['team', 'yes', []]);
    expect(await applied(new Map([['team', 'hr']]))).toContainEqual([
      'team',
      'no',
      [{ key: 'team', values, value: 'hr' }],
    ]);
  });

  it('count what they block, and what they alone block', async () => {
    const files = {
      'all.yaml': `${FILE['all.yaml']}${policy('more', 'enforce', 'max_retention_days: 10')}`,
    };
    const { policies } = await previewOf(files);
    expect(policies.map(({ id, blocks, blocksAlone }) => [id, blocks, blocksAlone])).toEqual([
      ['base', 2, 0],
      ['more', 2, 0],
    ]);
    const alone = await previewOf(FILE);
    expect(alone.policies).toMatchObject([{ id: 'base', blocks: 2, blocksAlone: 2 }]);
  });

  it('name their rules and where these stand', async () => {
    const { policies } = await previewOf(FILE);
    expect(policies[0]?.rules).toEqual([
      {
        name: 'require_no_training',
        expected: 'training_opt_out: true',
        position: { file: 'all.yaml', line: 6, column: 5 },
      },
      {
        name: 'max_retention_days',
        expected: 'retention_days at most 7',
        position: { file: 'all.yaml', line: 7, column: 5 },
      },
    ]);
  });

  it('of mode shadow change nothing, and say what they would do', async () => {
    const files = { 'all.yaml': `${FILE['all.yaml']}${policy('plan', 'shadow', 'gdpr: true')}` };
    const shown = await previewOf(files);
    const [good] = modelOf(shown, 'chat').targets;
    expect(good).toMatchObject({ eligible: true, reasons: [], rules: { all: 2, met: 2 } });
    expect(good?.shadow).toMatchObject([{ code: 'claim_unknown', policy: 'plan', claim: 'gdpr' }]);
    expect(shown.policies.find(({ id }) => id === 'plan')).toMatchObject({
      applies: 'yes',
      mode: 'shadow',
      blocks: 1,
      blocksAlone: 0,
      wouldLeaveNone: ['chat'],
    });
    expect(shown.counts.models).toEqual({ allow: 1, warn: 0, block: 0 });
  });

  it('of mode warn give way for the models that nothing meets, each by itself', async () => {
    const catalog = EXPIRING.replace(
      'id: long\n      claims:',
      'id: long\n      claims:\n        gdpr: true',
    );
    const files = { 'all.yaml': `${POLICY}---\n${catalog}${policy('soft', 'warn', 'gdpr: true')}` };
    const shown = await previewOf(files);
    const chat = modelOf(shown, 'chat');
    expect(chat).toMatchObject({ outcome: 'allow', eligible: ['long/chat'] });
    expect(chat.targets[0]).toMatchObject({ ref: 'short/chat', eligible: false });
    const code = modelOf(shown, 'code');
    expect(code).toMatchObject({ outcome: 'warn', eligible: ['short/code'] });
    expect(code.targets[0]?.reasons).toMatchObject([{ policy: 'soft', state: 'unknown' }]);
    expect(shown.policies.find(({ id }) => id === 'soft')).toMatchObject({
      blocks: 1,
      gaveWay: ['code'],
    });
    expect(shown.counts.models).toEqual({ allow: 1, warn: 1, block: 0 });
  });

  it('that gave way block nothing, also where others block', async () => {
    const soft = policy('soft', 'warn', 'gdpr: true');
    const shown = await previewOf({ 'all.yaml': `${FILE['all.yaml']}${soft}` });
    const [, keeps] = modelOf(shown, 'chat').targets;
    expect(keeps?.reasons.map((reason) => reason.policy)).toEqual(['base', 'soft']);
    expect(shown.policies).toMatchObject([
      { id: 'base', blocks: 2, blocksAlone: 2 },
      { id: 'soft', blocks: 0, blocksAlone: 0, gaveWay: ['chat'] },
    ]);
  });
});

describe('who a preview is for', () => {
  const bundle = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: root }
spec:
  revision: 7
  tenants: [acme, globex]
  scope_values: { team: [ads, search] }
---
`;

  it('lists the tenants and scope values that exist, and which must be said', async () => {
    const key = policy('key', 'shadow', 'gdpr: true', ', scope: { key: [k1] }');
    const { scope, bundle: named } = await previewOf({
      'all.yaml': `${bundle}${FILE['all.yaml']}${key}`,
    });
    expect(scope).toEqual({
      tenantRequired: true,
      keys: [
        { key: 'tenant', values: ['acme', 'globex'], closed: true },
        { key: 'team', values: ['ads', 'search'], closed: true },
        { key: 'key', values: ['k1'], closed: false },
      ],
    });
    expect(named).toMatchObject({ name: 'root', revision: 7 });
  });

  it('is refused as a whole where the tenant is missing or foreign, and every target is blocked for it', async () => {
    const files = { 'all.yaml': `${bundle}${FILE['all.yaml']}` };
    const silent = await previewOf(files);
    expect(silent.refusal).toMatchObject({ code: 'tenant_required', httpStatus: 403 });
    expect(silent.counts.targets).toEqual({ eligible: 0, blocked: 3, notOffered: 0 });
    expect(
      modelOf(silent, 'chat').targets.flatMap(({ reasons }) => reasons.map(({ code }) => code)),
    ).toEqual(['tenant_required', 'tenant_required', 'tenant_required']);
    expect((await previewOf(files, { tenant: 'evil' })).refusal?.code).toBe('unknown_tenant');
    expect((await previewOf(files, { tenant: 'acme' })).refusal).toBeUndefined();
    expect(
      (await previewOf(files, { tenant: 'acme', scope: new Map([['team', 'hr']]) })).refusal?.code,
    ).toBe('unknown_scope');
  });

  it('is told of a key that nothing names', async () => {
    const { warnings, request } = await previewOf(FILE, { scope: new Map([['colour', 'red']]) });
    expect(warnings).toMatchObject([{ code: 'unused_scope_key' }]);
    expect(request).toEqual({ scope: { colour: 'red' }, features: [] });
  });
});

describe('what a preview judges', () => {
  it('is a whole pool as soon as one of its targets qualifies, under all of its names', async () => {
    const text = readFileSync(
      join(__dirname, '../fixtures/keeptrusts/regulated-routing.yaml'),
      'utf8',
    );
    const { models } = await previewOf({ 'pack.yaml': text });
    expect(models).toMatchObject([
      {
        names: ['gpt-5.4-mini-mini', 'gpt-5.4-mini'],
        eligible: ['local-zdr'],
        targets: [
          { ref: 'local-zdr', eligible: true },
          { ref: 'standard-cloud', eligible: false },
        ],
      },
    ]);
  });

  it('leaves out, by name, what does not speak the api and what exists for others only', async () => {
    const speaking = CATALOG.replace('{ model: chat }', '{ model: chat, apis: [embeddings] }');
    const root = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: root }
spec: { include: [{ file: base.yaml }, { file: acme.yaml, scope: { tenant: acme } }] }
`;
    const acme = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: acme }
spec: { providers: [{ id: own, claims: { training_opt_out: true }, targets: [{ model: chat }] }] }
`;
    const files = {
      'root.yaml': root,
      'base.yaml': `${POLICY}---\n${speaking}`,
      'acme.yaml': acme,
    };
    const shown = await previewOf(files, { api: 'chat_completions', tenant: 'other' });
    expect(shown.refusal?.code).toBe('unknown_tenant');
    const silent = await previewOf(files, { api: 'chat_completions' });
    expect(silent.notOffered.map(({ ref, why }) => [ref, why])).toEqual([
      ['keeps/chat', 'other_api'],
      ['own/chat', 'other_scope'],
    ]);
    expect(silent.providers).toContainEqual({
      id: 'own',
      eligible: 0,
      blocked: 0,
      notOffered: 1,
      codes: [],
    });
    const own = await previewOf(files, { tenant: 'acme' });
    expect(own.notOffered).toEqual([]);
    expect(modelOf(own, 'chat').targets.map(({ ref }) => ref)).toContain('own/chat');
  });

  it('is any model of a provider of which all are known, judged as one that no entry names', async () => {
    const open = CATALOG.replace('- id: good', '- id: good\n      models: any');
    const listed = `${POLICY}  models: { allow: [chat-large] }\n`;
    const shown = await previewOf({ 'all.yaml': `${POLICY}---\n${open}` });
    expect(shown.models.at(-1)).toMatchObject({
      names: [],
      anyModelOf: 'good',
      outcome: 'allow',
      targets: [{ ref: 'good/*', eligible: true }],
    });
    expect(shown.providers[0]).toMatchObject({ id: 'good', anyModel: 'eligible', eligible: 1 });
    expect(shown.counts.targets.eligible).toBe(1);
    const narrow = await previewOf({ 'all.yaml': `${listed}---\n${open}` });
    expect(narrow.models.at(-1)).toMatchObject({ anyModelOf: 'good', outcome: 'block' });
    expect(narrow.providers[0]).toMatchObject({ anyModel: 'blocked' });
  });

  it('is a name as it stands, with a note where callers read it as a pin', async () => {
    const pinned = CATALOG.replace(
      '{ model: chat }]\n    - id: silent',
      '{ model: good/chat }]\n    - id: silent',
    );
    const shown = await previewOf({ 'all.yaml': `${POLICY}---\n${pinned}` });
    const model = modelOf(shown, 'good/chat');
    expect(model.targets.map(({ ref }) => ref)).toEqual(['keeps/good/chat']);
    expect(model.targets[0]?.reasons.map(({ code }) => code)).toEqual(['claim_contrary']);
    expect(model.pins).toEqual([{ name: 'good/chat', provider: 'good' }]);
    expect(modelOf(shown, 'chat').pins).toEqual([]);
  });

  it('says what a target that routes on by itself would have to change', async () => {
    const nested = CATALOG.replace(
      'retention_days: 0 }',
      'retention_days: 0, nested_gateway: true }',
    );
    const shown = await previewOf({ 'all.yaml': `${POLICY}---\n${nested}` });
    const [good] = modelOf(shown, 'chat').targets;
    const reason = good?.reasons.find(({ code }) => code === 'nested_gateway');
    expect(reason?.help).toContain('nested_gateway: fallback_off');
  });
});
