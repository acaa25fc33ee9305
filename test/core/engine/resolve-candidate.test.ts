import type { Candidate } from '../../../src/core/model/request';
import type { PolicyDocument, PolicySet } from '../../../src/core/model/policy-set';
import {
  claim,
  credential,
  endpoint,
  file,
  offering,
  parts,
  policy,
  provider,
  REQUIRE_ZDR,
  setOf,
  target,
  ZDR,
} from './support/build';
import { codesFor, decideOn, judgedAs, verdictFor } from './support/decided';

const EU = claim('processing_regions', ['eu']);
const PROVIDERS = [provider('acme', { aliases: ['acme-ai'] }), provider('open', { models: 'any' })];

const setWith = (document: Partial<PolicyDocument>): PolicySet =>
  setOf(file({ providers: PROVIDERS, policies: [policy('p')], ...document }));

/** `eligible`, or the codes that block the candidate. */
function judged(set: PolicySet, candidate: Partial<Candidate>): string {
  return judgedAs(decideOn(set, offering([parts('c', candidate)])), 'c');
}

describe('a candidate by id', () => {
  const set = setWith({ targets: [target('t1', { region: 'DE', credential: 'key' })] });

  it('is the target of that id, exactly', () => {
    expect(judged(set, { target: 't1' })).toBe('eligible');
    expect(judged(set, { target: 'T1' })).toBe('unknown_target');
    expect(judged(set, { target: 't2' })).toBe('unknown_target');
  });

  it('may repeat what the target is, and must not contradict it', () => {
    expect(judged(set, { target: 't1', provider: 'acme-ai', model: 'm', region: 'DE' })).toBe(
      'eligible',
    );
    expect(judged(set, { target: 't1', provider: 'open' })).toBe('unknown_target');
    expect(judged(set, { target: 't1', model: 'n' })).toBe('unknown_target');
    expect(judged(set, { target: 't1', region: 'US' })).toBe('unknown_target');
  });

  it.each([
    ['region', { region: 'US' }],
    ['endpoint', { endpoint: 'e' }],
    ['credential', { credential: 'k' }],
  ])('of an id that files declare differently is conflicting: another %s', (_, other) => {
    const first = { region: 'DE', endpoint: 'd', credential: 'j' };
    const twice = setOf(
      file({ providers: PROVIDERS, targets: [target('t1', first)], policies: [policy('p')] }),
      file({ targets: [target('t1', { ...first, ...other })] }),
    );
    expect(judged(twice, { target: 't1' })).toBe('conflicting_target');
    expect(judged(twice, { provider: 'acme', model: 'm' })).toBe('conflicting_target');
  });
});

