import type { Verdict } from '../../core/model/decision';
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
  const chunks = [DecideResponse.encode(frameToWire(answer)).finish()];
  let bytes = chunks[0]?.length ?? 0;
  for (const verdict of decision.eligible) bytes += add(chunks, chunksOf(verdict, detail).eligible);
  for (const verdict of decision.verdicts) bytes += add(chunks, chunksOf(verdict, detail).verdict);
  return bytes > MAX_ANSWER_BYTES ? encodeWhole(answer) : concatChunks(chunks, bytes);
}

function add(chunks: Uint8Array[], chunk: Uint8Array): number {
  chunks.push(chunk);
  return chunk.length;
}

function encodeWhole(answer: Answer): Uint8Array {
  return DecideResponse.encode(answerToWire(answer)).finish();
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
