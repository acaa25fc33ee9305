import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import { selectsAuthors } from '../../../src/core/engine/model-authors';
import type { AuthorSelection } from '../../../src/core/model/policy';
import type { PolicySet } from '../../../src/core/model/policy-set';
import { NOW_MS } from '../../generators/alphabet';
import { claim, document, policy, requestFor, setOf, target } from '../../laws/support/small-world';

const ZDR = [{ kind: 'require_zero_data_retention' as const }];

const ONE: AuthorSelection = { only: ['anthropic'] };

function set(authors: AuthorSelection): PolicySet {
  const targets = [
    target('named', { model: 'anthropic/claude' }),
    target('served', { model: 'gpt', serves: ['openai/gpt', 'gpt'] }),
    target('nameless', { model: 'bare' }),
    target('kept', { model: 'bare', claims: [claim('zero_data_retention', true)] }),
  ];
  return setOf(document({ targets, policies: [policy('p', ZDR, { authors })] }));
}

function eligible(of: PolicySet, context: Parameters<typeof requestFor>[1] = {}) {
  const request = requestFor(['named', 'served', 'nameless', 'kept'], context);
  return decide(compileBundle(of, 'x'), request, NOW_MS).eligible.map(({ target: id }) => id);
}

describe('policies for the models of some authors', () => {
  test('judge their models, and those that name no author', () => {
    expect(eligible(set({ only: ['anthropic'] }))).toEqual(['served', 'kept']);
    expect(eligible(set({ only: ['openai'] }))).toEqual(['named', 'kept']);
  });

  test('or all but those of the authors that are left out', () => {
    expect(eligible(set({ except: ['anthropic'] }))).toEqual(['named', 'kept']);
    expect(eligible(set({ except: ['anthropic', 'openai'] }))).toEqual(['named', 'served', 'kept']);
  });

  test('judge where a spelling leaves it in doubt', () => {
    expect(selectsAuthors({ only: ['Anthropic'] }, ['anthropic'])).toBe(true);
    expect(selectsAuthors({ except: ['Anthropic'] }, ['anthropic'])).toBe(true);
    expect(selectsAuthors({ except: ['a'] }, ['a', 'b'])).toBe(true);
    expect(selectsAuthors({ only: ['a'] }, ['a', 'b'])).toBe(true);
    expect(selectsAuthors({ only: ['a'] }, ['b'])).toBe(false);
    expect(selectsAuthors({ except: ['a'] }, ['a'])).toBe(false);
    expect(selectsAuthors({ only: [] }, [])).toBe(true);
  });

  test.each([
    'publishers/anthropic/models/claude',
    '@cf/anthropic/claude',
    'hf:anthropic/claude',
    '~anthropic/claude',
    '/anthropic/claude',
  ])('judge %s, whose form does not say whose model it is', (model) => {
    const targets = [target('odd', { model, serves: ['openai/alias'] })];
    const of = setOf(document({ targets, policies: [policy('p', ZDR, { authors: ONE })] }));
    const { block } = decide(compileBundle(of, 'x'), requestFor(['odd']), NOW_MS);
    expect(block?.code).toBe('no_compliant_provider');
  });

  test('hear from no bound file whose model it is, unless they stand in it', () => {
    const base = set({ only: ['anthropic'] });
    const claiming = [target('nameless', { model: 'bare', serves: ['openai/bare'] })];
    const binding = new Map([['team', ['search']]]);
    const bound = document({ targets: claiming, providers: [] }, binding);
    const both: PolicySet = { ...base, documents: [...base.documents, bound] };
    const scope = new Map([['team', 'search']]);
    expect(eligible(both, { scope })).toEqual(['served', 'kept']);
  });

  test('judge a gateway that routes on, whatever its names say', () => {
    const targets = [
      target('served', { serves: ['openai/gpt'], claims: [claim('nested_gateway', 'routes_on')] }),
    ];
    const authors = { only: ['anthropic'] };
    const gateway = setOf(document({ targets, policies: [policy('p', ZDR, { authors })] }));
    expect(eligible(gateway)).toEqual([]);
  });
});
