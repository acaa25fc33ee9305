import { impliesRule } from '../../../src/core/lint/implied-rule';
import { repeatedRules } from '../../../src/core/lint/repeated-rules';
import { shadowedPolicies } from '../../../src/core/lint/shadowed-policies';
import { bind, CATALOG, doc, file, markedIn, policy, viewOf } from './support-native';
import { viewForLint } from '../../../src/core/lint/lint-view';
import { NOW_MS } from './support';

const GDPR = 'gdpr: true';

function required(name: string, requirements: string, more = ''): string {
  return policy(name, `{ ${more} requirements: { ${requirements} } }`);
}

function find(...policies: readonly string[]): readonly string[] {
  const view = viewOf(file(...policies, CATALOG));
  return [...shadowedPolicies(view), ...repeatedRules(view)].map(
    ({ code, message }) => `${code}: ${message}`,
  );
}

describe('requirements that change nothing', () => {
  it('are weaker than what a wider policy requires', () => {
    const found = find(
      required('wide', 'max_retention_days: 0'),
      required('narrow', `max_retention_days: 30, ${GDPR}`, 'scope: { team: x },'),
    );
    expect(found).toEqual([
      'weaker_requirement: `max_retention_days` of policy `narrow` changes nothing: policy `wide` requires `retention_days at most 0`',
    ]);
  });

  it('are demanded twice', () => {
    const found = find(
      required('wide', GDPR),
      required('narrow', `${GDPR}, soc2: true`, 'scope: { team: x },'),
    );
    expect(found).toEqual([
      'duplicate_requirement: `gdpr` of policy `narrow` changes nothing: policy `wide` requires the same',
    ]);
  });

  it('are reported once of two policies for the same requests', () => {
    expect(
      find(required('a', `${GDPR}, soc2: true`), required('b', `${GDPR}, iso27001: true`)),
    ).toEqual([
      'duplicate_requirement: `gdpr` of policy `b` changes nothing: policy `a` requires the same',
    ]);
  });

  it('may stand in one policy', () => {
    expect(find(required('p', 'soc2: true, soc2_type2: true'))).toEqual([
      'weaker_requirement: `soc2` of policy `p` changes nothing: policy `p` requires `soc2: type2`',
    ]);
  });

  it.each([
    ['a stricter one', required('n', `max_retention_days: 0, ${GDPR}`, 'scope: { team: x },')],
    [
      'one for others',
      required('n', 'max_retention_days: 0', 'scope: { team: x },'),
      'scope: { team: y },',
    ],
    ['one that only warns', required('n', `max_retention_days: 30, ${GDPR}`), 'mode: warn,'],
    ['one that only records', required('n', `max_retention_days: 30, ${GDPR}`), 'mode: shadow,'],
  ])('are none beside %s', (_case, narrow, more = '') => {
    expect(find(required('w', 'max_retention_days: 7', more), narrow)).toEqual([]);
  });

  it('are none where the two rely on other claims', () => {
    const wide = file(required('wide', GDPR), CATALOG);
    const narrow = required('narrow', `${GDPR}, soc2: true`);
    const set = bind({ text: wide }, { text: narrow, binding: new Map([['team', ['x']]]) });
    expect(repeatedRules(viewForLint(set, NOW_MS))).toEqual([]);
  });

  it('are marked, and point to what is stronger', () => {
    const text = file(
      required('wide', 'max_retention_days: 0'),
      required('narrow', `"max_retention_days": 30, ${GDPR}`, 'scope: { team: x },'),
      CATALOG,
    );
    const [finding] = repeatedRules(viewOf(text));
    if (finding === undefined) throw new Error('nothing was found');
    expect(markedIn(text, finding)).toBe('"max_retention_days"');
    expect(finding).toMatchObject({
      severity: 'warning',
      help: expect.stringContaining('never loosens') as string,
      related: [{ position: { line: 4 } }],
    });
  });
});

