import type { Claim, ClaimName } from '../../../src/core/model/claim';
import type { PolicyDocument, PolicySet } from '../../../src/core/model/policy-set';
import type { RequirementRule } from '../../../src/core/model/requirement';
import {
  claim,
  credential,
  DAY_MS,
  endpoint,
  file,
  NOW_MS,
  offering,
  parts,
  policy,
  provider,
  REQUIRE_ZDR,
  setOf,
  target,
  ZDR,
} from './support/build';
import { codesFor, decideOn, eligibleRefs, verdictFor } from './support/decided';

const NO_ZDR = claim('zero_data_retention', false);
const GDPR = claim('gdpr', true);
const REQUIRE_GDPR: RequirementRule = { kind: 'gdpr' };
const CREDENTIAL = 'key';

/** Claims by the level at which they stand. */
interface Levels {
  readonly provider?: readonly Claim[];
  readonly endpoint?: readonly Claim[];
  readonly target?: readonly Claim[];
  readonly credential?: readonly Claim[];
}

/** A file with one target at an endpoint and a credential, and what each level states. */
function leveled(
  levels: Levels,
  owner: 'operator' | 'customer' = 'operator',
): Partial<PolicyDocument> {
  return {
    providers: [provider('acme', { claims: levels.provider ?? [] })],
    endpoints: [endpoint('eu', 'acme', { claims: levels.endpoint ?? [] })],
    credentials: [credential(CREDENTIAL, 'acme', { owner, claims: levels.credential ?? [] })],
    targets: [
      target('t1', { endpoint: 'eu', credential: CREDENTIAL, claims: levels.target ?? [] }),
    ],
  };
}

/** `eligible`, or the codes that block the target `t1` under the rule. */
function judged(document: Partial<PolicyDocument>, rule: RequirementRule = REQUIRE_ZDR): string {
  return judgedIn(setOf(file({ ...document, policies: [policy('p', { rules: [rule] })] })));
}

function judgedIn(set: PolicySet, request = offering(['t1'])): string {
  const decision = decideOn(set, request);
  const [ref = ''] = decision.verdicts.map((verdict) => verdict.ref);
  return eligibleRefs(decision).includes(ref) ? 'eligible' : codesFor(decision, ref).join();
}

describe('levels of claims', () => {
  it.each(['provider', 'endpoint', 'target', 'credential'] as const)(
    'a claim of the %s reaches the target',
    (level) => {
      expect(judged(leveled({ [level]: [ZDR] }))).toBe('eligible');
      expect(judged(leveled({ [level]: [NO_ZDR] }))).toBe('claim_contrary');
    },
  );

  it('nothing stated is unknown', () => {
    expect(judged(leveled({}))).toBe('claim_unknown');
  });

  it('the most specific statement wins, whichever way it goes', () => {
    expect(judged(leveled({ provider: [ZDR], endpoint: [NO_ZDR] }))).toBe('claim_contrary');
    expect(judged(leveled({ endpoint: [ZDR], target: [NO_ZDR] }))).toBe('claim_contrary');
    expect(judged(leveled({ target: [ZDR], credential: [NO_ZDR] }))).toBe('claim_contrary');
    expect(judged(leveled({ provider: [NO_ZDR], target: [ZDR] }))).toBe('eligible');
  });

  it('a silent level inherits, claim by claim', () => {
    const document = leveled({ provider: [ZDR, claim('gdpr', false)], target: [GDPR] });
    expect(judged(document)).toBe('eligible');
    expect(judged(document, REQUIRE_GDPR)).toBe('eligible');
  });

  it('an expired or uncovered statement does not fall back to a wider one', () => {
    const expired = { ...ZDR, expiresAtMs: NOW_MS - DAY_MS };
    expect(judged(leveled({ provider: [ZDR], target: [expired] }))).toBe('claim_expired');
    const uncovered: Claim = { ...ZDR, apis: ['messages'] };
    expect(judged(leveled({ provider: [ZDR], target: [uncovered] }))).toBe('claim_unknown');
  });

  it('claims of another endpoint or credential say nothing', () => {
    const other = leveled({});
    const document = {
      ...other,
      endpoints: [...(other.endpoints ?? []), endpoint('us', 'acme', { claims: [ZDR] })],
      credentials: [...(other.credentials ?? []), credential('k2', 'acme', { claims: [ZDR] })],
    };
    expect(judged(document)).toBe('claim_unknown');
  });

  it('an endpoint or credential of the same name at another provider says nothing', () => {
    const other = leveled({});
    const document = {
      ...other,
      providers: [...(other.providers ?? []), provider('boreal')],
      endpoints: [...(other.endpoints ?? []), endpoint('eu', 'boreal', { claims: [ZDR] })],
    };
    expect(judged(document)).toBe('claim_unknown');
  });
});

