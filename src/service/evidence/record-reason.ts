import type { Reason } from '../../core/model/reason';
import type { Capture } from './capture';
import { recordPlace } from './record-claim';
import type { RecordedReason } from './recorded-decision';

/** Writes reasons as records have them. */
export type RecordReason = (reason: Reason) => RecordedReason;

/** What of a request can stand in a reason: names, preferences, and what candidates bring; see `expected`, `observed`. */
const SPOKEN = /^(?:models?$|preferences\.|candidates\.(?!claims\.evidence$))/;

/** Where an expression fails, its reason repeats what the library says, and that may be an attribute. */
const FAILED: Reason['state'] = 'error';

const KEPT = new WeakMap<Reason, RecordedReason>();

/**
 * Creates a writer of reasons for a request that is recorded already. Reasons are sentences, in which a part cannot be
 * told from the rest: where something that could stand in one was withheld, its texts are withheld with it.
 */
export function createReasonRecorder(capture: Capture): RecordReason {
  const isHidden = capture.withheld.some((path) => SPOKEN.test(path));
  const failuresAreHidden = capture.withheld.some((path) => path.startsWith('attributes'));
  return (reason) =>
    isHidden || (failuresAreHidden && reason.state === FAILED)
      ? makeReason(reason, (path) => capture.withhold(path))
      : keptReason(reason, capture);
}

/** Kept where nothing is withheld: the engine gives the same reasons again and again. */
function keptReason(reason: Reason, capture: Capture): RecordedReason {
  const known = KEPT.get(reason);
  if (known !== undefined) return known;
  const before = capture.withheld.length;
  const made = makeReason(reason, (path, text) => capture.line(path, text));
  if (capture.withheld.length === before) KEPT.set(reason, made);
  return made;
}

function makeReason(reason: Reason, write: Capture['line']): RecordedReason {
  const { code, layer, state, policy, requirement, claim, position, claimPosition } = reason;
  return {
    code,
    layer,
    ...present({ policy, requirement, claim }),
    state,
    ...present({
      expected: write('reasons.expected', reason.expected),
      observed: write('reasons.observed', reason.observed),
    }),
    ...(position === undefined ? {} : { source: recordPlace(position) }),
    ...(claimPosition === undefined ? {} : { claimSource: recordPlace(claimPosition) }),
  };
}

/** Those that say something. */
function present<K extends string>(
  texts: Readonly<Record<K, string>>,
): Partial<Readonly<Record<K, string>>> {
  const found = Object.entries<string>(texts).filter(([, text]) => text !== '');
  return Object.fromEntries(found) as Partial<Record<K, string>>;
}
