import type { Decision, Verdict } from '../../core/model/decision';
import { DecideResponse, Verdict as WireVerdict } from '../../gen/ambit/v1/decision';
import type { Answer, Detail } from '../../ports/answer';
import { MAX_ANSWER_BYTES } from '../limits';
import { answerToWire, frameToWire } from './answer-to-wire';
import { concatChunks, encodeField, encodeText } from './wire-chunks';
import { FULL_REASONS } from './reason-budget';
import { verdictToWire } from './verdict-to-wire';

/** Numbers of the fields of DecideResponse whose bytes are kept. */
const ELIGIBLE = 4;
const VERDICTS = 5;

/** The bytes that a verdict adds to an answer: its own field, and its ref among the eligible ones. */
interface VerdictChunks {
  readonly verdict: Uint8Array;
  readonly eligible: Uint8Array;
}

/** The engine gives equal verdicts as one object where it can, so their bytes are kept beside them. */
type KnownChunks = WeakMap<Verdict, VerdictChunks>;

/** Traces carry the same verdicts as reasons do. */
const FULL_CHUNKS: KnownChunks = new WeakMap();
const KNOWN_CHUNKS: Readonly<Record<Detail, KnownChunks>> = {
  summary: new WeakMap(),
  reasons: FULL_CHUNKS,
  trace: FULL_CHUNKS,
};

/**
 * Encodes an answer as a DecideResponse. The bytes of its verdicts are those of earlier answers where
 * they can be; an answer near the message's limit is built anew, with its reasons cut (L5).
 */
export function encodeAnswer(answer: Answer): Uint8Array {
  const { decision, detail } = answer;
  const frame = DecideResponse.encode(frameToWire(answer)).finish();
  const body = bodyOf(decision, detail);
  if (frame.length + body.length > MAX_ANSWER_BYTES) return encodeWithinLimit(answer);
  return concatChunks([frame, body]);
}

/** The bytes of what is eligible and of all verdicts. */
interface Body {
  readonly eligible: Decision['eligible'];
  readonly bytes: Uint8Array;
}

/** Bytes of bodies that are kept; beyond it all of them are made anew. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/** By the list of verdicts, where it cannot change; the engine gives the same list for the same candidates. */
type KnownBodies = Readonly<Record<Detail, WeakMap<Decision['verdicts'], Body>>>;

const newBodies = (): KnownBodies => ({
  summary: new WeakMap(),
  reasons: new WeakMap(),
  trace: new WeakMap(),
});

let knownBodies = newBodies();
let keptBytes = 0;

function bodyOf({ eligible, verdicts }: Decision, detail: Detail): Uint8Array {
  const known = knownBodies[detail].get(verdicts);
  if (known?.eligible === eligible) return known.bytes;
  const bytes = concatChunks([
    ...eligible.map((verdict) => chunksOf(verdict, detail).eligible),
    ...verdicts.map((verdict) => chunksOf(verdict, detail).verdict),
  ]);
  if (Object.isFrozen(verdicts) && Object.isFrozen(eligible)) {
    keepBody(verdicts, detail, { eligible, bytes });
  }
  return bytes;
}

function keepBody(verdicts: Decision['verdicts'], detail: Detail, body: Body): void {
  keptBytes += body.bytes.length;
  if (keptBytes > MAX_KEPT_BYTES) {
    knownBodies = newBodies();
    keptBytes = body.bytes.length;
  }
  knownBodies[detail].set(verdicts, body);
}

/** Traces have no bound of their own, so they go first; then reasons are cut (L5). */
function encodeWithinLimit(answer: Answer): Uint8Array {
  const wire = answerToWire(answer);
  const whole = DecideResponse.encode(wire).finish();
  if (whole.length <= MAX_ANSWER_BYTES || wire.trace === undefined) return whole;
  return encodeAnswer({ ...answer, detail: 'reasons' });
}

function chunksOf(verdict: Verdict, detail: Detail): VerdictChunks {
  const chunks = KNOWN_CHUNKS[detail];
  const known = chunks.get(verdict);
  if (known !== undefined) return known;
  const wire = verdictToWire(verdict, detail, FULL_REASONS);
  const made: VerdictChunks = {
    verdict: encodeField(VERDICTS, WireVerdict.encode(wire).finish()),
    eligible: encodeText(ELIGIBLE, verdict.ref),
  };
  chunks.set(verdict, made);
  return made;
}
