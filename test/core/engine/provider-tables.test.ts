import type { TargetList } from '../../../src/core/model/policy';
import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import { indexDialectNames } from '../../../src/core/engine/provider-tables';
import type { PolicySet, ProviderTable } from '../../../src/core/model/policy-set';
import type { DecisionRequest } from '../../../src/core/model/request';
import { NOW_MS, somewhere } from '../../generators/alphabet';
import { document, policy, requestFor, setOf, target } from '../../laws/support/small-world';
import { without } from '../../support/without';

const TABLES = new Map<string, ProviderTable>([
  [
    'vercel',
    new Map([
      ['bedrock', 'amazon-bedrock'],
      ['shared', 'amazon-bedrock'],
      ['vertex', 'google-vertex'],
    ]),
  ],
  [
    'llmgateway',
    new Map([
      ['aws-bedrock', 'amazon-bedrock'],
      ['shared', 'google-vertex'],
    ]),
  ],
]);

function list(effect: TargetList['effect'], ...names: readonly string[]): TargetList {
  const entries = names.map((provider) => ({
    pattern: { provider },
    text: provider,
    future: false,
    position: somewhere(),
  }));
  return { subject: 'provider', effect, entries, position: somewhere() };
}

/** One target at each of the providers, under a policy of the dialect with the list. */
function world(dialect: string, of: TargetList, ids: readonly string[]): PolicySet {
  const providers = ids.map((id) => ({
    id,
    aliases: [],
    models: 'listed' as const,
    claims: [],
    position: somewhere(),
  }));
  const targets = ids.map((id) => target(`at-${id}`, { provider: id }));
  return {
    ...setOf(
      document({ providers, targets }),
      document({ dialect, providers: [], policies: [policy('p', [], { lists: [of] })] }),
    ),
    providerTables: TABLES,
  };
}

function eligible(set: PolicySet, request: Partial<DecisionRequest['context']> = {}) {
  const derived = without(requestFor([], request), 'candidates');
  const { eligible: left } = decide(compileBundle(set, 'x'), derived, NOW_MS);
  return left.map(({ target: id }) => id);
}

const BOTH = ['amazon-bedrock', 'google-vertex'];

describe("dialects' names for providers", () => {
  test('an allow entry means what its own dialect calls so', () => {
    expect(eligible(world('vercel', list('allow', 'bedrock'), BOTH))).toEqual([
      'at-amazon-bedrock',
    ]);
    expect(eligible(world('vercel', list('allow', 'shared'), BOTH))).toEqual(['at-amazon-bedrock']);
    expect(eligible(world('llmgateway', list('allow', 'shared'), BOTH))).toEqual([
      'at-google-vertex',
    ]);
  });

  test('no dialect but its own lends an allow entry a name', () => {
    expect(eligible(world('llmgateway', list('allow', 'bedrock'), BOTH))).toEqual([]);
    expect(eligible(world('native', list('allow', 'bedrock'), BOTH))).toEqual([]);
  });

  test('a provider that a file declares under the name wins over the table', () => {
    const ids = ['bedrock', 'amazon-bedrock'];
    expect(eligible(world('vercel', list('allow', 'bedrock'), ids))).toEqual(['at-bedrock']);
  });

  test('a deny entry holds for all that any dialect may mean, in any case', () => {
    const ids = [...BOTH, 'bedrock', 'aws-bedrock'];
    expect(eligible(world('vercel', list('deny', 'BEDROCK'), ids))).toEqual(['at-google-vertex']);
    expect(eligible(world('native', list('deny', 'amazon-bedrock'), ids))).toEqual([
      'at-google-vertex',
    ]);
    expect(eligible(world('native', list('deny', 'shared'), BOTH))).toEqual([]);
  });

  test('a deny entry holds for a provider that is declared in another spelling', () => {
    const ids = ['Amazon-Bedrock', 'AWS-bedrock', 'google-vertex'];
    expect(eligible(world('vercel', list('deny', 'bedrock'), ids))).toEqual(['at-google-vertex']);
    expect(eligible(world('vercel', list('allow', 'bedrock'), ids))).toEqual([]);
  });

  test('a request means a provider by a name only where all dialects that know it agree', () => {
    const open = world('native', list('allow', ...BOTH), BOTH);
    const asked = (only: string) => eligible(open, { preferences: { only: [only] } });
    expect(asked('vertex')).toEqual(['at-google-vertex']);
    expect(asked('shared')).toEqual([]);
    const ignored = (name: string) => eligible(open, { preferences: { ignore: [name] } });
    expect(ignored('shared')).toEqual([]);
    expect(ignored('Vertex')).toEqual(['at-amazon-bedrock']);
  });

  test('a name of a dialect pins, whether or not a file declares the provider', () => {
    const set = world('native', list('allow', ...BOTH), BOTH);
    expect(eligible(set, { model: 'vertex/m' })).toEqual(['at-google-vertex']);
    const bedrockOnly = world('native', list('allow', ...BOTH), ['amazon-bedrock']);
    expect(eligible(bedrockOnly, { model: 'vertex/m' })).toEqual([]);
    expect(eligible(bedrockOnly, { model: 'vertex/m', modelIdStyle: 'author' })).toEqual([]);
    expect(eligible(bedrockOnly, { model: 'm' })).toEqual(['at-amazon-bedrock']);
  });
});

test('where no dialect has a table, none has a name for anything', () => {
  const { known, byDialect, agreed, alike } = indexDialectNames(
    setOf(document({})),
    new Map([['acme', 'acme']]),
  );
  expect([known.size, byDialect.size, agreed.size]).toEqual([0, 0, 0]);
  expect([...alike]).toEqual([['acme', ['acme']]]);
});
