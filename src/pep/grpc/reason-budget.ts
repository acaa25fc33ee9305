import type { Decision, Verdict } from '../../core/model/decision';
import type { Reason } from '../../core/model/reason';
import { MAX_ANSWER_BYTES } from '../limits';

/** Up to so many reasons an answer is far below the limit, and is not measured. */
const UNMEASURED_REASONS = 512;

/** Bytes of tags, lengths, enum values and line numbers around the texts of a reason or verdict, generously. */
const FRAME_BYTES = 64;

/** How the verdicts of an answer show their reasons. */
export interface ReasonBudget {
  /** Reasons of each verdict at most; at least 1. */
  readonly reasonsEach: number;
  /** True: codes only, because not even one whole reason for each verdict fits. */
  readonly codesOnly: boolean;
}

/** All reasons, whole. */
export const FULL_REASONS: ReasonBudget = { reasonsEach: Infinity, codesOnly: false };

/** How many reasons fit into the answer: as many as possible, the same for each verdict. */
export function budgetReasons(
  verdicts: readonly Verdict[],
  block: Decision['block'],
): ReasonBudget {
  const count = verdicts.reduce((sum, { reasons }) => sum + reasons.length, 0);
  if (count <= UNMEASURED_REASONS) return FULL_REASONS;
  const bytesAt: number[] = [];
  let frameBytes = block === undefined ? 0 : bytesOf(block.body) + bytesOf(block.message);
  for (const verdict of verdicts) {
    frameBytes += FRAME_BYTES + 2 * bytesOf(verdict.ref) + bytesOf(verdict.target);
    if (verdict.eligible) frameBytes += bytesOf(verdict.sendModel);
    verdict.reasons.forEach((reason, index) => {
      bytesAt[index] = (bytesAt[index] ?? 0) + reasonBytes(reason);
    });
  }
  return fit(bytesAt, MAX_ANSWER_BYTES - frameBytes);
}

function fit(bytesAt: readonly number[], roomBytes: number): ReasonBudget {
  let usedBytes = 0;
  for (const [index, bytes] of bytesAt.entries()) {
    usedBytes += bytes;
    if (usedBytes > roomBytes) {
      return { reasonsEach: Math.max(1, index), codesOnly: index === 0 };
    }
  }
  return FULL_REASONS;
}

function reasonBytes(reason: Reason): number {
  const { code, policy, requirement, claim, expected, observed, message } = reason;
  const texts = [code, policy, requirement, claim, expected, observed, message];
  const files = [reason.position?.file ?? '', reason.claimPosition?.file ?? ''];
  return [...texts, ...files].reduce((sum, text) => sum + bytesOf(text), FRAME_BYTES);
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