describe('time', () => {
  it.each([
    [NOW_MS - 1, 'claim_expired'],
    [NOW_MS, 'claim_expired'],
    [NOW_MS + 1, 'eligible'],
  ])('a claim that ends at %d', (expiresAtMs, expected) => {
    expect(judged(leveled({ target: [{ ...ZDR, expiresAtMs }] }))).toBe(expected);
  });
});

describe('credentials', () => {
  const CONTRACTUAL: readonly (readonly [RequirementRule, ClaimName, boolean | number])[] = [
    [REQUIRE_ZDR, 'zero_data_retention', true],
    [{ kind: 'require_no_training' }, 'training_opt_out', true],
    [{ kind: 'no_prompt_logging' }, 'prompt_logging', false],
    [{ kind: 'max_retention_days', days: 0 }, 'retention_days', 0],
  ];

  it.each(CONTRACTUAL)(
    '%j reaches a customer’s key only if it is stated on it',
    (rule, name, value) => {
      const stated = [claim(name, value)];
      const wide = { provider: stated, endpoint: stated, target: stated };
      expect(judged(leveled(wide, 'customer'), rule)).toBe('claim_unknown');
      expect(judged(leveled(wide, 'operator'), rule)).toBe('eligible');
      expect(judged(leveled({ credential: stated }, 'customer'), rule)).toBe('eligible');
    },
  );

  it('other claims reach a customer’s key as well', () => {
    expect(judged(leveled({ provider: [GDPR] }, 'customer'), REQUIRE_GDPR)).toBe('eligible');
  });

  it('a credential that no file lists is a customer’s', () => {
    const set = setOf(
      file({ ...leveled({ provider: [ZDR] }), policies: [policy('p', { rules: [REQUIRE_ZDR] })] }),
    );
    const stranger = parts('c', { target: 't1', credential: 'stranger' });
    expect(judgedIn(set, offering([stranger]))).toBe('claim_unknown');
    expect(judgedIn(set, offering([parts('c', { target: 't1' })]))).toBe('eligible');
  });

  it('what a pack’s target declares is stated on its own key, and on no other', () => {
    const set = setOf(
      file({
        providers: [provider('acme')],
        targets: [target('t1', { credential: 'own', claims: [ZDR], claimsStatedOn: 'credential' })],
        policies: [policy('p', { rules: [REQUIRE_ZDR] })],
      }),
    );
    expect(judgedIn(set)).toBe('eligible');
    const other = parts('c', { target: 't1', credential: 'other' });
    expect(judgedIn(set, offering([other]))).toBe('claim_unknown');
  });
});

describe('several files', () => {
  const withPolicy = (document: Partial<PolicyDocument>) =>
    file({ ...document, policies: [policy('p', { rules: [REQUIRE_ZDR] })] });

  it('may add claims to one target', () => {
    const more = file({ targets: [target('t1', { claims: [ZDR] })] });
    const main = file({
      providers: [provider('acme')],
      targets: [target('t1')],
      policies: [policy('p', { rules: [REQUIRE_ZDR] })],
    });
    expect(judgedIn(setOf(main, more))).toBe('eligible');
    expect(judgedIn(setOf(more, main))).toBe('eligible');
  });

  it('that state different values at one level are in conflict, in whatever order', () => {
    const main = withPolicy(leveled({ target: [ZDR] }));
    const other = file(leveled({ target: [NO_ZDR] }));
    expect(judgedIn(setOf(main, other))).toBe('claim_conflicting');
    expect(judgedIn(setOf(other, main))).toBe('claim_conflicting');
  });

  it('that state the same list in another order agree', () => {
    const rule: RequirementRule = { kind: 'processing_regions', regions: ['eu'] };
    const stating = (regions: readonly string[]) =>
      leveled({ target: [claim('processing_regions', regions)] });
    const main = file({ ...stating(['DE', 'FR']), policies: [policy('p', { rules: [rule] })] });
    expect(judgedIn(setOf(main, file(stating(['FR', 'DE']))))).toBe('eligible');
    expect(judgedIn(setOf(main, file(stating(['DE']))))).toBe('claim_conflicting');
  });

  it('that state one value are in force as long as one statement is', () => {
    const main = withPolicy(leveled({ target: [{ ...ZDR, expiresAtMs: NOW_MS }] }));
    expect(judgedIn(setOf(main, file(leveled({ target: [ZDR] }))))).toBe('eligible');
  });

  it('at different levels are not in conflict', () => {
    const main = withPolicy(leveled({ target: [ZDR] }));
    expect(judgedIn(setOf(main, file(leveled({ provider: [NO_ZDR] }))))).toBe('eligible');
  });
});

