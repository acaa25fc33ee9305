import type { Bundle } from '../../core/engine/bundle';
import { decide } from '../../core/engine/decide';
import { abridge } from './abridge';
import { askOfRecord } from './ask-of-record';
import { recordDecision } from './record-decision';
import type { RecordedDecision } from './recorded-decision';

/** The parts of a record that a bundle decides. */
const DECIDED = [
  'outcome',
  'block',
  'eligible',
  'blocked',
  'claims',
  'policies',
  'shadow',
  'warnings',
] as const;

/** A part of a record that a bundle decides. */
export type DecidedPart = (typeof DECIDED)[number];

/** Decides a recorded request again, at its instant, and names the parts that come out differently. */
export function replayRecord(record: RecordedDecision, bundle: Bundle): readonly DecidedPart[] {
  const ask = askOfRecord(record.request);
  const nowMs = Date.parse(record.at);
  const decision = decide(bundle, ask.request, nowMs);
  const { decisionId } = record;
  const answer = { requestId: '', decisionId, detail: ask.detail, decision };
  const attributes = new Set(Object.keys(record.request.attributes ?? {}));
  const whole = recordDecision({ ask, answer, via: record.via, bundle, nowMs, attributes });
  const again = record.abridged === undefined ? whole : abridge(whole, record.abridged);
  // Both are written in one way, so equal parts have equal texts.
  return DECIDED.filter((part) => JSON.stringify(record[part]) !== JSON.stringify(again[part]));
}
