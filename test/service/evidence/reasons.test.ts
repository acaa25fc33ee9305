import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import type { Claim, ClaimName } from '../../../src/core/model/claim';
import type { Policy, TargetList } from '../../../src/core/model/policy';
import type { Candidate, DecisionRequest, RequestContext } from '../../../src/core/model/request';
import type { RequirementRule } from '../../../src/core/model/requirement';
import { claimsOf } from '../../../src/core/requirements/registry';
import { compileCel } from '../../../src/dialects/expression/cel-compiler';
import type { RecordedDecision } from '../../../src/service/evidence/recorded-decision';
import { NOW_MS, somewhere } from '../../generators/alphabet';
import { RULE_OF_KIND } from '../../laws/support/rules';
import { claim, document, policy, requestFor, setOf, target } from '../../laws/support/small-world';
import { holds } from './support/canaries';
import { recordOf } from './support/record-of';

const CANARY = { kind: 'prompt', text: 'a prompt of CANARY7', mark: 'CANARY7' };
const NAME = 'name-of-ours';

/** What is answered and recorded where this stands under these policies. */
interface Seen {
  readonly isAnswered: boolean;
  readonly record: RecordedDecision;
}

function see(policies: readonly Policy[], request: DecisionRequest): Seen {
  const targets = [target('one', { claims: [claim('label:tier', 'stated')] })];
  const acme = { id: 'acme', aliases: [], models: 'any' as const, claims: [] };
  const providers = [{ ...acme, position: somewhere() }];
  const bundle = compileBundle(setOf(document({ policies, providers, targets })), 'sha256:test');
  const answered = decide(bundle, request, NOW_MS).verdicts.flatMap(({ reasons }) =>
    reasons.map(({ expected, observed }) => [expected, observed]),
  );
  return { isAnswered: holds(answered, CANARY), record: recordOf({ bundle, request }) };
}

const reasonsOf = ({ record }: Seen) => record.blocked.flatMap(({ reasons }) => reasons);

/** Fails unless a text stands in the answer's reasons where it is a prompt, not in the record, and does where it is a name. */
function expectWithheld(policies: readonly Policy[], ask: (text: string) => DecisionRequest): void {
  const prompt = see(policies, ask(CANARY.text));
  expect(prompt.isAnswered).toBe(true);
  expect(holds(prompt.record, CANARY)).toBe(false);
  expect(prompt.record).toMatchObject({ outcome: 'block', replayable: false });
  expect(JSON.stringify(reasonsOf(prompt))).toContain('(withheld)');
  const name = see(policies, ask(NAME));
  expect(JSON.stringify(reasonsOf(name))).toContain(NAME);
  expect(name.record).not.toHaveProperty('withheld');
}

const LISTS: readonly ClaimName[] = ['processing_regions', 'storage_regions', 'headquarters'];

/** What a rule reads, as a candidate could state it. */
function inlineClaims(rule: RequirementRule, text: string): readonly Claim[] {
  return claimsOf(rule).map((name) => claim(name, LISTS.includes(name) ? [text] : text));
}

const owned = (candidate: Omit<Candidate, 'ref'>): DecisionRequest => ({
  ...requestFor([candidate]),
  caller: { rewritesModel: true, ownsClaims: true },
});

/** An expression over any value reads a text as false only where it says so. */
const RULES: readonly RequirementRule[] = Object.values(RULE_OF_KIND).map((rule) =>
  rule.kind === 'expression' ? { ...rule, program: () => ({ holds: false }) } : rule,
);

/** Of these, an answer tells the assurance and not the value. */
const SILENT: readonly RequirementRule['kind'][] = ['minimum_assurance'];

