import type { Bundle } from '../../core/engine/bundle';
import { reliedOn } from '../../core/engine/relied-on';
import type { Claim } from '../../core/model/claim';
import type { Decision, EligibleVerdict, ShadowFinding } from '../../core/model/decision';
import type { RequestContext } from '../../core/model/request';
import type { Answer, Ask } from '../../ports/answer';
import { readsAttributes } from '../../core/engine/plan';
import { instantText } from '../json-values';
import { isServiceCode } from '../refusals';
import { createCapture, type Capture } from './capture';
import { createReasonRecorder, hidingFor, type RecordReason } from './record-reason';
import { recordRequest } from './record-request';
import { recordVerdicts, type FindClaims } from './record-verdicts';
import { someOf } from './some-of';
import { isStatedIn } from './stated-texts';
import { RECORD_VERSION, type RecordedDecision, type RecordedShadow } from './recorded-decision';

/** What a record is made from. */
export interface RecordParts {
  readonly ask: Ask;
  readonly answer: Answer;
  readonly via: string;
  /** Absent: none was loaded. */
  readonly bundle: Bundle | undefined;
  readonly nowMs: number;
  /** Absent: nobody measured. */
  readonly latencyMs?: number;
  /** Names of attributes whose values may be recorded. */
  readonly attributes: ReadonlySet<string>;
}

const US_PER_MS = 1000;

/** The record of a decision. */
export function recordDecision(parts: RecordParts): RecordedDecision {
  const { ask, answer, via, nowMs, latencyMs, attributes } = parts;
  const { decision } = answer;
  const capture = captureFor(parts);
  const { requestId } = ask;
  const caller = ask.origin?.caller ?? '';
  const request = recordRequest(ask.request, { capture, attributes });
  const hiding = hidingFor(capture);
  const recordReason = createReasonRecorder(capture, hiding);
  const findClaims = claimsFinder(parts);
  const verdicts = recordVerdicts(decision, { findClaims, capture, hiding, recordReason });
  const shadow = recordShadow(decision.shadow, { capture, recordReason });
  return {
    version: RECORD_VERSION,
    decisionId: answer.decisionId,
    ...(requestId === '' ? {} : { requestId: capture.text('requestId', requestId) }),
    at: instantText(nowMs),
    via,
    ...(caller === '' ? {} : { caller }),
    request,
    outcome: decision.outcome,
    ...recordBlock(decision),
    ...verdicts,
    policies: decision.policies.map(({ id, mode, counts }) => ({ id, mode, counts })),
    ...someOf('shadow', shadow),
    ...someOf(
      'warnings',
      decision.warnings.map(({ code }) => code),
    ),
    ...recordBundle(answer),
    ...(latencyMs === undefined ? {} : { latencyUs: Math.round(latencyMs * US_PER_MS) }),
    ...someOf('withheld', [...new Set(capture.withheld)]),
    replayable: isReplayable(parts, capture),
  };
}

function captureFor({ bundle }: RecordParts): Capture {
  return createCapture((text) => bundle !== undefined && isStatedIn(bundle, text));
}

/** Kept by verdict: the engine gives the same one only for the same candidate, policies and epoch. */
const RELIED_ON = new WeakMap<EligibleVerdict, readonly Claim[]>();

function claimsFinder({ ask, bundle, nowMs }: RecordParts): FindClaims {
  return (eligible) => {
    if (bundle === undefined) return () => [];
    const unknown = eligible.filter((verdict) => !RELIED_ON.has(verdict));
    const refs = new Set(unknown.map(({ ref }) => ref));
    const found = refs.size === 0 ? undefined : reliedOn(bundle, ask.request, nowMs, refs);
    for (const verdict of unknown) RELIED_ON.set(verdict, found?.get(verdict.ref) ?? []);
    return (verdict) => RELIED_ON.get(verdict) ?? [];
  };
}

function recordBlock({ block }: Decision): Pick<RecordedDecision, 'block'> {
  if (block === undefined) return {};
  const { code, layer, policy, httpStatus } = block;
  return { block: { code, layer, ...(policy === '' ? {} : { policy }), httpStatus } };
}

function recordShadow(
  found: readonly ShadowFinding[],
  { capture, recordReason }: { readonly capture: Capture; readonly recordReason: RecordReason },
): readonly RecordedShadow[] {
  return found.map(({ policy, ref, reasons }) => ({
    policy,
    ref: capture.text('shadow.ref', ref),
    reasons: reasons.map(recordReason),
  }));
}

function recordBundle({ bundle }: Answer): Pick<RecordedDecision, 'bundle'> {
  if (bundle === undefined) return {};
  const { digest, revision, sequence, stale } = bundle;
  return {
    bundle: { digest, ...(revision === undefined ? {} : { revision }), sequence, stale },
  };
}

/** What the service refuses by itself is no question of a bundle, and cannot be judged again. */
function isReplayable({ ask, answer, bundle }: RecordParts, { withheld }: Capture): boolean {
  const code = answer.decision.block?.code;
  if (bundle === undefined || (code !== undefined && isServiceCode(code))) return false;
  return !withheld.some((path) => counts(bundle, ask.request.context, path));
}

/** Echoes, where a claim is published, texts of reasons: they say what was decided, and decide nothing. */
const ECHOED = /^requestId$|(?:^|\.)claims\.evidence$|^reasons\./;

/** True if what stands there says only what was decided. */
export function isEchoed(path: string): boolean {
  return ECHOED.test(path);
}

/** Attributes that no policy reads and keys that none names decide nothing either. */
function counts(bundle: Bundle, { scope }: RequestContext, path: string): boolean {
  if (isEchoed(path)) return false;
  if (path.startsWith('attributes')) return readsAttributes(bundle);
  const key = [...scope.keys()].find((each) => path === `scope.${each}`);
  return key === undefined || bundle.namedScopeValues.has(key);
}
