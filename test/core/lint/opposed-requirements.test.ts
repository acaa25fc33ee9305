import { emptyCombinations } from '../../../src/core/lint/empty-combinations';
import { opposedRequirements } from '../../../src/core/lint/opposed-requirements';
import { CATALOG, file, markedIn, policy, viewOf } from './support-native';

const EU = 'processing_regions: [eu]';
const US = 'processing_regions: [US]';

function required(name: string, requirements: string, more = ''): string {
  return policy(name, `{ ${more} requirements: { ${requirements} } }`);
}

function opposed(...policies: readonly string[]): readonly string[] {
  return opposedRequirements(viewOf(file(...policies, CATALOG))).map(({ message }) => message);
}

function combined(...policies: readonly string[]): readonly string[] {
  return emptyCombinations(viewOf(file(...policies, CATALOG))).map(({ message }) => message);
}

describe('requirements that nothing can meet together', () => {
  it.each([
    [EU, US],
    ['processing_regions: [DE]', 'processing_regions: [FR, US]'],
    ['headquarters: { allow: [US] }', 'headquarters: { deny: [US] }'],
    ['headquarters: { allow: [DE] }', 'headquarters: { deny: [eu] }'],
    ['quantizations: [fp16]', 'quantizations: [int4]'],
    ['labels: { tier: gold }', 'labels: { tier: tin, x: y }'],
  ])('are %s and %s', (left, right) => {
    const [message, ...others] = opposed(
      required('w', left),
      required('n', right, 'scope: { team: x },'),
    );
    expect(others).toEqual([]);
    expect(message).toMatch(/^nothing can meet `.*` of policy `n` and `.*` of policy `w`$/);
    expect(opposed(required('w', left), required('w2', right))).toHaveLength(1);
  });

  it.each([
    [EU, 'processing_regions: [DE, US]'],
    [EU, 'processing_regions: [eea]'],
    ['storage_regions: [eu]', 'storage_regions: [US]'],
    ['headquarters: { allow: [eu] }', 'headquarters: { deny: [US] }'],
    ['headquarters: { allow: [eu] }', US],
    ['quantizations: [fp16, int4]', 'quantizations: [int4]'],
    ['labels: { tier: gold }', 'labels: { x: y }'],
    ['max_retention_days: 0', 'max_retention_days: 30'],
  ])('are not %s and %s', (left, right) => {
    expect(opposed(required('w', left), required('n', right))).toEqual([]);
  });

  it('must hold for the same requests, and not only warn', () => {
    const [x, y] = ['scope: { team: x },', 'scope: { team: y },'];
    expect(opposed(required('a', EU, x), required('b', US, y))).toEqual([]);
    expect(opposed(required('a', EU), required('b', US, 'mode: warn,'))).toEqual([]);
    expect(opposed(required('a', EU, 'mode: warn,'), required('b', US))).toEqual([]);
    expect(opposed(required('a', EU, 'mode: shadow,'), required('b', US))).toEqual([]);
  });

  it('are marked, and point to each other', () => {
    const text = file(required('w', EU), required('n', US, 'scope: { team: x },'), CATALOG);
    const [finding] = opposedRequirements(viewOf(text));
    if (finding === undefined) throw new Error('nothing was found');
    expect(markedIn(text, finding)).toBe('processing_regions');
    expect(finding).toMatchObject({
      code: 'contradicting_requirements',
      severity: 'warning',
      position: { line: 9 },
      related: [{ position: { line: 4 } }],
      help: expect.stringContaining('change one of them') as string,
    });
  });
});

describe('policies that leave nothing together', () => {
  const ACME = policy('wide', '{ providers: { allow: [acme] } }');

  it.each([
    [
      'lists that have nothing in common',
      [ACME, policy('narrow', '{ scope: { team: x }, providers: { allow: [umbra] } }')],
      ['policy `narrow` leaves nothing of the catalog together with `wide`'],
    ],
    [
      'an allow list and a deny list',
      [
        policy('w', '{ models: { deny: [a, c] } }'),
        policy('n', '{ providers: { allow: [umbra] } }'),
      ],
      ['policy `w` leaves nothing of the catalog together with `n`'],
    ],
    [
      'a list and a requirement, of which the widest that leaves nothing is named',
      [
        policy('w', '{ providers: { allow: [umbra] } }'),
        required('n', 'max_retention_days: 0', 'scope: { team: x },'),
        policy('m', '{ scope: { team: x, key: k }, models: { allow: [a] } }'),
      ],
      ['policy `n` leaves nothing of the catalog together with `w`'],
    ],
    [
      'three that need each other',
      [
        policy('p', '{ models: { deny: [b] } }'),
        policy('q', '{ models: { deny: [c] } }'),
        policy('r', '{ scope: { team: x }, models: { deny: [a] } }'),
      ],
      ['policy `r` leaves nothing of the catalog together with `p`, `q`'],
    ],
  ])('are found: %s', (_case, policies, expected) => {
    expect(combined(...policies)).toEqual(expected);
  });

  it.each([
    ['one leaves nothing by itself', [ACME, required('n', 'gdpr: true')]],
    ['something is left', [ACME, policy('n', '{ models: { allow: [b] } }')]],
    [
      'they are for others',
      [
        policy('x', '{ scope: { team: x }, providers: { allow: [acme] } }'),
        policy('y', '{ scope: { team: y }, providers: { allow: [umbra] } }'),
      ],
    ],
    [
      'one only warns',
      [
        policy('w', '{ providers: { allow: [umbra] } }'),
        required('n', 'max_retention_days: 0', 'mode: warn,'),
      ],
    ],
    ['the requirements oppose each other, which is said', [required('w', EU), required('n', US)]],
  ])('are not found where %s', (_case, policies) => {
    expect(combined(...policies)).toEqual([]);
  });

  it('are none where a provider has more models than those that are listed', () => {
    const open = CATALOG.replace('- id: umbra', '- id: umbra\n      models: any');
    const policies = [
      policy('w', '{ models: { deny: [a, c] } }'),
      policy('n', '{ providers: { allow: [umbra] } }'),
    ];
    expect(emptyCombinations(viewOf(file(...policies, open)))).toEqual([]);
  });

  it('are none of a set without a catalog', () => {
    expect(emptyCombinations(viewOf(policy('p', '{ requirements: { gdpr: true } }')))).toEqual([]);
  });

  it('are marked at the name of the narrowest', () => {
    const text = file(
      ACME,
      policy('narrow', '{ scope: { team: x }, providers: { allow: [umbra] } }'),
      CATALOG,
    );
    const [finding] = emptyCombinations(viewOf(text));
    if (finding === undefined) throw new Error('nothing was found');
    expect(markedIn(text, finding)).toBe('narrow');
    expect(finding).toMatchObject({
      code: 'policies_leave_nothing',
      severity: 'warning',
      related: [{ message: 'policy `wide` stands here', position: { line: 3 } }],
    });
  });
});
