import { createOpenrouterDialect } from '../../../src/dialects/openrouter';
import { accountText, findingsOf, guardrailText, parseSettings, policyOf } from './support';

/** A guardrail as OpenRouter's API shows one: what is not set is null. */
const AS_SHOWN = `
openrouter:
  guardrails:
    - {
        "allowed_models": null,
        "allowed_providers": ["openai", "anthropic", "google"],
        "content_filter_builtins": [{ "action": "redact", "label": "[EMAIL]", "slug": "email" }],
        "content_filters": null,
        "created_at": "2025-08-24T10:30:00Z",
        "description": "Guardrail for production environment",
        "enforce_zdr": null,
        "enforce_zdr_anthropic": true,
        "enforce_zdr_google": false,
        "enforce_zdr_openai": true,
        "enforce_zdr_other": false,
        "id": "550e8400-e29b-41d4-a716-446655440000",
        "ignored_models": null,
        "ignored_providers": null,
        "include_byok_in_budgets": false,
        "limit_usd": 100,
        "name": "Production Guardrail",
        "reset_interval": "monthly",
        "updated_at": "2025-08-24T15:45:00Z",
        "workspace_id": "0df9e665-d932-5740-b2c7-b52af166bc11"
      }
`;

describe('a guardrail as the API shows it', () => {
  it('is read, and what decides nothing here is said', () => {
    expect(findingsOf(AS_SHOWN)).toEqual([
      'warning no_meaning_for_eligibility 7:9',
      'warning no_meaning_for_eligibility 20:9',
      'warning no_meaning_for_eligibility 22:9',
    ]);
    expect(parseSettings(AS_SHOWN).document?.policies.map(({ id }) => id)).toEqual([
      'openrouter/guardrail/Production Guardrail',
      'openrouter/guardrail/Production Guardrail/zdr-anthropic',
      'openrouter/guardrail/Production Guardrail/zdr-openai',
    ]);
  });
});

describe('a mistake is reported where it stands', () => {
  it.each([
    ['openrouter: {}', ['error missing_key 1:1']],
    ['openrouter: {account: {}}', ['error empty_map 1:14']],
    ['openrouter: {guardrails: []}', ['error empty_list 1:26']],
    ['openrouter: {guardrails: [{enforce_zdr: true}]}', ['error missing_key 1:27']],
    ['openrouter: {accounts: {zdr: true}}', ['error missing_key 1:1', 'error unknown_key 1:14']],
    [
      'openrouter: {account: {zdr: true}}\n---\nopenrouter: {account: {zdr: true}}',
      ['error contradiction 3:1'],
    ],
    ['openrouter: {account: {zdr: true}}\nother: 1', ['error unknown_key 2:1']],
    ['openrouter: null', ['error null_value 1:1']],
    [accountText('zdrr: true'), ['error unknown_key 3:5']],
    [accountText('zdr: yes'), ['error yaml_1_1_boolean 3:10']],
    [accountText('zdr: "true"'), ['error quoted_boolean 3:10']],
    [accountText('zdr: true', 'zdr: false'), ['error duplicate_key 4:5']],
    [accountText('zdr:'), ['error null_value 3:5']],
    [accountText('zdr: ~'), ['error null_value 3:5']],
    [accountText('allowed_providers: null', 'zdr: true'), ['error null_value 3:5']],
    [guardrailText('enforce_zdr: ~'), ['error null_value 4:7']],
    [guardrailText('enforce_zdr:'), ['error null_value 4:7']],
    [accountText('data_collection: denied'), ['error unknown_value 3:22']],
    [accountText('allowed_providers: openai'), ['error wrong_type 3:24']],
    [accountText('allowed_providers: [open ai]'), ['error invalid_text 3:25']],
    [accountText("allowed_providers: ['*']"), ['error invalid_text 3:25']],
    [accountText('allowed_providers: [openai/]'), ['error invalid_text 3:25']],
    [accountText('allowed_providers: [together, togetherai]'), ['error duplicate_item 3:35']],
    [accountText('ignored_providers: [openai, OpenAI]'), ['error duplicate_item 3:33']],
    [accountText('allowed_models: [gpt-5]'), ['error invalid_text 3:22']],
    [accountText("allowed_models: ['*/x']"), ['error invalid_text 3:22']],
    [guardrailText("allowed_models: ['openai/*']"), ['error invalid_text 4:24']],
    [guardrailText('allowed_data_regions: [eu]'), ['error unknown_value 4:30']],
    [guardrailText('allowed_data_regions: []'), ['error empty_list 4:29']],
    [guardrailText('zdr: true'), ['error unknown_key 4:7']],
    [guardrailText('data_collection: deny'), ['error unknown_key 4:7']],
    [guardrailText('enforce_zdr: true', 'enforce_zdr_xai: false'), ['error contradiction 5:7']],
    [accountText('zdr: true', 'enforce_zdr_google: false'), ['error contradiction 4:5']],
    [guardrailText('enforce_zdr: true', '    - name: one'.trim()), ['error syntax_error 5:1']],
    [
      [guardrailText('enforce_zdr: true'), '    - { name: one, enforce_zdr: true }'].join('\n'),
      ['error duplicate_item 5:15'],
    ],
  ])('%j', (text, expected) => {
    expect(findingsOf(text)).toEqual(expected);
    expect(parseSettings(text).document).toBeUndefined();
  });

  it('with the nearest key', () => {
    const [finding] = parseSettings(accountText('allow_providers: [openai]')).findings;
    expect(finding?.help).toContain('did you mean `allowed_providers`');
  });
});

describe('a notice says what does nothing', () => {
  it.each([
    [accountText('zdr: false'), ['warning policy_requires_nothing 2:3']],
    [accountText('data_collection: allow'), ['warning policy_requires_nothing 2:3']],
    [accountText('allowed_providers: []', 'zdr: true'), ['warning list_restricts_nothing 3:5']],
    [accountText('ignored_models: []', 'zdr: true'), ['warning list_restricts_nothing 3:5']],
    [
      guardrailText('limit_usd: 5', 'enforce_zdr: true'),
      ['warning no_meaning_for_eligibility 4:7'],
    ],
    [guardrailText('limit_usd: null', 'enforce_zdr: true'), []],
    [
      guardrailText('allow_safety_retention_google: true', 'enforce_zdr: true'),
      ['warning no_meaning_for_eligibility 4:7'],
    ],
    [guardrailText('allow_safety_retention_google: false', 'enforce_zdr: true'), []],
    [guardrailText('id: x'), ['warning policy_requires_nothing 3:7']],
    [accountText('zdr: true'), []],
  ])('%j', (text, expected) => {
    expect(findingsOf(text)).toEqual(expected);
    expect(parseSettings(text).document).toBeDefined();
  });

  it('and an empty list is no list', () => {
    expect(policyOf(accountText('allowed_providers: []', 'zdr: true')).lists).toEqual([]);
  });
});

describe('a file is told by its one top-level key', () => {
  it.each([
    ['openrouter: {}', true],
    ['# settings\n"openrouter":\n  account: {zdr: true}', true],
    ['{"openrouter": {"account": {"zdr": true}}}', true],
    ['vercel: {team: {zdr: true}}', false],
    ['on_http_request:\n  - openrouter: 1', false],
    ['pack: {name: openrouter}', false],
  ])('%j', (text, expected) => {
    expect(createOpenrouterDialect().detects({ name: 'f', text })).toBe(expected);
  });

  it('and JSON is read as YAML is', () => {
    const { document } = parseSettings('{"openrouter": {"account": {"zdr": true}}}');
    expect(document?.policies).toHaveLength(1);
  });
});
