import type { PolicyParts } from './support/build';
import { asking, deny, file, offering, policy, provider, setOf, target } from './support/build';
import { decideOn } from './support/decided';

const APPLIED = { id: 'p', mode: 'enforce', counts: true, logSelection: false };

/** What is blocked over targets of acme, boreal and cirrus under one policy. */
function decided(more: PolicyParts, request: ReturnType<typeof offering>) {
  const providers = [provider('acme', { aliases: ['acme-ai'] }), provider('boreal')];
  const targets = [
    target('a'),
    target('b', { provider: 'boreal' }),
    target('c', { provider: 'boreal', model: 'n' }),
  ];
  const cirrus = provider('cirrus');
  const policies = [policy('p', more)];
  return decideOn(setOf(file({ providers: [...providers, cirrus], targets, policies })), request);
}

const NO_ACME: PolicyParts = { lists: [deny('provider', { provider: 'acme' })] };
const NEITHER: PolicyParts = {
  lists: [deny('provider', { provider: 'acme' }, { provider: 'cirrus' })],
};
const BLOCKED = { outcome: 'block', eligible: [], verdicts: [], warnings: [], shadow: [] };

describe('a request with nothing to judge', () => {
  it('because it offers no candidates', () => {
    const message = 'the request offers no candidates';
    expect(decided({ block: { status: 451 } }, offering([]))).toEqual({
      ...BLOCKED,
      policies: [APPLIED],
      block: {
        code: 'no_candidates',
        layer: 'identity',
        policy: '',
        message,
        httpStatus: 403,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          title: 'Blocked by policy',
          status: 403,
          detail: message,
          code: 'no_candidates',
        }),
        providersConsidered: [],
      },
    });
  });

  it('because the catalog has none of the model', () => {
    const message = '`x` is not in the catalog';
    expect(decided({ block: { status: 451 } }, asking({ model: 'x' }))).toEqual({
      ...BLOCKED,
      policies: [APPLIED],
      block: {
        code: 'unknown_model',
        layer: 'catalog',
        policy: '',
        message,
        httpStatus: 403,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          title: 'Blocked by policy',
          status: 403,
          detail: message,
          code: 'unknown_model',
        }),
        providersConsidered: [],
      },
    });
  });
});

describe('names of `only` that leave no candidate', () => {
  const blockOf = (more: PolicyParts, request: ReturnType<typeof offering>) => {
    const { block } = decided(more, request);
    return [block?.code, block?.providersConsidered];
  };

  it.each(['acme', 'acme-ai', 'a'])('are judged as the provider that %s is or is at', (name) => {
    const request = offering(['b'], { preferences: { only: [name] } });
    expect(blockOf(NO_ACME, request)).toEqual(['provider_not_allowed', ['acme']]);
  });

  it('that nobody has are judged as they are', () => {
    const lists = [deny('provider', { provider: 'nobody' })];
    const request = offering(['b'], { preferences: { only: ['nobody'] } });
    expect(blockOf({ lists }, request)).toEqual(['provider_not_allowed', ['nobody']]);
  });

  it('are judged also where the client names a model, if it pins nothing', () => {
    const request = offering(['b'], { model: 'm', preferences: { only: ['acme'] } });
    expect(blockOf(NO_ACME, request)).toEqual(['provider_not_allowed', ['acme']]);
    const pinned = { ...request, context: { ...request.context, model: 'boreal/m' } };
    expect(blockOf(NO_ACME, pinned)).toEqual(['request_filters_leave_none', ['boreal']]);
  });

  it('are not judged where one of them has a candidate: the list took that', () => {
    const request = offering(['a', 'b'], { preferences: { only: ['acme', 'cirrus'] } });
    expect(blockOf(NEITHER, request)).toEqual(['provider_not_allowed', ['acme']]);
  });

  it('are not judged where another filter took the candidates', () => {
    const preferences = { only: ['acme'], ignore: ['acme'] };
    expect(blockOf(NO_ACME, offering(['a'], { preferences }))).toEqual([
      'request_filters_leave_none',
      ['acme'],
    ]);
  });

  it('are not judged where nothing came so far; one that did is enough', () => {
    const caller = { rewritesModel: false, ownsClaims: false };
    const asked = (refs: readonly string[]) =>
      offering(refs, { model: 'm', preferences: { only: ['acme'] } }, { caller });
    expect(blockOf(NO_ACME, asked(['c']))).toEqual(['model_mismatch', ['boreal']]);
    expect(blockOf(NO_ACME, asked(['c', 'b']))).toEqual(['provider_not_allowed', ['acme']]);
  });
});