describe('a candidate by its parts', () => {
  it('is the target of the provider, by any of its names, and the model', () => {
    const set = setWith({ targets: [target('t1')] });
    expect(judged(set, { provider: 'acme', model: 'm' })).toBe('eligible');
    expect(judged(set, { provider: 'acme-ai', model: 'm' })).toBe('eligible');
    const byAlias = setWith({ targets: [target('t1', { provider: 'acme-ai' })] });
    expect(judged(byAlias, { provider: 'acme', model: 'm' })).toBe('eligible');
    expect(judged(byAlias, { provider: 'acme-ai', model: 'm' })).toBe('eligible');
    expect(judged(set, { provider: 'Acme', model: 'm' })).toBe('unknown_target');
    expect(judged(set, { provider: 'acme', model: 'n' })).toBe('unknown_target');
    expect(judged(set, { provider: 'acme' })).toBe('unknown_target');
    expect(judged(set, { model: 'm' })).toBe('unknown_target');
  });

  it('is told which model to send, whatever the client wrote', () => {
    const set = setWith({ targets: [target('t1', { model: 'm-2026', serves: ['m'] })] });
    const decision = decideOn(set, offering(['t1'], { model: 'm' }));
    expect(decision.eligible).toEqual([
      {
        eligible: true,
        ref: 't1',
        target: 't1',
        provider: 'acme',
        sendModel: 'm-2026',
        reasons: [],
      },
    ]);
  });

  it('has the id of the one target that it stands for, where it does not name one', () => {
    const targets = [
      target('one', { model: 'x' }),
      target('de', { region: 'DE' }),
      target('us', { region: 'US' }),
    ];
    const endpoints = ['e1', 'e2'].map((id) => endpoint(id, 'acme'));
    const named = (more: Partial<Candidate>) => {
      const decision = decideOn(setWith({ targets, endpoints }), offering([parts('c', more)]));
      const { target: id, provider: at } = verdictFor(decision, 'c');
      return [id, at];
    };
    expect(named({ provider: 'acme', model: 'x' })).toEqual(['one', 'acme']);
    expect(named({ provider: 'acme-ai', model: 'm', region: 'US' })).toEqual(['us', 'acme']);
    expect(named({ provider: 'acme', model: 'm' })).toEqual(['', 'acme']);
    expect(named({ provider: 'open', model: 'm' })).toEqual(['', 'open']);
    expect(named({ provider: 'nobody', model: 'm' })).toEqual(['', 'nobody']);
    expect(named({ target: 'nowhere' })).toEqual(['nowhere', '']);
    expect(named({ target: 'one' })).toEqual(['one', 'acme']);
    expect(named({ model: 'm' })).toEqual(['', '']);
  });

  it('at a provider of any model is known, and has the provider’s claims', () => {
    const rules = [REQUIRE_ZDR];
    const providers = [provider('open', { models: 'any', claims: [ZDR] }), provider('acme')];
    const set = setWith({ providers, policies: [policy('p', { rules })] });
    expect(judged(set, { provider: 'open', model: 'anything' })).toBe('eligible');
    expect(judged(set, { provider: 'open' })).toBe('unknown_target');
  });

  it('that leaves the region open stands for every region that is listed', () => {
    const rules = [{ kind: 'processing_regions', regions: ['eu'] } as const];
    const targets = [
      target('de', { region: 'DE', claims: [EU] }),
      target('us', { region: 'US', claims: [claim('processing_regions', ['US'])] }),
    ];
    const set = setWith({ targets, policies: [policy('p', { rules })] });
    expect(judged(set, { provider: 'acme', model: 'm', region: 'DE' })).toBe('eligible');
    expect(judged(set, { provider: 'acme', model: 'm', region: 'US' })).toBe('claim_contrary');
    expect(judged(set, { provider: 'acme', model: 'm' })).toBe('claim_contrary');
    expect(judged(set, { provider: 'acme', model: 'm', region: 'JP' })).toBe('unknown_target');
  });

  it('that leaves the credential open stands for every credential that is listed', () => {
    const targets = ['good', 'bad'].map((id) => target(id, { credential: id }));
    const credentials = [
      credential('good', 'acme', { claims: [ZDR] }),
      credential('bad', 'acme', { claims: [claim('zero_data_retention', false)] }),
    ];
    const policies = [policy('p', { rules: [REQUIRE_ZDR] })];
    const set = setWith({ targets, credentials, policies });
    expect(judged(set, { provider: 'acme', model: 'm', credential: 'good' })).toBe('eligible');
    expect(judged(set, { provider: 'acme', model: 'm' })).toBe('claim_contrary');
  });

  it('may add a region that the target leaves open, which must then lie inside too', () => {
    const rules = [{ kind: 'processing_regions', regions: ['eu'] } as const];
    const set = setWith({
      targets: [target('t1', { claims: [EU] })],
      policies: [policy('p', { rules })],
    });
    expect(judged(set, { target: 't1' })).toBe('eligible');
    expect(judged(set, { target: 't1', region: 'FR' })).toBe('eligible');
    expect(judged(set, { target: 't1', region: 'US' })).toBe('claim_contrary');
  });
});

describe('a caller that owns its targets’ claims', () => {
  const owned = (set: PolicySet, more: Partial<Candidate>) => {
    const caller = { rewritesModel: true, ownsClaims: true };
    const candidate = parts('c', { claims: [ZDR], ...more });
    return codesFor(decideOn(set, offering([candidate], {}, { caller })), 'c').join();
  };

  it('makes what it names whole known, and nothing else', () => {
    const set = setWith({});
    expect(owned(set, { provider: 'acme', model: 'x' })).toBe('');
    expect(owned(set, { provider: 'nobody', model: 'x' })).toBe('');
    expect(owned(set, { provider: 'acme' })).toBe('unknown_target');
    expect(owned(set, { model: 'x' })).toBe('unknown_target');
    expect(owned(set, { target: 'x' })).toBe('unknown_target');
    expect(owned(set, { provider: 'acme', model: 'x', claims: [] })).toBe('unknown_target');
  });

  it('settles nothing that files declare differently', () => {
    const targets = [target('t'), target('t', { model: 'n' })];
    expect(owned(setWith({ targets }), { target: 't' })).toBe('conflicting_target');
    const named = { target: 't', provider: 'acme', model: 'm' };
    expect(owned(setWith({ targets }), named)).toBe('conflicting_target');
  });
});

