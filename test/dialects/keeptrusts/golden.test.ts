import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { decide } from '../../../src/core/engine/decide';
import { compileBundle } from '../../../src/core/engine/compile';
import { lintSet } from '../../../src/core/lint/lint-set';
import type { Decision, Verdict } from '../../../src/core/model/decision';
import type { Finding } from '../../../src/core/model/finding';
import { DEFAULT_SETTINGS, type PolicySet } from '../../../src/core/model/policy-set';
import { formatPosition } from '../../../src/core/model/source-position';
import { checkSet } from '../../../src/core/policy/check-set';
import { createKeeptrustsDialect } from '../../../src/dialects/keeptrusts';
import { exampleOfFixture, examplesOfDocuments, type Example } from './documents';
import { requestFor } from '../../vectors/chat-request';

/** Rewrites the expected files: UPDATE_GOLDEN=1 npx jest test/dialects/keeptrusts/golden */
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';

const FOLDER = join(__dirname, '../../fixtures/keeptrusts');
const NOW_MS = Date.UTC(2026, 0, 1);
const PACKS = readdirSync(FOLDER).filter((name) => /^[^.]+\.yaml$/.test(name));

describe('the examples of both documents', () => {
  it('are all here, each as its document has it', () => {
    const order = ({ document, number }: Example): string => `${document} ${String(number)}`;
    const byOrder = (left: Example, right: Example): number =>
      order(left).localeCompare(order(right));
    const documented = examplesOfDocuments().toSorted(byOrder);
    expect(documented).toHaveLength(8);
    expect(PACKS.map(exampleOfFixture).toSorted(byOrder)).toEqual(documented);
  });

  it.each(PACKS)('%s is found and decided as its expected file says', (name) => {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    const actual = describePack(name, text);
    const expectedFile = join(FOLDER, name.replace('.yaml', '.expected.yaml'));
    if (UPDATE) writeFileSync(expectedFile, stringify(actual, { lineWidth: 0 }));
    expect(actual).toEqual(parse(readFileSync(expectedFile, 'utf8')));
  });
});

function describePack(name: string, text: string): unknown {
  const { document, findings } = createKeeptrustsDialect().parse({ name, text });
  if (document === undefined) return { findings: findings.map(describeFinding) };
  const set: PolicySet = { settings: DEFAULT_SETTINGS, documents: [{ document }] };
  const linted = [...checkSet(set), ...lintSet(set, NOW_MS)];
  const targets = document.targets.map(({ id }) => id);
  const decision = decide(compileBundle(set, 'golden'), requestFor(targets), NOW_MS);
  return {
    findings: [...findings, ...linted].map(describeFinding),
    decision: describeDecision(decision),
  };
}

function describeFinding({ severity, code, message, position }: Finding): unknown {
  return { at: formatPosition(position), level: severity, code, message };
}

function describeDecision(decision: Decision): unknown {
  const { outcome, eligible, verdicts, block, routing, policies } = decision;
  return {
    policies: policies.map(({ id, mode }) => `${id} (${mode})`),
    outcome,
    eligible: eligible.map(({ ref, sendModel }) => ({ target: ref, send_model: sendModel })),
    blocked: verdicts.filter(({ eligible: isEligible }) => !isEligible).map(describeVerdict),
    ...(block === undefined
      ? {}
      : { block: { code: block.code, http_status: block.httpStatus, message: block.message } }),
    ...(routing === undefined ? {} : { routing: describeRouting(routing) }),
  };
}

function describeVerdict({ ref, reasons }: Verdict): unknown {
  return {
    target: ref,
    because: reasons.map(({ code, requirement, state, expected, observed, position }) => ({
      code,
      ...(requirement === '' ? {} : { requirement, state, expected, observed }),
      ...(position === undefined ? {} : { required_at: formatPosition(position) }),
    })),
  };
}

function describeRouting({
  strategy,
  triggers,
  maxFallbackAttempts,
}: NonNullable<Decision['routing']>): unknown {
  return {
    ...(strategy === undefined ? {} : { strategy }),
    triggers: [...triggers],
    ...(maxFallbackAttempts === undefined ? {} : { max_fallback_attempts: maxFallbackAttempts }),
  };
}
