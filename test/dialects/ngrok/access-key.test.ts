import { createNgrokDialect } from '../../../src/dialects/ngrok';
import { documentOf, findingsOf, parseGateway, shortList } from './support';

const access = (text: string) => `{"name": "key", "access": ${text}}`;
const lists = (text: string) => documentOf(access(text)).policies[0]?.lists.map(shortList);

describe('the configuration of an access key', () => {
  it.each([
    ['{"providers": {"allow": ["openai", "acme"]}}', ['provider allow: openai acme']],
    ['{"providers": {"allow": []}}', ['provider allow:']],
    ['{"models": {"allow": []}}', ['model allow:']],
    [
      '{"models": {"allow": ["openai/gpt-4o"]}}',
      ['model allow: openai:gpt-4o openai:openai/gpt-4o'],
    ],
    ['{"models": {"allow": ["openai:gpt-4o"]}}', ['model allow: openai:gpt-4o']],
    [
      '{"models": {"allow": ["openai:openai/gpt-4o"]}}',
      ['model allow: openai:gpt-4o openai:openai/gpt-4o'],
    ],
    ['{"models": {"allow": ["openrouter:meta/llama"]}}', ['model allow: openrouter:meta/llama']],
    [
      '{"models": {"allow": ["openrouter/meta/llama:free"]}}',
      ['model allow: openrouter:meta/llama:free openrouter:openrouter/meta/llama:free'],
    ],
    ['{"providers": {}, "models": {}}', []],
    ['{}', []],
  ])('%s', (text, expected) => {
    expect(lists(text)).toEqual(expected);
  });

  it('that says nothing of access restricts nothing, which is told', () => {
    const { document, findings } = parseGateway('{"name": "open", "router": {"rules": []}}');
    expect(document?.policies[0]).toMatchObject({ id: 'ngrok/open', lists: [], requirements: [] });
    expect(findings.map(({ code }) => code)).toEqual(['policy_requires_nothing']);
  });

  it('tells what restricts nothing', () => {
    const { findings } = parseGateway(access('{"providers": {}, "models": {"allow": ["a/b"]}}'));
    expect(findings.map(({ code }) => code)).toEqual(['list_restricts_nothing']);
  });

  it('tells an empty list', () => {
    expect(findingsOf(access('{"providers": {"allow": []}}'))).toEqual([
      'warning list_allows_nothing 1:42',
    ]);
  });

  it('is read as the API answers with it', () => {
    const text = JSON.stringify({
      id: 'aigac_1',
      uri: 'https://api.ngrok.ai/access-key-configurations/aigac_1',
      name: 'prod',
      createdAt: '2026-01-01T00:00:00Z',
      updatedAt: '2026-01-01T00:00:00Z',
      createdBy: { id: 'u', uri: 'x' },
      lastUpdatedBy: { id: 'u', uri: 'x' },
      description: 'd',
      metadata: 'm',
      access: { providers: { allow: ['openai'] } },
      router: {
        rules: [
          { provider: 'openai', model: 'openai:openai/gpt-4o', steps: [{ type: 'ngrok' }] },
          {
            steps: [
              {
                type: 'user',
                keySelectionStrategy: 'ordered',
                keys: [{ id: 'k', name: 'n', keyRedacted: '...' }],
              },
            ],
          },
        ],
      },
    });
    expect(parseGateway(text)).toMatchObject({ findings: [] });
  });

  it.each([
    ['{"providers": {"allow": ["open*"]}}', 'invalid_text'],
    ['{"providers": {"allow": ["openai/gpt-4o"]}}', 'invalid_text'],
    ['{"models": {"allow": ["gpt-4o"]}}', 'invalid_text'],
    ['{"models": {"allow": ["openai/*"]}}', 'invalid_text'],
    ['{"models": {"allow": ["openai/"]}}', 'invalid_text'],
    ['{"models": {"deny": []}}', 'unknown_key'],
    ['{"provider": {"allow": []}}', 'unknown_key'],
    ['{"providers": {"allow": ["a", "a"]}}', 'duplicate_item'],
    ['{"providers": ["a"]}', 'wrong_type'],
    ['[]', 'wrong_type'],
    ['null', 'null_value'],
  ])('%s is refused', (text, code) => {
    const { document, findings } = parseGateway(access(text));
    expect(document).toBeUndefined();
    expect(findings.map((each) => each.code)).toEqual([code]);
  });

  it.each([
    ['{"steps": []}', 'empty_list'],
    ['{}', 'missing_key'],
    ['{"steps": [{"type": "byok"}]}', 'unknown_value'],
    ['{"steps": [{"type": "user", "keySelectionStrategy": "random"}]}', 'unknown_value'],
    ['{"steps": [{"type": "user"}], "providers": "x"}', 'unknown_key'],
  ])('with the routing rule %s is refused', (rule, code) => {
    const text = `{"name": "n", "access": {}, "router": {"rules": [${rule}]}}`;
    const { document, findings } = parseGateway(text);
    expect(document).toBeUndefined();
    expect(findings.map((each) => each.code)).toContain(code);
  });
});

describe('a file of ngrok', () => {
  const detects = (text: string) => createNgrokDialect().detects({ name: 'x', text });

  it.each([
    'on_http_request:\n  - type: ai-gateway',
    '# comment\n"on_http_request": []',
    '{on_http_request: []}',
    '{\n  "on_http_request": []\n}',
    'access: {}',
    'name: x\naccess:\n  providers: {allow: []}',
    '{"name": "x", "router": {}, "access": {}}',
  ])('is known by its keys: %j', (text) => {
    expect(detects(text)).toBe(true);
  });

  it.each([
    '',
    'providers: []',
    'apiVersion: ambit/v1\nspec:\n  access: {}',
    '{"spec": {"access": {}}}',
    '{',
    'vercel: {}',
    '[{"access": 1}]',
  ])('is not: %j', (text) => {
    expect(detects(text)).toBe(false);
  });
});
