import { leftBy } from '../support/beside-catalog';
import { nativeCatalog } from '../support/documents';
import { accountText, decideBoth, guardrailText, policiesOf, policyOf, rulesOf } from './support';

const ZDR = 'require_zero_data_retention';

describe('zero data retention', () => {
  it.each([
    [accountText('zdr: true'), [['openrouter/account', [ZDR]]]],
    [accountText('enforce_zdr: true'), [['openrouter/account', [ZDR]]]],
    [accountText('zdr: false'), [['openrouter/account', []]]],
    [guardrailText('enforce_zdr: true'), [['openrouter/guardrail/one', [ZDR]]]],
    [
      guardrailText('enforce_zdr: true', 'enforce_zdr_openai: true'),
      [['openrouter/guardrail/one', [ZDR]]],
    ],
    [guardrailText('enforce_zdr_openai: true'), [['openrouter/guardrail/one/zdr-openai', [ZDR]]]],
    [
      guardrailText(
        'enforce_zdr_google: true',
        'enforce_zdr_other: true',
        'enforce_zdr_xai: false',
      ),
      [
        ['openrouter/guardrail/one/zdr-google', [ZDR]],
        ['openrouter/guardrail/one/zdr-other', [ZDR]],
      ],
    ],
    [
      guardrailText(
        ...['anthropic', 'openai', 'google', 'xai', 'other'].map(
          (group) => `enforce_zdr_${group}: true`,
        ),
      ),
      [['openrouter/guardrail/one', [ZDR]]],
    ],
    [
      guardrailText('allowed_providers: [openai]', 'enforce_zdr_xai: true'),
      [
        ['openrouter/guardrail/one', []],
        ['openrouter/guardrail/one/zdr-xai', [ZDR]],
      ],
    ],
  ])('is required as %s says', (text, expected) => {
    expect(rulesOf(text)).toEqual(expected);
  });

  it('of a group is a policy without lists for the authors of the group', () => {
    const [policy] = policiesOf(guardrailText('enforce_zdr_xai: true'));
    expect(policy).toMatchObject({ lists: [], authors: { only: ['x-ai', 'xai'] } });
  });

  it.each([
    [['enforce_zdr_other: true'], ['anthropic', 'openai', 'google']],
    [
      ['enforce_zdr_other: true', 'enforce_zdr_xai: false'],
      ['anthropic', 'openai', 'google', 'x-ai', 'xai'],
    ],
    [
      ['enforce_zdr_other: true', 'enforce_zdr_xai: null'],
      ['anthropic', 'openai', 'google'],
    ],
  ])('of all others spares xAI only where %j names it', (lines, except) => {
    expect(policyOf(guardrailText(...lines)).authors).toEqual({ except });
  });

  const CATALOG = nativeCatalog(
    ['anthropic', 'openai', 'x-ai', 'mistralai'].map((author) => ({
      id: author,
      targets: [
        {
          id: `${author}-zdr`,
          model: `${author}/zdr`,
          serves: ['m'],
          claims: { zero_data_retention: true },
        },
        {
          id: `${author}-keeps`,
          model: `${author}/keeps`,
          serves: ['m'],
          claims: { zero_data_retention: false },
        },
        { id: `${author}-silent`, model: `${author}/silent`, serves: ['m'] },
        { id: `${author}-bare`, model: 'm' },
      ],
    })),
  );

  it.each([
    ['anthropic', ['openai-keeps', 'x-ai-keeps', 'mistralai-keeps']],
    ['xai', ['anthropic-keeps', 'openai-keeps', 'mistralai-keeps']],
    ['other', ['anthropic-keeps', 'openai-keeps']],
  ])('of the group %s leaves the others alone, and judges what names no author', (group, kept) => {
    const settings = guardrailText(`enforce_zdr_${group}: true`);
    const left = leftBy(decideBoth({ catalog: CATALOG, settings }, { model: 'm' }));
    expect(left.filter((ref) => ref.endsWith('-keeps'))).toEqual(kept);
    expect(left.filter((ref) => ref.endsWith('-zdr'))).toHaveLength(4);
    expect(left.filter((ref) => ref.endsWith('-bare'))).toEqual([]);
  });

  it('is in force for a group if any guardrail demands it', () => {
    const settings = [
      guardrailText('enforce_zdr_openai: true'),
      '    - { name: two, enforce_zdr_openai: false }',
    ].join('\n');
    const left = leftBy(decideBoth({ catalog: CATALOG, settings }, { model: 'm' }));
    expect(left).not.toContain('openai-keeps');
    expect(left).toContain('anthropic-keeps');
  });
});

describe('what else is required', () => {
  it.each([
    ['data_collection: deny', ['deny_user_data_collection']],
    ['data_collection: allow', []],
    ['enable_paid_model_training: false', ['require_no_training']],
    ['enable_free_model_training: false', ['require_no_training']],
    ['enable_free_model_publication: false', ['deny_user_data_collection']],
    ['enable_paid_model_training: true', []],
  ])('of the account by %s', (line, rules) => {
    expect(rulesOf(accountText(line))).toEqual([['openrouter/account', rules]]);
  });

  it('is required once, whoever says it', () => {
    const text = guardrailText(
      'enable_paid_model_training: false',
      'enable_free_model_training: false',
    );
    expect(rulesOf(text)).toEqual([['openrouter/guardrail/one', ['require_no_training']]]);
  });

  it.each([
    ['[europe]', [['eu']]],
    ['[us]', [['US']]],
    ['[europe, us]', [['eu', 'US']]],
    ['[europe, global]', []],
    ['null', []],
  ])('of a guardrail by the data regions %s', (regions, expected) => {
    const { requirements } = policyOf(guardrailText(`allowed_data_regions: ${regions}`));
    expect(requirements.map(({ rule }) => ('regions' in rule ? rule.regions : []))).toEqual(
      expected,
    );
  });
});

describe('names', () => {
  it('tell the policies of several accounts apart', () => {
    const text =
      'openrouter: {name: acme, account: {zdr: true}, guardrails: [{name: a b, enforce_zdr: true}]}';
    expect(policiesOf(text).map(({ id }) => id)).toEqual([
      'openrouter/acme/account',
      'openrouter/acme/guardrail/a b',
    ]);
  });
});
