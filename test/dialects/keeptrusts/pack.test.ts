import { createKeeptrustsDialect } from '../../../src/dialects/keeptrusts';
import { shortFindings } from '../support/findings';
import { documentOf, packText, parsePack } from './support';

describe('a pack', () => {
  it('is one pool of targets under one policy', () => {
    const document = documentOf(packText());
    expect(document).toMatchObject({
      file: 'pack.yaml',
      dialect: 'keeptrusts',
      providers: [{ id: 'openai', models: 'listed', aliases: [], claims: [] }],
      endpoints: [],
      credentials: [],
      targets: [{ id: 'one', provider: 'openai', model: 'gpt-4o', pool: 'sample' }],
      policies: [
        {
          id: 'sample/data-routing-policy',
          mode: 'enforce',
          lists: [],
          block: { status: 403 },
          logSelection: true,
        },
      ],
    });
    expect(document.policies[0]?.scope.size).toBe(0);
    expect(document).not.toHaveProperty('routing');
  });

  it('blocks with the configured status', () => {
    const file = { name: 'pack.yaml', text: packText() };
    const { document } = createKeeptrustsDialect({ blockStatus: 409 }).parse(file);
    expect(document?.policies[0]?.block).toEqual({ status: 409 });
  });

  it('declares each provider once', () => {
    const second =
      '      zdr: true\n    - {id: two, provider: openai, model: gpt-4o-mini}\n    - {id: three, provider: local, model: m}';
    const { providers, targets } = documentOf(packText({ target: second }));
    expect(providers.map(({ id }) => id)).toEqual(['openai', 'local']);
    expect(targets.map(({ id }) => id)).toEqual(['one', 'two', 'three']);
  });

  it.each([
    ['pack: {name: x}\npolicies: {chain: [audit-logger]}', true],
    ['# comment\n\npolicies:\n  chain: []\npack:\n  name: x', true],
    ['"pack": {name: x}', true],
    ['apiVersion: ambit/v1\nkind: Policy\nspec:\n  pack: x', false],
    ['packs: {}', false],
  ])('is detected by its key: %j', (text, expected) => {
    expect(createKeeptrustsDialect().detects({ name: 'f', text })).toBe(expected);
  });

  it.each([
    ['policies: {chain: [audit-logger]}', ['error missing_key 1:1']],
    ['pack: {name: x}', ['error missing_key 1:1']],
    ['pack: {name: x}\npolicies: {}', ['error missing_key 2:1']],
    ['pack: {version: 1}\npolicies: {chain: [audit-logger]}', ['error missing_key 1:1']],
    ['pack: {name: x, version: [1]}\npolicies: {chain: [audit-logger]}', ['error wrong_type 1:26']],
    [
      'pack: {name: x, enabled: "no"}\npolicies: {chain: [audit-logger]}',
      ['error wrong_type 1:26'],
    ],
    ['pack: {name: x, nmae: y}\npolicies: {chain: [audit-logger]}', ['error unknown_key 1:17']],
    ['pack: {name: x}\npolicies: {chain: []}', ['error empty_list 2:19']],
    [
      'pack: {name: x}\npolicies: {chain: [audit-logger]}\nprovidres: {}',
      ['error unknown_key 3:1'],
    ],
    [
      'pack: {name: x}\npolicies: {chain: [audit-logger]}\n---\npack: {name: y}',
      ['error contradiction 4:1'],
    ],
  ])('is read strictly: %j', (text, expected) => {
    const { document, findings } = parsePack(text);
    expect(shortFindings(findings)).toEqual(expected);
    expect(document).toBeUndefined();
  });

  it('takes a number for a version', () => {
    expect(parsePack(packText({ pack: '  name: sample\n  version: 1.0' })).findings).toEqual([]);
  });

  it('that is disabled has no policy, and lint says so', () => {
    const { document, findings } = parsePack(
      packText({ pack: '  name: sample\n  enabled: false' }),
    );
    expect(document?.policies).toEqual([]);
    expect(document?.targets).toHaveLength(1);
    expect(shortFindings(findings)).toEqual(['warning pack_disabled 3:3']);
  });
});

describe('routing', () => {
  const FALLBACK = 'fallback: {triggers: [timeout, rate_limit], max_fallback_attempts: 2}';
  const ADVICE = {
    strategy: 'ordered',
    triggers: ['timeout', 'rate_limit'],
    maxFallbackAttempts: 2,
  };

  it.each([
    ['in providers', { providers: `  routing: {strategy: ordered}\n  ${FALLBACK}` }],
    ['at the top level', { rest: `routing: {strategy: ordered}\n${FALLBACK}` }],
    ['with the fallback in it', { providers: `  routing: {strategy: ordered, ${FALLBACK}}` }],
    ['with the fallback in it, at the top', { rest: `routing: {strategy: ordered, ${FALLBACK}}` }],
  ])('is advice, %s', (_place, parts) => {
    expect(documentOf(packText(parts)).routing).toMatchObject(ADVICE);
  });

  it('keeps no attempts apart from unsaid', () => {
    const none = documentOf(packText({ rest: 'fallback: {max_fallback_attempts: 0}' })).routing;
    expect(none).toMatchObject({ triggers: [], maxFallbackAttempts: 0 });
    const unsaid = documentOf(packText({ rest: 'fallback: {triggers: [timeout]}' })).routing;
    expect(unsaid).not.toHaveProperty('maxFallbackAttempts');
  });

  it.each([
    [{ providers: '  routing: {strategy: a}', rest: 'routing: {strategy: a}' }, 'routing'],
    [{ providers: `  ${FALLBACK}`, rest: FALLBACK }, 'fallback'],
    [{ providers: `  routing: {${FALLBACK}}\n  ${FALLBACK}` }, 'fallback'],
  ])('in two places is an error that names both', (parts, word) => {
    const { document, findings } = parsePack(packText(parts));
    expect(document).toBeUndefined();
    expect(findings).toMatchObject([{ severity: 'error', code: 'contradiction' }]);
    expect(findings[0]?.message).toContain(word);
    expect(findings[0]?.related).toHaveLength(1);
  });

  it('refuses a negative or broken number of attempts', () => {
    expect(
      shortFindings(
        parsePack(packText({ rest: 'fallback: {max_fallback_attempts: -1}' })).findings,
      ),
    ).toEqual([expect.stringContaining('error negative_number')]);
    expect(
      shortFindings(
        parsePack(packText({ rest: 'fallback: {max_fallback_attempts: 1.5}' })).findings,
      ),
    ).toEqual([expect.stringContaining('error fractional_number')]);
  });
});