describe('where a candidate sends its requests', () => {
  const set = setWith({
    endpoints: [endpoint('eu', 'acme', { baseUrl: 'https://eu.acme.example/v1' })],
    targets: [target('t1', { claims: [ZDR] }), target('t2', { endpoint: 'eu', claims: [ZDR] })],
    policies: [policy('p', { rules: [REQUIRE_ZDR] })],
  });

  it.each([
    ['an endpoint of the catalog', 'eu'],
    ['its base URL', 'https://eu.acme.example/v1'],
    ['its base URL, spelt differently', 'HTTPS://EU.Acme.example/v1/'],
    ['its base URL with slashes at the end', 'https://eu.acme.example/v1//'],
  ])('%s keeps the claims', (_, where) => {
    expect(judged(set, { target: 't1', endpoint: where })).toBe('eligible');
    expect(judged(set, { target: 't2', endpoint: where })).toBe('eligible');
  });

  it.each([
    'https://elsewhere.example',
    'https://eu.acme.example.evil.example/v1',
    'https://eu.acme.example/V1',
    'https://eu.acme.example/v1?to=elsewhere',
    'https://eu.acme.example/v1/more',
    'http://eu.acme.example/v1',
    'https://user@eu.acme.example/v1',
    'https://eu.acme.example:8443/v1',
    '://eu.acme.example/v1',
    '1https://eu.acme.example/v1',
  ])('%s is not the catalog’s and voids the claims', (where) => {
    expect(judged(set, { target: 't1', endpoint: where })).toBe('claim_unknown');
    expect(judged(set, { target: 't2', endpoint: where })).toBe('claim_unknown');
  });

  it('a base URL of two endpoints is that at which the target is declared; for an open one, either', () => {
    const endpoints = ['one', 'two'].map((id) =>
      endpoint(id, 'acme', { baseUrl: 'https://acme.example' }),
    );
    const targets = [
      target('open', { claims: [ZDR] }),
      target('one', { endpoint: 'one', claims: [ZDR] }),
      target('two', { endpoint: 'two', claims: [ZDR] }),
    ];
    const policies = [policy('p', { rules: [REQUIRE_ZDR] })];
    const shared = setWith({ endpoints, targets, policies });
    const at = (id: string) => judged(shared, { target: id, endpoint: 'https://acme.example' });
    expect(['one', 'two', 'open'].map(at)).toEqual(['eligible', 'eligible', 'claim_unknown']);
  });

  it('voids what speaks for a target, and not that it is a gateway', () => {
    const claims = [claim('nested_gateway', 'fallback_off'), ZDR];
    const policies = [policy('p', { rules: [REQUIRE_ZDR] })];
    const gateway = setWith({ targets: [target('g', { claims })], policies });
    expect(judged(gateway, { target: 'g' })).toBe('eligible');
    expect(judged(gateway, { target: 'g', endpoint: 'https://elsewhere.example' })).toBe(
      'nested_gateway,claim_unknown',
    );
  });

  it('of what only its owner knows: inherits at the provider’s endpoints, and nowhere else', () => {
    const providers = [provider('acme', { claims: [ZDR] })];
    const endpoints = [endpoint('eu', 'acme', { baseUrl: 'https://eu.acme.example/v1' })];
    const policies = [policy('p', { rules: [REQUIRE_ZDR] })];
    const owned = setWith({ providers, endpoints, policies });
    const caller = { rewritesModel: true, ownsClaims: true };
    const at = (where: Partial<Candidate>) => {
      const claims = [claim('gdpr', true)];
      const candidate = parts('c', { provider: 'acme', model: 'x', claims, ...where });
      const decision = decideOn(owned, offering([candidate], {}, { caller }));
      return codesFor(decision, 'c').join();
    };
    expect(at({})).toBe('');
    expect(at({ endpoint: 'eu' })).toBe('');
    expect(at({ endpoint: 'https://eu.acme.example/v1' })).toBe('');
    expect(at({ endpoint: 'nowhere' })).toBe('claim_unknown');
    expect(at({ endpoint: 'https://elsewhere.example' })).toBe('claim_unknown');
  });

  it('an endpoint that nothing declares is nowhere', () => {
    expect(judged(set, { target: 't1', endpoint: 'us' })).toBe('unknown_target');
  });
});

