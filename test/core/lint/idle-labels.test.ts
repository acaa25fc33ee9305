import { idleLabels } from '../../../src/core/lint/idle-labels';
import { doc, file, markedIn, policy, viewOf } from './support-native';

function labelled(labels: string): string {
  return doc('Catalog', 'c', `{ providers: [{ id: p, claims: { labels: { ${labels} } } }] }`);
}

function advice(labels: string): readonly (string | undefined)[] {
  const text = file(policy('p', '{ requirements: { gdpr: true } }'), labelled(labels));
  return idleLabels(viewOf(text)).map(({ help }) => / and demand `(\w+)`/.exec(help ?? '')?.[1]);
}

describe('labels that look like rules', () => {
  it.each([
    ['compliance: soc2', 'soc2'],
    ['compliance: "SOC 2 Type 2"', 'soc2_type2'],
    ['compliance: HIPAA', 'certifications'],
    ['compliance: internal', 'certifications'],
    ['zdr: "true"', 'require_zero_data_retention'],
    ['zero-data-retention: "yes"', 'require_zero_data_retention'],
    ['no_training: "true"', 'require_no_training'],
    ['policy: no_training', 'require_no_training'],
    ['hipaa: "true"', 'certifications'],
    ['region: eu', 'processing_regions'],
    ['data-residency: eu', 'processing_regions'],
    ['gdpr_compliant: "true"', 'gdpr'],
    ['privacy: "gdpr, soc2"', 'gdpr'],
    ['retention: 30d', 'max_retention_days'],
    ['logging: none', 'no_prompt_logging'],
  ])('%s should be %s', (label, requirement) => {
    expect(advice(label)).toEqual([requirement]);
  });

  it.each(['tier: gold', 'owner: platform', 'note: asked in May', 'city: berlin', 'toString: x'])(
    'is not %s',
    (label) => {
      expect(advice(label)).toEqual([]);
    },
  );

  it.each([
    'requirements: { labels: { zdr: "true" } }',
    'requirements: { expression: \'claims["label:zdr"] == "true"\' }',
    'mode: shadow, requirements: { labels: { zdr: "false" } }',
  ])('is none that a policy reads: %s', (rules) => {
    const text = file(policy('p', `{ ${rules} }`), labelled('zdr: "true"'));
    expect(idleLabels(viewOf(text))).toEqual([]);
  });

  it('is reported once, at the first place', () => {
    const claims = 'claims: { labels: { "zdr": "true" } }';
    const text = doc('Catalog', 'c', `{ providers: [{ id: p, ${claims} }, { id: q, ${claims} }] }`);
    const [finding, ...others] = idleLabels(viewOf(text));
    if (finding === undefined) throw new Error('nothing was found');
    expect(others).toEqual([]);
    expect(markedIn(text, finding)).toBe('"zdr"');
    expect(finding).toMatchObject({
      severity: 'warning',
      code: 'label_decides_nothing',
      message: 'label `zdr: true` of provider `p` and 1 more decides nothing: no policy reads it',
      help: 'claim `zero_data_retention` under `claims` and demand `require_zero_data_retention` under `requirements`, or demand the label under `requirements.labels`',
    });
  });
});