describe('bound files', () => {
  const main = file({
    providers: [provider('acme')],
    targets: [target('t1')],
    policies: [policy('all', { rules: [REQUIRE_ZDR] })],
  });
  const asTeam = (team: string) => offering(['t1'], { scope: new Map([['team', team]]) });

  it('do not satisfy the policies of other files', () => {
    const bound = file({ targets: [target('t1', { claims: [ZDR] })] }, { team: ['core'] });
    expect(judgedIn(setOf(main, bound), asTeam('core'))).toBe('claim_unknown');
  });

  it('satisfy their own policies, and only where they match', () => {
    const open = file({ ...main.document, policies: [policy('all')] });
    const bound = file(
      {
        targets: [target('t1', { claims: [ZDR] })],
        policies: [policy('own', { rules: [REQUIRE_ZDR] })],
      },
      { team: ['core'] },
    );
    const set = setOf(open, bound);
    expect(judgedIn(set, asTeam('core'))).toBe('eligible');
    // Without a team the policy restricts, but the file's claims do not exist.
    expect(judgedIn(set, offering(['t1']))).toBe('claim_unknown');
  });

  it('of two bound files neither sees the other’s claims', () => {
    const open = file({ ...main.document, policies: [policy('all')] });
    const claims = file({ targets: [target('t1', { claims: [ZDR] })] }, { team: ['core'] });
    const rules = file({ policies: [policy('own', { rules: [REQUIRE_ZDR] })] }, { team: ['core'] });
    expect(judgedIn(setOf(open, claims, rules), asTeam('core'))).toBe('claim_unknown');
  });

  it('that contradict what others state leave a conflict for everybody', () => {
    const stated = file({ ...main.document, targets: [target('t1', { claims: [ZDR] })] });
    const bound = file({ targets: [target('t1', { claims: [NO_ZDR] })] }, { team: ['core'] });
    const other = file({ policies: [policy('x', { scope: { team: 'any' } })] });
    expect(judgedIn(setOf(stated, bound, other), asTeam('core'))).toBe('claim_conflicting');
    expect(judgedIn(setOf(stated, bound, other), asTeam('ops'))).toBe('eligible');
  });
});

describe('coverage', () => {
  const judgedFor = (
    stated: Claim,
    more: Parameters<typeof offering>[1],
    rule = REQUIRE_ZDR,
  ): string =>
    judgedIn(
      setOf(
        file({
          providers: [provider('acme')],
          targets: [target('t1', { claims: [stated] })],
          policies: [policy('p', { rules: [rule] })],
        }),
      ),
      offering(['t1'], more),
    );

  it('a claim for some apis is unknown for others, and where the request names none', () => {
    const stated: Claim = { ...ZDR, apis: ['chat_completions'] };
    expect(judgedFor(stated, { api: 'chat_completions' })).toBe('eligible');
    expect(judgedFor(stated, { api: 'messages' })).toBe('claim_unknown');
    expect(judgedFor(stated, {})).toBe('claim_unknown');
  });

  it.each(['store', 'background', 'batch', 'files', 'server_tools'] as const)(
    'a contractual claim covers %s only if it names it',
    (feature) => {
      expect(judgedFor(ZDR, { features: [feature] })).toBe('claim_unknown');
      expect(judgedFor({ ...ZDR, features: [feature] }, { features: [feature] })).toBe('eligible');
      expect(judgedFor(GDPR, { features: [feature] }, REQUIRE_GDPR)).toBe('eligible');
    },
  );

  it('a claim that names features covers no others', () => {
    const stated: Claim = { ...ZDR, features: ['store'] };
    expect(judgedFor(ZDR, { features: ['tools'] })).toBe('eligible');
    expect(judgedFor(stated, { features: ['tools'] })).toBe('claim_unknown');
    expect(judgedFor(stated, { features: ['store', 'tools'] })).toBe('claim_unknown');
  });

  it.each([
    ['responses', [], 'claim_unknown'],
    ['responses', ['no_store'], 'eligible'],
    ['responses', ['store', 'no_store'], 'claim_unknown'],
    ['batch', [], 'claim_unknown'],
    ['batch', ['no_store'], 'claim_unknown'],
    ['files', [], 'claim_unknown'],
    ['chat_completions', [], 'eligible'],
  ] as const)(
    'what the api %s does by itself counts as asked for: %j',
    (api, features, expected) => {
      expect(judgedFor(ZDR, { api, features })).toBe(expected);
    },
  );
});

