import type { Reason } from '../../core/model/reason';
import type { Capture } from './capture';
import { kept } from './kept';
import { recordPlace } from './record-claim';
import type { RecordedReason } from './recorded-decision';

/** Writes reasons as records have them. */
export type RecordReason = (reason: Reason) => RecordedReason;

/** What of a request can stand in a reason: names, preferences, and what candidates bring; see `expected`, `observed`. */
const SPOKEN = /^(?:models?$|preferences\.|candidates\.(?!claims\.evidence$))/;

/** Where an expression fails, its reason repeats what the library says, and that may be an attribute. */
const FAILED: Reason['state'] = 'error';

/** The engine gives the same reasons again and again. */
const KEPT = new WeakMap<Reason, RecordedReason>();

/** Which reasons of a record are without their texts: all, those that say that something failed, or none. */
export type Hiding = 'all' | 'failures' | 'none';

/**
 * Which reasons must be without their texts where something is withheld of the request. Reasons are sentences, in which
 * a part cannot be told from the rest: where something that could stand in one was withheld, it is withheld with it.
 */
export function hidingFor({ withheld }: Pick<Capture, 'withheld'>): Hiding {
  if (withheld.some((path) => SPOKEN.test(path))) return 'all';
  return withheld.some((path) => path.startsWith('attributes')) ? 'failures' : 'none';
}

/** Creates a writer of reasons. */
export function createReasonRecorder(capture: Capture, hiding: Hiding): RecordReason {
  return (reason) =>
    hiding === 'all' || (hiding === 'failures' && reason.state === FAILED)
      ? makeReason(reason, (path) => capture.withhold(path))
      : kept(KEPT, reason, capture, () =>
          makeReason(reason, (path, text) => capture.line(path, text)),
        );
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
