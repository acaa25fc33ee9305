import type { BoundDocument } from '../../src/core/model/policy-set';
import { DAY_MS, NOW_MS } from '../generators/alphabet';
import { pick } from '../generators/source';
import type { Source } from '../generators/source';
import { decisionCase } from '../generators/requests';
import { agreedAnswer, CASES, checkAgreement, countOutcome } from './support/decisions';
import { OPEN_CASES } from './support/open-cases';
import { check, Spread } from './support/runs';

/** Around the instants at which generated claims expire. */
const INSTANTS_MS = [NOW_MS - 2 * DAY_MS, NOW_MS - 1, NOW_MS, NOW_MS + 1, NOW_MS + 2 * DAY_MS];

/** A file that was read from another system's settings. */
const isForeign = ({ document: { file } }: BoundDocument): boolean => file === 'd1.yaml';

describe('the compiled evaluator answers as the naive one', () => {
  test('in verdicts, reasons, order, outcome, block, warnings and records', () => {
    const spread = new Spread();
    checkAgreement(CASES, 2_500, spread);
    spread.expectAtLeast(80, 'allow', 'warn', 'block');
    spread.expectAtLeast(
      2,
      ...['invalid_request', 'tenant_required', 'unknown_tenant', 'unknown_scope'],
      ...['no_policy_applies', 'no_candidates', 'unknown_model', 'no_compliant_provider'].map(
        (code) => `block ${code}`,
      ),
      ...['model_mismatch', 'request_pin', 'request_only', 'request_ignore', 'request_not_met'],
      ...['provider_not_allowed', 'provider_denied', 'model_not_allowed'],
      ...['model_denied', 'unknown_target', 'nested_gateway', 'conflicting_target'],
      ...['claim_contrary', 'claim_unknown', 'claim_expired', 'claim_conflicting'],
      'evaluation_error',
    );
  });

  test('where most targets are eligible', () => {
    const spread = new Spread();
    checkAgreement(OPEN_CASES, 1_200, spread);
    spread.expectAtLeast(500, 'allow');
    spread.expectAtLeast(3, 'request_no_fallback');
    spread.expectAtLeast(60, 'warn', 'block', 'claim_contrary', 'claim_unknown');
  });

  test('where files of every dialect hold beside native ones', () => {
    const spread = new Spread();
    check(OPEN_CASES, 1_500, (one) => {
      const { outcome, verdicts } = agreedAnswer(one);
      const decisive = new Set(
        verdicts.flatMap(({ reasons }) => reasons.map(({ policy }) => policy)),
      );
      for (const { document } of one.set.documents.filter(isForeign)) {
        spread.add(`${document.dialect} ${outcome}`);
        if (document.policies.some(({ id }) => decisive.has(id))) {
          spread.add(`${document.dialect} decides`);
        }
      }
    });
    for (const dialect of ['keeptrusts', 'llmgateway', 'ngrok', 'openrouter', 'vercel']) {
      spread.expectAtLeast(8, `${dialect} allow`, `${dialect} block`, `${dialect} decides`);
    }
  });

  test('at instants around every expiry', () => {
    const spread = new Spread();
    const cases = (source: Source) => ({
      nowMs: pick(source, INSTANTS_MS),
      ...decisionCase(source),
    });
    check(cases, 600, ({ nowMs, ...one }) => {
      countOutcome(agreedAnswer(one, nowMs), spread);
    });
    spread.expectAtLeast(15, 'allow', 'warn', 'block', 'claim_expired', 'claim_unknown');
  });
});
