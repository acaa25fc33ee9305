import type { Claim, ClaimName, ClaimValue } from '../../src/core/model/claim';
import type { RequirementKindName } from '../../src/core/model/requirement';
import { REGIONS } from '../generators/alphabet';
import { pick, someOf, subset } from '../generators/source';
import type { Source } from '../generators/source';
import { agreedAnswer } from './support/decisions';
import { RULE_OF_KIND } from './support/rules';
import { check, Spread } from './support/runs';
import { claim, document, policy, requestFor, setOf, target } from './support/small-world';

/** Every claim at its best; nothing of it may stand in for a claim that is not stated. */
const BEST: Readonly<Partial<Record<ClaimName, ClaimValue>>> = {
  zero_data_retention: true,
  training_opt_out: true,
  prompt_logging: false,
  retention_days: 0,
  in_memory_only: true,
  accepts_tokenized_input: true,
  allow_internet_egress: false,
  local_only_processing: true,
  analytics_collection: 'deny',
  user_data_collection: 'deny',
  soc2: 'type2',
  iso27001: true,
  gdpr: true,
  headquarters: ['DE'],
  processing_regions: ['DE'],
  storage_regions: ['DE'],
  quantization: 'fp16',
  price_prompt: 0,
  'certification:hipaa_baa': true,
  'label:tier': 'gold',
};

/** What each kind needs, one of the alternatives in full; restated from section 3 of the design. */
const NEEDS: Readonly<Record<RequirementKindName, readonly ClaimName[]>> = {
  require_zero_data_retention: ['zero_data_retention'],
  require_no_training: ['training_opt_out'],
  no_prompt_logging: ['prompt_logging'],
  max_retention_days: ['retention_days'],
  require_in_memory_only: ['in_memory_only'],
  require_tokenized_input_support: ['accepts_tokenized_input'],
  deny_internet_egress: ['allow_internet_egress'],
  local_only_processing: ['local_only_processing'],
  deny_user_data_collection: ['user_data_collection'],
  deny_analytics_collection: ['analytics_collection'],
  soc2: ['soc2'],
  soc2_type2: ['soc2'],
  iso27001: ['iso27001'],
  soc2_or_iso27001: ['soc2', 'iso27001'],
  gdpr: ['gdpr'],
  certifications: ['certification:hipaa_baa'],
  processing_regions: ['processing_regions'],
  // The one exception of L2: where nothing is retained, nothing is stored.
  storage_regions: ['storage_regions', 'retention_days'],
  headquarters: ['headquarters'],
  quantizations: ['quantization'],
  max_price: ['price_prompt'],
  labels: ['label:tier'],
  expression: ['prompt_logging'],
  minimum_assurance: [],
};

const KINDS = (Object.keys(NEEDS) as RequirementKindName[]).filter(
  (kind) => kind !== 'minimum_assurance',
);

function targetWith(names: readonly ClaimName[]) {
  const claims = names.map((name): Claim => claim(name, BEST[name] ?? true));
  return target('t', { claims });
}

describe('L2: no inference', () => {
  test.each(KINDS)('%s holds by its own claims and by no others', (kind) => {
    const all = Object.keys(BEST) as ClaimName[];
    const others = all.filter((name) => !NEEDS[kind].includes(name));
    const decide = (names: readonly ClaimName[]) =>
      agreedAnswer({
        set: setOf(
          document({ targets: [targetWith(names)], policies: [policy('p', [RULE_OF_KIND[kind]])] }),
        ),
        request: requestFor(['t']),
      });
    expect(decide(others).verdicts[0]?.reasons.map(({ code }) => code)).toEqual(['claim_unknown']);
    for (const name of NEEDS[kind]) {
      expect([name, decide([name]).outcome]).toEqual([name, 'allow']);
    }
  });

  test('of several requirements, each needs a claim of its own', () => {
    const spread = new Spread();
    const make = (source: Source) => ({
      names: subset(source, Object.keys(BEST) as ClaimName[], pick(source, [50, 95])),
      kinds: someOf(source, KINDS, 8),
    });
    check(make, 400, ({ names, kinds }) => {
      const rules = kinds.map((kind) => RULE_OF_KIND[kind]);
      const set = setOf(document({ targets: [targetWith(names)], policies: [policy('p', rules)] }));
      const holds = kinds.every((kind) => NEEDS[kind].some((name) => names.includes(name)));
      const { outcome } = agreedAnswer({ set, request: requestFor(['t']) });
      expect(outcome).toBe(holds ? 'allow' : 'block');
      spread.add(outcome);
    });
    spread.expectAtLeast(60, 'allow', 'block');
  });

  test('a region lies in nothing but what the one containment says', () => {
    const spread = new Spread();
    const inside: Readonly<Record<string, readonly string[]>> = {
      DE: ['DE', 'eu', 'eea'],
      US: ['US'],
      IS: ['IS', 'eea'],
      eu: ['eu', 'eea'],
      eea: ['eea'],
    };
    const make = (source: Source) => ({
      claimed: subset(source, [...REGIONS, ''], pick(source, [15, 40])),
      allowed: someOf(source, REGIONS, 50),
      headquarters: [pick(source, REGIONS)],
      name: pick(source, ['processing_regions', 'storage_regions'] as const),
    });
    check(make, 400, ({ claimed, allowed, headquarters, name }) => {
      const claims = [claim(name, claimed), claim('headquarters', headquarters)];
      const set = setOf(
        document({
          targets: [target('t', { claims })],
          policies: [policy('p', [{ kind: name, regions: allowed }])],
        }),
      );
      const lies = (region: string): boolean =>
        (inside[region] ?? []).some((one) => allowed.some((wanted) => wanted === one));
      const { outcome } = agreedAnswer({ set, request: requestFor(['t']) });
      expect(outcome).toBe(claimed.length > 0 && claimed.every(lies) ? 'allow' : 'block');
      spread.add(outcome);
    });
    spread.expectAtLeast(30, 'allow', 'block');
  });

  test.each(['global', '', 'us-east-1', 'europe', 'eu-central-1'])(
    'a claim on `%s` satisfies no residency, not even one that lists it',
    (region) => {
      const set = setOf(
        document({
          targets: [target('t', { claims: [claim('processing_regions', [region])] })],
          policies: [policy('p', [{ kind: 'processing_regions', regions: [region, 'eu', 'US'] }])],
        }),
      );
      expect(agreedAnswer({ set, request: requestFor(['t']) }).outcome).toBe('block');
    },
  );
});