describe('what a candidate claims', () => {
  const speaking = RULES.filter(({ kind }) => !SILENT.includes(kind));

  it.each(speaking.map((rule) => [rule.kind, rule] as const))(
    'is in no reason of %s',
    (_, rule) => {
      expectWithheld([policy('p', [rule])], (text) =>
        owned({ target: 'one', claims: inlineClaims(rule, text) }),
      );
    },
  );

  it('is in no reason of a shadow policy', () => {
    const rule = RULE_OF_KIND.labels;
    const shadow = policy('s', [rule], { mode: 'shadow' });
    const ask = owned({ target: 'one', claims: inlineClaims(rule, CANARY.text) });
    const { record } = see([policy('p', []), shadow], ask);
    expect(record.shadow).toMatchObject([{ reasons: [{ observed: '(withheld)' }] }]);
    expect(holds(record, CANARY)).toBe(false);
  });

  it('is in no reason of a warn policy that gave way', () => {
    const rule = RULE_OF_KIND.labels;
    const ask = owned({ target: 'one', claims: inlineClaims(rule, CANARY.text) });
    const { record } = see([policy('w', [rule], { mode: 'warn' })], ask);
    expect(record).toMatchObject({
      outcome: 'warn',
      eligible: [{ unmet: [{ observed: '(withheld)' }] }],
      replayable: false,
    });
    expect(holds(record, CANARY)).toBe(false);
  });
});

test.each([RULE_OF_KIND.processing_regions, RULE_OF_KIND.storage_regions])(
  'the region that a candidate names is in no reason of $kind',
  (rule) => {
    expectWithheld([policy('p', [rule])], (region) =>
      requestFor([{ target: 'one', region, claims: [] }]),
    );
  },
);

const list = (subject: TargetList['subject'], effect: TargetList['effect']): TargetList => {
  const pattern = subject === 'provider' ? { provider: 'acme' } : { model: 'm' };
  const entry = { pattern, text: 'acme', future: false, position: somewhere() };
  return { subject, effect, entries: [entry], position: somewhere() };
};

describe('what lists do not name', () => {
  it('is in no reason, where it is a provider', () => {
    expectWithheld([policy('p', [], { lists: [list('provider', 'allow')] })], (provider) =>
      requestFor([{ provider, model: 'm', claims: [] }]),
    );
  });

  it('is in no reason, where it is a model', () => {
    expectWithheld([policy('p', [], { lists: [list('model', 'allow')] })], (model) =>
      requestFor([{ provider: 'acme', model, claims: [] }]),
    );
  });

  it.each(['provider', 'model'] as const)(
    'is in no record, where a deny list is of a %s',
    (subject) => {
      const denying = policy('p', [], { lists: [list(subject, 'deny')] });
      const candidate = { provider: 'acme', model: 'm', credential: CANARY.text, claims: [] };
      const { record } = see([denying], requestFor([candidate]));
      expect(record.blocked[0]?.reasons).toContainEqual(
        expect.objectContaining({ code: `${subject}_denied`, observed: '(withheld)' }),
      );
      expect(holds(record, CANARY)).toBe(false);
    },
  );
});

type Words = (text: string) => Partial<RequestContext>;

/** What of a request's own filters stands in reasons. */
const FILTERS: readonly (readonly [string, Words])[] = [
  ['a pin', (text) => ({ model: `${text}/m`, modelIdStyle: 'pin' })],
  ['only', (text) => ({ preferences: { only: [text] } })],
  ['ignore', (text) => ({ preferences: { ignore: ['acme', text] } })],
  ['quantizations', (text) => ({ preferences: { quantizations: [text] } })],
  ['processing regions', (text) => ({ preferences: { processingRegions: [text] } })],
];

test.each(FILTERS)('%s is in no reason of a request that asks for it', (_, words) => {
  expectWithheld([policy('p', [])], (text) => requestFor(['one'], words(text)));
});

test('an attribute is in no reason of an expression that fails on it', () => {
  const text = "claims['label:tier'] == 'stated' && attributes[attributes.note] == 'x'";
  const compiled = compileCel(text);
  if ('error' in compiled) throw new Error(compiled.error);
  const { claims, program } = compiled;
  const failing = policy('p', [{ kind: 'expression', text, claims, program }]);
  const asked = see(
    [failing],
    requestFor(['one'], { attributes: new Map([['note', CANARY.text]]) }),
  );
  expect(asked.isAnswered).toBe(true);
  expect(reasonsOf(asked)).toMatchObject([{ code: 'evaluation_error', observed: '(withheld)' }]);
  expect(holds(asked.record, CANARY)).toBe(false);
  expect(asked.record.withheld).toContain('attributes');
});
