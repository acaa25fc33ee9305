import { isCount, isObject } from '../json-values';
import { isText, objectOf, wordOf, type Shape } from './json-shape';
import { RECORD_VERSION } from './recorded-decision';

/** What is read of a security event that a trail holds, under the names of OCSF. The rest of it is anything. */
export interface RecordedEvent {
  readonly metadata: { readonly event_code: string; readonly tenant_uid?: string };
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly severity: string;
  /** How many the event stands for; absent: one. */
  readonly count?: number;
}

const isAbsentOr =
  (shape: Shape): Shape =>
  (value) =>
    value === undefined || shape(value);

const isEvent: Shape = (value) => {
  if (!isObject(value) || !isObject(value['metadata'])) return false;
  const { metadata, time, severity, count } = value;
  const isNamed = isText(metadata['event_code']) && isAbsentOr(isText)(metadata['tenant_uid']);
  return isNamed && isCount(time) && isText(severity) && isAbsentOr(isCount)(count);
};

const isRecord = objectOf({ version: wordOf([RECORD_VERSION]), event: isEvent });

/** Reads the record of a security event; undefined for what is none, or of another version. */
export function readEvent(value: unknown): RecordedEvent | undefined {
  return isRecord(value) ? (value as { readonly event: RecordedEvent }).event : undefined;
}