describe('policies that change nothing', () => {
  it.each([
    [
      'each requirement is required already',
      [
        required('wide', `max_retention_days: 0, ${GDPR}`),
        required('n', 'max_retention_days: 7', 'scope: { team: x },'),
      ],
    ],
    [
      'its list leaves out nothing that another one keeps',
      [
        policy('wide', '{ providers: { allow: [acme] } }'),
        policy('n', '{ scope: { team: x }, providers: { deny: [umbra] } }'),
      ],
    ],
    [
      'both',
      [
        policy('wide', '{ providers: { allow: [acme] }, requirements: { gdpr: true } }'),
        policy(
          'n',
          '{ scope: { team: x }, models: { allow: [a, b] }, requirements: { gdpr: true } }',
        ),
      ],
    ],
  ])('are found where %s', (_case, policies) => {
    expect(find(...policies)).toEqual([
      'shadowed_policy: policy `n` changes nothing: whatever it keeps out, `wide` keeps out already',
    ]);
  });

  it('are the later one of two that say the same', () => {
    expect(find(required('b', GDPR), required('a', GDPR))).toEqual([
      'shadowed_policy: policy `b` changes nothing: whatever it keeps out, `a` keeps out already',
    ]);
  });

  it.each([
    [
      'that state nothing',
      [required('w', GDPR), policy('n', '{ scope: { team: x }, unrestricted: true }')],
    ],
    [
      'whose ban is for what is to come',
      [
        policy('w', '{ providers: { allow: [acme] } }'),
        policy(
          'n',
          '{ scope: { team: x }, providers: { deny: [umbra, { provider: z, future: true }] } }',
        ),
      ],
    ],
    [
      'whose list keeps out more',
      [
        policy('w', '{ providers: { allow: [acme] } }'),
        policy('n', '{ scope: { team: x }, models: { allow: [a] } }'),
      ],
    ],
    [
      'whose message comes first',
      [
        policy('z', '{ requirements: { max_retention_days: 0 } }'),
        policy('n', '{ requirements: { max_retention_days: 7 }, on_no_eligible: { message: no } }'),
      ],
    ],
    ['that stand alone', [required('w', GDPR)]],
    ['whose list leaves all in', [policy('w', '{ providers: { allow: [acme, umbra] } }')]],
  ])('are not those %s', (_case, policies) => {
    expect(find(...policies).filter((each) => each.startsWith('shadowed'))).toEqual([]);
  });

  it('are marked at their name', () => {
    const text = file(
      required('wide', GDPR),
      required('narrow', GDPR, 'scope: { team: x },'),
      CATALOG,
    );
    const [finding] = shadowedPolicies(viewOf(text));
    if (finding === undefined) throw new Error('nothing was found');
    expect(markedIn(text, finding)).toBe('narrow');
    expect(finding).toMatchObject({
      severity: 'warning',
      help: 'remove it, or state what it is to add',
      related: [{ position: { line: 3 }, message: 'policy `wide` stands here' }],
    });
  });
});

describe('one rule implies another', () => {
  const ruleOf = (text: string) => {
    const [requirement] =
      viewOf(
        file(
          policy('p', `{ requirements: { ${text} } }`),
          doc('Catalog', 'c', '{ providers: [{ id: x }] }'),
        ),
      ).policies[0]?.policy.requirements ?? [];
    if (requirement === undefined) throw new Error(`no requirement in ${text}`);
    return requirement.rule;
  };

  it.each([
    ['max_retention_days: 0', 'max_retention_days: 7'],
    ['processing_regions: [DE]', 'processing_regions: [eu]'],
    ['storage_regions: [eu]', 'storage_regions: [eea, US]'],
    ['headquarters: { allow: [DE], deny: [US, CN] }', 'headquarters: { allow: [eu] }'],
    ['headquarters: { deny: [eu] }', 'headquarters: { deny: [DE] }'],
    ['quantizations: [fp16]', 'quantizations: [fp16, bf16]'],
    ['max_price: { prompt: 1, completion: 2 }', 'max_price: { prompt: 2 }'],
    ['labels: { a: x, b: y }', 'labels: { a: x }'],
    ['certifications: { all_of: [hipaa_baa, pci_dss] }', 'certifications: { all_of: [pci_dss] }'],
    ['certifications: { all_of: [pci_dss] }', 'certifications: { any_of: [pci_dss, fedramp] }'],
    ['certifications: { any_of: [a] }', 'certifications: { any_of: [a, b] }'],
    ['certifications: { all_of: [a], max_age_days: 30 }', 'certifications: { all_of: [a] }'],
    ['soc2_type2: true', 'soc2: true'],
    ['soc2_type2: true', 'soc2_or_iso27001: true'],
    ['iso27001: true', 'soc2_or_iso27001: true'],
  ])('%s implies %s, and not the other way round', (strong, weak) => {
    expect(impliesRule(ruleOf(strong), ruleOf(weak))).toBe(true);
    expect(impliesRule(ruleOf(weak), ruleOf(strong))).toBe(false);
    expect(impliesRule(ruleOf(strong), ruleOf(strong))).toBe(true);
  });

  it.each([
    ['gdpr: true', 'soc2: true'],
    ['max_retention_days: 0', 'require_zero_data_retention: true'],
    ['processing_regions: [DE]', 'storage_regions: [DE]'],
    ['labels: { a: x }', 'labels: { a: y }'],
    ['expression: claims.gdpr', 'expression: claims.iso27001'],
    ['processing_regions: [US]', 'processing_regions: [DE]'],
  ])('%s and %s imply nothing of each other', (left, right) => {
    expect(impliesRule(ruleOf(left), ruleOf(right))).toBe(false);
    expect(impliesRule(ruleOf(right), ruleOf(left))).toBe(false);
  });

  it('compares assurance with what it is asked of', () => {
    const assured = (level: string, others: string) => {
      const spec = `{ requirements: { ${others}, minimum_assurance: ${level} } }`;
      const view = viewOf(
        file(policy('p', spec), doc('Catalog', 'c', '{ providers: [{ id: x }] }')),
      );
      const rule = view.policies[0]?.policy.requirements.at(-1)?.rule;
      if (rule?.kind !== 'minimum_assurance') throw new Error('no assurance');
      return rule;
    };
    expect(impliesRule(assured('audited', 'gdpr: true'), assured('contract', 'gdpr: true'))).toBe(
      true,
    );
    expect(impliesRule(assured('contract', 'gdpr: true'), assured('audited', 'gdpr: true'))).toBe(
      false,
    );
    expect(impliesRule(assured('audited', 'gdpr: true'), assured('audited', 'soc2: true'))).toBe(
      false,
    );
  });
});
