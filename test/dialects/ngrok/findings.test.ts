import { lintSet } from '../../../src/core/lint/lint-set';
import { DEFAULT_SETTINGS } from '../../../src/core/model/policy-set';
import { documentOf, findingsOf, gatewayText, parseGateway } from './support';

const provider = (text: string): string => gatewayText(`providers: [{id: acme, ${text}}]`);
const model = (text: string): string => provider(`models: [{id: m, ${text}}]`);

describe('a mistake is found at its place', () => {
  it.each([
    ['no gateway', 'on_http_request: [{type: deny}]', ['error states_nothing 1:1']],
    ['no rules', 'on_http_request: []', ['error empty_list 1:18']],
    ['another file', 'on_tcp_connect: []', ['error missing_key 1:1']],
    [
      'a second document',
      `${gatewayText('providers: []')}\n---\na: b`,
      ['warning list_restricts_nothing 4:7', 'error contradiction 6:1'],
    ],
    ['no config', 'on_http_request: [{type: ai-gateway}]', ['error missing_key 1:19']],
    [
      'a slip in the type',
      'on_http_request: [{type: ai_gateway, config: {}}]',
      ['error unknown_value 1:26'],
    ],
    [
      'a gateway of another type',
      `${gatewayText('providers: [{id: a}]')}\n  - {type: gateway, config: {only_allow_configured_models: true}}`,
      ['error unknown_value 5:12'],
    ],
    ['an action without type', 'on_http_request: [{config: {}}]', ['error missing_key 1:19']],
    [
      'an unknown phase',
      `${gatewayText('providers: [{id: a}]')}\non_http_requests: []`,
      ['error unknown_key 5:1'],
    ],
    [
      'an unknown key',
      gatewayText('only_allow_configured_provider: true'),
      ['error unknown_key 4:7'],
    ],
    [
      'a flag in quotes',
      gatewayText('only_allow_configured_models: "true"'),
      ['error quoted_boolean 4:37'],
    ],
    ['a provider without id', gatewayText('providers: [{}]'), ['error missing_key 4:19']],
    ['a pattern', gatewayText('providers: [{id: "*"}]'), ['error invalid_text 4:24']],
    ['an unknown key of a provider', provider('model: []'), ['error unknown_key 4:30']],
    [
      'a provider twice',
      gatewayText('providers: [{id: acme}, {id: acme}]'),
      ['error duplicate_item 4:36'],
    ],
    [
      'an alias twice',
      gatewayText('providers: [{id: a}, {id: b, id_aliases: [a]}]'),
      ['error duplicate_item 4:49'],
    ],
    ['a built-in name', provider('id_aliases: [Open-AI]'), ['error contradiction 4:43']],
    ['no address', provider('base_url: acme'), ['error invalid_text 4:40']],
    [
      'an address with a user',
      provider('base_url: "https://a:b@acme.example"'),
      ['error invalid_text 4:40'],
    ],
    [
      'a built-in provider elsewhere',
      gatewayText('providers: [{id: openai, base_url: "https://proxy.example/v1"}]'),
      ['error contradiction 4:42'],
    ],
    ['a model twice', provider('models: [{id: m}, {id: m}]'), ['error duplicate_item 4:53']],
    ['a model pattern', provider('models: [{id: "gpt-*"}]'), ['error invalid_text 4:44']],
    ['an unknown key of a model', model('disable: true'), ['error unknown_key 4:47']],
    ['a limit that is none', model('max_output_tokens: -1'), ['error negative_number 4:66']],
    [
      'a body that changes what is decided',
      gatewayText('body: {Model: gpt-4o}'),
      ['error contradiction 4:7'],
    ],
    ['a duration that is none', gatewayText('total_timeout: soon'), ['error invalid_text 4:22']],
    ['an unknown word', gatewayText('on_error: pass'), ['error unknown_value 4:17']],
    [
      'a step that is not understood',
      gatewayText('model_selection: {strategy: ["ai.models.filter(m, m.known)"]}'),
      ['error invalid_expression 4:36'],
    ],
    [
      'an unknown key of the selection',
      gatewayText('model_selection: {strategies: []}'),
      ['error unknown_key 4:25'],
    ],
  ])('%s', (_what, text, expected) => {
    expect(findingsOf(text)).toEqual(expected);
    expect(parseGateway(text).document).toBeUndefined();
  });
});

