import { undeclaredClaims } from '../../../src/core/lint/undeclared-claims';
import { viewForLint } from '../../../src/core/lint/lint-view';
import type { PolicyDocument, PolicySet } from '../../../src/core/model/policy-set';
import { DEFAULT_SETTINGS } from '../../../src/core/model/policy-set';
import { forTeam, messages, NOW_MS, pack, setOf } from './support-packs';

const ZDR = 'require_zero_data_retention: true';
const BOTH = `${ZDR}, require_no_training: true`;

function gaps(set: PolicySet): readonly string[] {
  return messages(undeclaredClaims(viewForLint(set, NOW_MS)));
}

/** The document with the mode of its policy replaced. */
function withMode(document: PolicyDocument, mode: 'warn' | 'shadow'): PolicyDocument {
  return { ...document, policies: document.policies.map((policy) => ({ ...policy, mode })) };
}

describe('undeclared claims', () => {
  it('are listed for each target and claim, at the target, with the requirement', () => {
    const set = setOf(pack('x', { a: '', b: 'zero_data_retention: true' }, BOTH));
    const findings = undeclaredClaims(viewForLint(set, NOW_MS));
    expect(messages(findings)).toEqual([
      'target `a` does not declare `zero_data_retention`, which policy `x/data-routing-policy` requires',
      'target `a` does not declare `training_opt_out`, which policy `x/data-routing-policy` requires',
      'target `b` does not declare `training_opt_out`, which policy `x/data-routing-policy` requires',
    ]);
    expect(findings[0]).toMatchObject({
      severity: 'warning',
      code: 'undeclared_claim',
      position: { file: 'x.yaml', line: 4 },
      related: [{ position: { file: 'x.yaml', line: 7 } }],
    });
    expect(findings[0]?.help).toContain('zero_data_retention: true');
  });

  it('are none where a claim is declared, met or not', () => {
    expect(gaps(setOf(pack('x', { a: 'zero_data_retention: true' }, ZDR)))).toEqual([]);
    expect(gaps(setOf(pack('x', { a: 'zero_data_retention: false' }, ZDR)))).toEqual([]);
  });

  it('are not listed for a target that something contrary keeps out anyway', () => {
    expect(gaps(setOf(pack('x', { a: 'training_opt_out: false' }, BOTH)))).toEqual([]);
  });

  it('are not listed for a target that another policy for all keeps out', () => {
    const wide = pack('w', { w: 'training_opt_out: true' }, 'require_no_training: true');
    const set = setOf(pack('x', { a: 'training_opt_out: false' }, ZDR), wide);
    expect(gaps(set).filter((message) => message.includes('`a`'))).toEqual([]);
  });

  it('are listed for a target that another policy for all only warns of', () => {
    const warning = 'require_no_training: true, on_no_compliant_provider: warn';
    const set = setOf(
      pack('x', { a: 'training_opt_out: false' }, ZDR),
      pack('w', { w: 'training_opt_out: true' }, warning),
    );
    expect(gaps(set).filter((message) => message.includes('`a`'))).toEqual([
      'target `a` does not declare `zero_data_retention`, which policy `x/data-routing-policy` requires',
    ]);
  });

  it('are listed once where several policies require them', () => {
    const set = setOf(
      pack('x', { a: '' }, ZDR),
      pack('y', { b: 'zero_data_retention: true' }, ZDR),
    );
    expect(gaps(set)).toEqual([
      'target `a` does not declare `zero_data_retention`, which policy `x/data-routing-policy` requires',
    ]);
  });

  it('are what a warn rollout is to find', () => {
    expect(gaps(setOf(withMode(pack('x', { a: '' }, ZDR), 'warn')))).toHaveLength(1);
  });

  it('are of no interest to a shadow policy, which blocks nothing', () => {
    expect(gaps(setOf(withMode(pack('x', { a: '' }, ZDR), 'shadow')))).toEqual([]);
  });

  it('are looked for in a bound file by its own policy only', () => {
    const bound = forTeam(pack('x', { a: '' }, ZDR), 'red');
    const other = forTeam(
      pack('y', { b: 'training_opt_out: true' }, 'require_no_training: true'),
      'blue',
    );
    const set = { settings: DEFAULT_SETTINGS, documents: [bound, other] };
    expect(gaps(set)).toEqual([
      'target `a` does not declare `zero_data_retention`, which policy `x/data-routing-policy` requires',
    ]);
  });

  it('are not claims that are declared for some requests, or were until they expired', () => {
    const limit = (document: PolicyDocument, change: object): PolicyDocument => ({
      ...document,
      targets: document.targets.map((target) => ({
        ...target,
        claims: target.claims.map((claim) => ({ ...claim, ...change })),
      })),
    });
    const document = pack('x', { a: 'zero_data_retention: true' }, BOTH);
    const training =
      'target `a` does not declare `training_opt_out`, which policy `x/data-routing-policy` requires';
    expect(gaps(setOf(limit(document, { apis: ['embeddings'] })))).toEqual([training]);
    expect(gaps(setOf(limit(document, { expiresAtMs: NOW_MS })))).toEqual([]);
    expect(gaps(setOf(limit(document, { expiresAtMs: NOW_MS + 1 })))).toEqual([training]);
  });

  it('are listed for a provider all of whose models are known', () => {
    const document = pack('x', { a: 'zero_data_retention: true' }, ZDR);
    const providers = document.providers.map((each) => ({ ...each, models: 'any' as const }));
    expect(gaps(setOf({ ...document, providers }))).toEqual([
      'provider `p` does not declare `zero_data_retention`, which policy `x/data-routing-policy` requires',
    ]);
  });
});
