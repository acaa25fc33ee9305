import type { Claim } from '../../core/model/claim';
import type { SourcePosition } from '../../core/model/source-position';
import { instantText } from '../json-values';
import type { Capture } from './capture';
import type { RecordedClaim, RecordedPlace } from './recorded-decision';

/** A claim as records have it. `path` names it in what is withheld. */
export function recordClaim(claim: Claim, capture: Capture, path: string): RecordedClaim {
  const { name, value, assurance, position, evidence, checkedAtMs, expiresAtMs } = claim;
  const { apis, features } = claim;
  const own = (text: string): string => capture.text(`${path}.value`, text);
  const words = Array.isArray(value) ? (value as readonly string[]).map(own) : undefined;
  return {
    name: capture.text(`${path}.name`, name),
    value: words ?? (typeof value === 'string' ? own(value) : value),
    assurance,
    source: recordPlace(position),
    ...(evidence === undefined ? {} : { evidence: capture.address(`${path}.evidence`, evidence) }),
    ...(checkedAtMs === undefined ? {} : { checkedAt: instantText(checkedAtMs) }),
    ...(expiresAtMs === undefined ? {} : { expiresAt: instantText(expiresAtMs) }),
    ...(apis === undefined ? {} : { apis }),
    ...(features === undefined ? {} : { features }),
  };
}

/** A place without its end, which is for excerpts. */
export function recordPlace({ file, line, column }: SourcePosition): RecordedPlace {
  return { file, line, column };
}