describe('what is worth knowing is told', () => {
  it.each([
    [
      'an empty list',
      gatewayText('providers: []'),
      ['list_restricts_nothing', 'policy_requires_nothing'],
    ],
    [
      'a gateway without rules',
      gatewayText('providers: [{id: acme}]'),
      ['policy_requires_nothing'],
    ],
    [
      'no step',
      gatewayText('model_selection: {strategy: []}'),
      ['list_restricts_nothing', 'policy_requires_nothing'],
    ],
    [
      'a key in the file',
      provider('disabled: true, api_keys: [{value: "sk-1234"}]'),
      ['secret_value'],
    ],
    [
      'a key that is named',
      provider('disabled: true, api_keys: [{value: "${secrets.get(1)}"}]'),
      [],
    ],
    [
      'a later step',
      gatewayText('model_selection: {strategy: ["ai.models.onlyProviders([\'a\'])", ai.models]}'),
      ['step_not_taken'],
    ],
    [
      'steps that take all',
      gatewayText('model_selection: {strategy: [ai.models.randomize(), ai.models]}'),
      ['policy_requires_nothing'],
    ],
  ])('%s', (_what, text, codes) => {
    const { document, findings } = parseGateway(text);
    expect(document).toBeDefined();
    expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(codes));
    expect(findings).toHaveLength(codes.length);
  });

  it.each([
    ['compliance: soc2', 'demand `soc2` under `requirements`'],
    ['zdr: true', 'demand `require_zero_data_retention` under `requirements`'],
    ['data_residency: eu', 'demand `processing_regions` under `requirements`'],
    ['approved: {by: me}', 'requirements: {labels: {approved: ""}}'],
    ['approved_for_production: true', 'requirements: {labels: {approved_for_production: "true"}}'],
  ])('the label `%s` of a model looks like a rule', (label, help) => {
    const { findings } = parseGateway(model(`metadata: {${label}}`));
    const found = findings.find(({ code }) => code === 'label_is_no_rule');
    expect(found?.severity).toBe('warning');
    expect(found?.help).toContain(help);
  });

  it.each([
    ['compliance: soc2', ['label_decides_nothing']],
    ['approved: true', ['label_is_no_rule']],
    ['"zdr!": true', []],
    ['soc2: {type: 2}', ['label_is_no_rule']],
    ['team: ml', []],
  ])('the label `%s` of a provider is told once', (label, codes) => {
    const document = documentOf(provider(`metadata: {${label}}`));
    const set = { settings: DEFAULT_SETTINGS, documents: [{ document }] };
    const all = [...parseGateway(provider(`metadata: {${label}}`)).findings, ...lintSet(set, 0)];
    expect(all.map(({ code }) => code).filter((code) => code.startsWith('label_'))).toEqual(codes);
  });

  it.each(['team: ml', 'tier: primary', 'cost_center: engineering'])(
    'the label `%s` does not look like a rule',
    (label) => {
      const { findings } = parseGateway(model(`metadata: {${label}}`));
      expect(findings.map(({ code }) => code)).not.toContain('label_is_no_rule');
    },
  );
});

describe('a secret', () => {
  it.each([
    'providers: [{id: acme, api_keys: canary}]',
    'providers: [{id: acme, api_keys: [canary]}]',
    'api_key_selection: {strategy: canary}',
  ])('is not repeated where it stands in the wrong form: %s', (line) => {
    const { document, findings } = parseGateway(gatewayText(line));
    expect(document).toBeUndefined();
    expect(JSON.stringify(findings)).not.toContain('canary');
  });

  it('is nowhere in what is returned', () => {
    const secret = 'sk-canary-0123456789';
    const inGateway = gatewayText(
      `headers: {authorization: "Bearer ${secret}"}`,
      `query_params: {key: ${secret}}`,
      `providers: [{id: acme, disabled: true, api_keys: [{value: ${secret}}]}]`,
    );
    const inKey = `{"name": "n", "access": {}, "router": {"rules": [{"steps": [{"type": "user", "keys": [{"name": "k", "value": "${secret}"}]}]}]}}`;
    for (const text of [inGateway, inKey]) {
      const result = parseGateway(text);
      expect(result.document).toBeDefined();
      expect(result.findings.map(({ code }) => code)).toContain('secret_value');
      expect(JSON.stringify([result.document, result.findings])).not.toContain(secret);
    }
  });
});
