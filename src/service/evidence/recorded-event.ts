import type { SecurityEvent } from '../../ports/security-events';
import { isCount, isObject } from '../json-values';
import { isText, objectOf, wordOf, type Shape } from './json-shape';
import { RECORD_VERSION } from './recorded-decision';

/** The last instant that a date can be. */
const MAX_TIME_MS = 8.64e15;

const isTime: Shape = (value) => isCount(value) && value <= MAX_TIME_MS;

const isSeverity = wordOf([1, 2, 3, 4, 5]);

const isAbsentOr =
  (shape: Shape): Shape =>
  (value) =>
    value === undefined || shape(value);

const isEvent: Shape = (value) => {
  if (!isObject(value) || !isMetadata(value['metadata'])) return false;
  const { time, message, severity, severity_id: severityId, count } = value;
  const isGraded = isText(severity) && isSeverity(severityId);
  return isTime(time) && isText(message) && isGraded && isAbsentOr(isCount)(count);
};

function isMetadata(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { uid, event_code: kind, tenant_uid: tenant } = value;
  return isText(uid) && isText(kind) && isAbsentOr(isText)(tenant);
}

const isRecord = objectOf({ version: wordOf([RECORD_VERSION]), event: isEvent });

/** Reads the record of a security event, also one of a later version's kinds; undefined for what is none. */
export function readEvent(value: unknown): SecurityEvent | undefined {
  return isRecord(value) ? (value as { readonly event: SecurityEvent }).event : undefined;
}
