import type { Reason } from '../../core/model/reason';
import type { SourcePosition } from '../../core/model/source-position';
import type {
  Reason as WireReason,
  SourcePosition as WirePosition,
} from '../../gen/ambit/v1/reason';
import { WIRE_LAYERS, WIRE_REASON_STATES } from './wire-enums';

/** Core says "does not apply" with an empty text, the wire by leaving the field out. */
export function presentText(text: string): string | undefined {
  return text === '' ? undefined : text;
}

/** Absent for what stands in no file, such as a claim that the caller stated. */
export function positionToWire(position: SourcePosition | undefined): WirePosition | undefined {
  return position === undefined || position.file === '' ? undefined : position;
}

/** The engine gives the same reason object again and again, so its wire form is kept beside it. */
const KNOWN = new WeakMap<Reason, WireReason>();

/** A reason in full. */
export function reasonToWire(reason: Reason): WireReason {
  const known = KNOWN.get(reason);
  if (known !== undefined) return known;
  const made: WireReason = {
    code: reason.code,
    policy: presentText(reason.policy),
    requirement: presentText(reason.requirement),
    claim: presentText(reason.claim),
    state: WIRE_REASON_STATES[reason.state],
    expected: presentText(reason.expected),
    observed: presentText(reason.observed),
    message: reason.message,
    source: positionToWire(reason.position),
    claimSource: positionToWire(reason.claimPosition),
    layer: WIRE_LAYERS[reason.layer],
  };
  KNOWN.set(reason, made);
  return made;
}

/** A reason as DETAIL_SUMMARY has it. */
export function summaryToWire({ code, state, layer }: Reason): WireReason {
  return {
    code,
    state: WIRE_REASON_STATES[state],
    layer: WIRE_LAYERS[layer],
    message: '',
    source: undefined,
    claimSource: undefined,
  };
}
