import { decide } from '../../src/core/engine/decide';
import { compileBundle } from '../../src/core/engine/compile';
import type { Decision } from '../../src/core/model/decision';
import { DEFAULT_SETTINGS, type PolicySet } from '../../src/core/model/policy-set';
import type { Reason } from '../../src/core/model/reason';
import { checkSet } from '../../src/core/policy/check-set';
import type { PolicyDialect, SourceFile } from '../../src/ports/policy-dialect';
import { requestFor } from './chat-request';
import type { VectorAnswer } from './vector';

/** The instant of every vector; none depends on it. */
export const NOW_MS = Date.UTC(2026, 0, 1);

const REFUSED: VectorAnswer = { configError: true, outcome: 'block', eligible: [], blocked: {} };

/** One file, alone in its bundle, asked about its targets in their order. */
export interface FileQuestion {
  readonly dialect: PolicyDialect;
  readonly file: SourceFile;
  readonly targets: readonly string[];
  readonly whenNoPolicyApplies: 'block' | 'allow';
}

/** Reads the file with its real dialect, compiles the bundle and decides. */
export function answerFile(question: FileQuestion): VectorAnswer {
  const { document, findings } = question.dialect.parse(question.file);
  if (document === undefined || findings.some(({ severity }) => severity === 'error')) {
    return REFUSED;
  }
  const settings = { ...DEFAULT_SETTINGS, whenNoPolicyApplies: question.whenNoPolicyApplies };
  const set: PolicySet = { settings, documents: [{ document }] };
  if (checkSet(set).some(({ severity }) => severity === 'error')) return REFUSED;
  return answerSet(set, question.targets);
}

function answerSet(set: PolicySet, targets: readonly string[]): VectorAnswer {
  return answerOf(decide(compileBundle(set, 'vectors'), requestFor(targets), NOW_MS));
}

/** A decision in the words of an answer. */
export function answerOf(decision: Decision): VectorAnswer {
  const blocked = decision.verdicts.flatMap((verdict) =>
    verdict.eligible ? [] : [[verdict.ref, verdict.reasons.map(nameOf)] as const],
  );
  const answer = {
    configError: false,
    outcome: decision.outcome,
    eligible: decision.eligible.map(({ ref }) => ref),
    blocked: Object.fromEntries(blocked),
  };
  if (decision.block === undefined) return answer;
  const { httpStatus, code } = decision.block;
  return { ...answer, httpStatus, errorCode: code };
}

function nameOf(reason: Reason): string {
  return reason.requirement === '' ? reason.code : reason.requirement;
}
