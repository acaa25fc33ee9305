import type { SecurityEvent } from '../../ports/security-events';
import { isText, wordOf, type Shape } from '../evidence/json-shape';
import { isCount, isObject } from '../json-values';

/** The last instant that a date can be. */
const MAX_TIME_MS = 8.64e15;

const isTime: Shape = (value) => isCount(value) && value <= MAX_TIME_MS;

const isSeverity = wordOf([1, 2, 3, 4, 5]);

/** Reads an event that was recorded, also one of a later version's kinds; undefined for what is none. */
export function readEvent(value: unknown): SecurityEvent | undefined {
  if (!isObject(value) || !isMetadata(value['metadata'])) return undefined;
  const { time, message, severity_id: severity } = value;
  const isFit = isTime(time) && isText(message) && isSeverity(severity);
  return isFit ? (value as unknown as SecurityEvent) : undefined;
}

function isMetadata(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { uid, event_code: kind, tenant_uid: tenant } = value;
  return isText(uid) && isText(kind) && (tenant === undefined || isText(tenant));
}
