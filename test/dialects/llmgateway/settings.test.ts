import { createLlmgatewayDialect } from '../../../src/dialects/llmgateway';
import { findingsOf, parseSettings, partText, policyOf, policyText } from './support';

describe('the settings of an organisation', () => {
  it('are a policy that blocks in the words of LLMGateway', () => {
    const text = policyText('requireSoc2: true').replace('  policy', '  name: acme\n  policy');
    const { document, findings } = parseSettings(text);
    expect(findings).toEqual([]);
    expect(document).toMatchObject({
      file: 'llmgateway.yaml',
      dialect: 'llmgateway',
      providers: [],
      endpoints: [],
      credentials: [],
      targets: [],
      policies: [
        {
          id: 'llmgateway/acme/policy',
          mode: 'enforce',
          lists: [],
          block: { status: 403, wording: 'llmgateway' },
          logSelection: false,
          position: { file: 'llmgateway.yaml', line: 3, column: 3 },
        },
      ],
    });
    expect(document?.policies[0]?.scope.size).toBe(0);
  });

  it('have a name of their own where the file gives none', () => {
    expect(policyOf(policyText('requireSoc2: true')).id).toBe('llmgateway/policy');
    const text = partText('restriction', 'mode: allow', 'providers: [openai]');
    expect(policyOf(text).id).toBe('llmgateway/restriction');
  });

  it('hold the policy and the restriction as two policies', () => {
    const text = `${policyText('requireSoc2: true')}\n  restriction: {mode: deny, providers: [xai]}`;
    expect(parseSettings(text).document?.policies.map(({ id, block }) => [id, block])).toEqual([
      ['llmgateway/policy', { status: 403, wording: 'llmgateway' }],
      ['llmgateway/restriction', { status: 403 }],
    ]);
  });

  it.each([
    ['llmgateway:\n  policy: {enabled: true}', true],
    ['# comment\n\n"llmgateway": {policy: {enabled: true}}', true],
    ["'llmgateway' : {policy: {enabled: true}}", true],
    ['{"llmgateway": {"policy": {"enabled": true}}}', true],
    ['\n{\n  "llmgateway": {}}', true],
    ['{ llmgateway: {}}', true],
    ['pack:\n  llmgateway: x', false],
    ['vercel: {team: {name: llmgateway}}', false],
    ['llmgateways: {}', false],
    ['policy: {enabled: true}', false],
  ])('are detected by their key: %j', (text, expected) => {
    expect(createLlmgatewayDialect().detects({ name: 'f', text })).toBe(expected);
  });

  it('are read from JSON, too', () => {
    const text = '{"llmgateway": {"policy": {"enabled": true, "requireGdpr": true}}}';
    const { document, findings } = parseSettings(text);
    expect(findings).toEqual([]);
    expect(document?.policies).toHaveLength(1);
  });

  it.each([
    ['', ['error empty_file 1:1']],
    ['llmgateway: true', ['error wrong_type 1:13']],
    ['llmgateway: {}', ['error missing_key 1:1']],
    ['llmgateway: {name: acme}', ['error missing_key 1:1']],
    ['llmgateway:\n  policy:', ['error null_value 2:3']],
    ['llmgateway:\n  policy: {}', ['error missing_key 2:3']],
    ['llmgateway:\n  policy: [enabled]', ['error wrong_type 2:11']],
    [policyText('requireSoc2: true', 'plan: enterprise'), ['error unknown_key 5:5']],
    [policyText('requireSoc2: true', 'licence: x'), ['error unknown_key 5:5']],
    [`${policyText('requireGdpr: true')}\n  plan: pro`, ['error unknown_key 5:3']],
    [`${policyText('requireGdpr: true')}\npolicy: {}`, ['error unknown_key 5:1']],
    [policyText('requireSoc: true'), ['error unknown_key 4:5']],
    [policyText('requireSoc2: "true"'), ['error quoted_boolean 4:18']],
    [policyText('requireSoc2: yes'), ['error yaml_1_1_boolean 4:18']],
    [policyText('requireSoc2: null'), ['error null_value 4:5']],
    [partText('policy', 'requireSoc2: true'), ['error missing_key 2:3']],
    [partText('policy', 'enabled: on'), ['error yaml_1_1_boolean 3:14']],
    [
      'llmgateway:\n  name: 7\n  policy: {enabled: true, requireGdpr: true}',
      ['error wrong_type 2:9'],
    ],
    [
      `llmgateway:\n  name: ${'x'.repeat(101)}\n  policy: {enabled: true, requireGdpr: true}`,
      ['error invalid_text 2:9'],
    ],
    [
      'llmgateway: {policy: {enabled: true, requireGdpr: true}}\n---\nllmgateway: {}',
      ['error contradiction 3:1'],
    ],
  ])('are read strictly: %j', (text, expected) => {
    expect(findingsOf(text)).toEqual(expected);
    expect(parseSettings(text).document).toBeUndefined();
  });

  it('say the key that was meant', () => {
    const { findings } = parseSettings(policyText('blockApiTrainings: true'));
    expect(findings[0]?.suggestion?.replacement).toBe('blockApiTraining');
  });
});