describe('claims that a candidate brings', () => {
  const set = (claims: readonly Claim[]) =>
    setOf(
      file({
        providers: [provider('acme')],
        targets: [target('t1', { claims })],
        policies: [policy('p', { rules: [REQUIRE_ZDR] })],
      }),
    );
  const bringing = (claims: readonly Claim[], ownsClaims = false) =>
    offering(
      [parts('t1', { target: 't1', claims })],
      {},
      { caller: { rewritesModel: true, ownsClaims } },
    );

  it('are judged beside the catalog’s: both must hold where they speak', () => {
    expect(judgedIn(set([ZDR]), bringing([ZDR]))).toBe('eligible');
    expect(judgedIn(set([ZDR]), bringing([NO_ZDR]))).toBe('claim_contrary');
    expect(judgedIn(set([ZDR]), bringing([GDPR]))).toBe('eligible');
    expect(judgedIn(set([]), bringing([ZDR]))).toBe('claim_unknown');
  });

  it('never make an unknown target known', () => {
    const candidate = parts('c', { provider: 'acme', model: 'nobody-lists-it', claims: [ZDR] });
    expect(judgedIn(set([ZDR]), offering([candidate]))).toBe('unknown_target');
  });

  it('replace the catalog’s if the caller is the source of claims', () => {
    expect(judgedIn(set([NO_ZDR]), bringing([ZDR], true))).toBe('eligible');
    expect(judgedIn(set([ZDR]), bringing([NO_ZDR], true))).toBe('claim_contrary');
  });

  it('end as the catalog’s do', () => {
    const ending = [{ ...ZDR, expiresAtMs: NOW_MS }];
    expect(judgedIn(set([ZDR]), bringing(ending))).toBe('claim_expired');
    expect(judgedIn(set([ZDR]), bringing(ending, true))).toBe('claim_expired');
  });
});

describe('a reason', () => {
  it('says what was expected, what was found, and where both stand', () => {
    const stated = claim('zero_data_retention', false, {
      position: { file: 'catalog.yaml', line: 7, column: 9 },
    });
    const document = leveled({ target: [stated] });
    const set = setOf(file({ ...document, policies: [policy('p', { rules: [REQUIRE_ZDR] })] }));
    expect(verdictFor(decideOn(set, offering(['t1'])), 't1').reasons).toEqual([
      {
        code: 'claim_contrary',
        layer: 'requirements',
        policy: 'p',
        requirement: 'require_zero_data_retention',
        claim: 'zero_data_retention',
        state: 'contrary',
        expected: 'zero_data_retention: true',
        observed: 'zero_data_retention: false',
        message: 'policy `p` requires zero_data_retention: true; zero_data_retention: false',
        position: { file: 'policy.yaml', line: 60, column: 1 },
        claimPosition: { file: 'catalog.yaml', line: 7, column: 9 },
      },
    ]);
  });
});

describe('what a target and a list of credentials state on one credential', () => {
  const stated = (own: Claim, listed: Claim): Partial<PolicyDocument> => ({
    providers: [provider('acme')],
    credentials: [credential(CREDENTIAL, 'acme', { claims: [listed] })],
    targets: [
      target('t1', { credential: CREDENTIAL, claims: [own], claimsStatedOn: 'credential' }),
    ],
  });

  it('stands at one level, so it must agree', () => {
    expect(judged(stated(ZDR, ZDR))).toBe('eligible');
    expect(judged(stated(ZDR, NO_ZDR))).toBe('claim_conflicting');
    expect(judged(stated(NO_ZDR, ZDR))).toBe('claim_conflicting');
  });
});