describe('a target that chooses further upstream', () => {
  const targets = [
    target('good', { claims: [ZDR] }),
    target('bad', { model: 'n' }),
    target('auto', { model: 'auto', claims: [ZDR] }),
    target('to-good', { model: 'auto', claims: [ZDR], reaches: ['good'] }),
    target('to-both', { model: 'auto', claims: [ZDR], reaches: ['good', 'bad'] }),
    target('to-far', { model: 'x', claims: [ZDR], reaches: ['to-both'] }),
    target('to-nowhere', { model: 'auto', claims: [ZDR], reaches: ['good', 'nowhere'] }),
    target('to-auto', { model: 'y', claims: [ZDR], reaches: ['auto'] }),
    target('to-itself', { model: 'auto', claims: [ZDR], reaches: ['to-itself', 'good'] }),
  ];
  const set = setWith({ targets, policies: [policy('p', { rules: [REQUIRE_ZDR] })] });

  it.each([
    ['good', 'eligible'],
    ['auto', 'unknown_target'],
    ['to-good', 'eligible'],
    ['to-both', 'claim_unknown'],
    ['to-far', 'claim_unknown'],
    ['to-nowhere', 'unknown_target'],
    ['to-auto', 'unknown_target'],
    ['to-itself', 'eligible'],
  ])('%s: %s', (id, expected) => {
    expect(judged(set, { target: id })).toBe(expected);
  });

  it('says what it reaches that nobody lists', () => {
    const [reason] = verdictFor(decideOn(set, offering(['to-nowhere'])), 'to-nowhere').reasons;
    expect(reason).toMatchObject({ message: expect.stringContaining('`nowhere`') as string });
  });

  it('and reaches what files declare differently reaches all that either does', () => {
    const twice = (more: Partial<PolicyDocument['targets'][number]>) =>
      target('twice', { claims: [ZDR], ...more });
    const reaching = (...others: readonly PolicyDocument['targets'][number][]) =>
      setWith({
        targets: [...targets, ...others],
        policies: [policy('p', { rules: [REQUIRE_ZDR] })],
      });
    const via = target('via', { model: 'x', claims: [ZDR], reaches: ['twice'] });
    const apart = reaching(via, twice({}), twice({ model: 'o' }));
    expect(judged(apart, { target: 'via' })).toBe('conflicting_target');
    const further = reaching(via, twice({}), twice({ model: 'o', reaches: ['bad'] }));
    expect(judged(further, { target: 'via' })).toBe('conflicting_target,claim_unknown');
  });

  it('is conflicting, and not unknown, where files declare it differently', () => {
    const auto = [target('auto', { model: 'auto' }), target('auto', { model: 'm-latest' })];
    expect(judged(setWith({ targets: auto }), { target: 'auto' })).toBe('conflicting_target');
  });

  it('is unknown at a provider of any model too', () => {
    const open = setWith({});
    expect(judged(open, { provider: 'open', model: 'm' })).toBe('eligible');
    expect(judged(open, { provider: 'open', model: 'm-latest' })).toBe('unknown_target');
  });
});

describe('a gateway that routes on by itself', () => {
  const gateway = (value: string, more = {}) =>
    target('g', { claims: [claim('nested_gateway', value, more), ZDR] });
  const demanding = [policy('p', { rules: [REQUIRE_ZDR] })];

  it('has unknown claims', () => {
    const set = setWith({ targets: [gateway('routes_on')], policies: demanding });
    expect(judged(set, { target: 'g' })).toBe('nested_gateway,claim_unknown');
  });

  it.each(['none', 'fallback_off'])('%s: is a target like others', (value) => {
    const set = setWith({ targets: [gateway(value)], policies: demanding });
    expect(judged(set, { target: 'g' })).toBe('eligible');
  });

  it('blocks nothing where nothing is demanded', () => {
    expect(judged(setWith({ targets: [gateway('routes_on')] }), { target: 'g' })).toBe('eligible');
  });

  it('routes on again when the declaration that its fallback is off has ended', () => {
    const ended = gateway('fallback_off', { expiresAtMs: 0 });
    const set = setWith({ targets: [ended], policies: demanding });
    expect(judged(set, { target: 'g' })).toBe('nested_gateway,claim_unknown');
  });
});

describe('a caller that does not rewrite the model', () => {
  it('gets only targets of the model that the client wrote', () => {
    const set = setWith({ targets: [target('t1'), target('t2', { model: 'n' })] });
    const caller = { rewritesModel: false, ownsClaims: false };
    const decision = decideOn(set, offering(['t1', 't2'], { model: 'm' }, { caller }));
    expect(codesFor(decision, 't1')).toEqual([]);
    expect(codesFor(decision, 't2')).toEqual(['model_mismatch']);
    const nowhere = decideOn(set, offering(['nowhere'], { model: 'm' }, { caller }));
    expect(verdictFor(nowhere, 'nowhere').reasons[0]).toMatchObject({ expected: 'model ' });
    const unnamed = decideOn(set, offering(['t1'], {}, { caller }));
    expect(unnamed.block).toMatchObject({ code: 'model_mismatch', layer: 'identity' });
  });
});

describe('what is stated on the credential of a target', () => {
  const soc2 = claim('soc2', 'type2');
  const set = setWith({
    credentials: [credential('key', 'acme'), credential('other', 'acme')],
    targets: [target('t1', { credential: 'key', claims: [soc2], claimsStatedOn: 'credential' })],
    policies: [policy('p', { rules: [{ kind: 'soc2_type2' }] })],
  });

  it('counts for that credential only', () => {
    expect(judged(set, { target: 't1' })).toBe('eligible');
    expect(judged(set, { target: 't1', credential: 'key' })).toBe('eligible');
    expect(judged(set, { target: 't1', credential: 'other' })).toBe('claim_unknown');
  });
});
