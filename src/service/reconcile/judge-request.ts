import type { LinePlace } from '../../ports/log-lines';
import type { RequestLine } from './envoy-line';
import { findDecision } from './find-decision';
import type { ReconcileFinding } from './findings';
import { isSameList } from './ledger';
import type { Ledger, LedgerEntry } from './ledger';

/** Targets that Envoy is told of at most; a test holds it against what Check answers. */
const MAX_NAMED_TARGETS = 64;

/** The cluster without endpoints that ends every list. */
const DEAD_END = 'deny';

/** What is wrong with one request's line alone; `entry` is there if its decision is known. */
export interface RequestJudgement {
  readonly finding?: ReconcileFinding;
  readonly entry?: LedgerEntry;
}

/** Holds what Envoy was told of a request against the record of the decision. */
export function judgeRequest(
  ledger: Ledger,
  line: RequestLine,
  place: LinePlace,
): RequestJudgement {
  const { decisionId, requestId } = line;
  // Ambit was not asked, or did not answer: nothing may have been sent.
  if (decisionId === '' && !wasSent(line)) return {};
  const found = findDecision(ledger, { what: 'a request', decisionId, requestId, place });
  if ('finding' in found) return found;
  const { entry } = found;
  const decided = { decisionId, requestId, decisionPlace: entry.place };
  if (wasSent(line) && !namedTargets(entry).includes(line.target)) {
    const message = `a request reached \`${line.target}\`, which its decision does not name`;
    return { entry, finding: { code: 'ineligible_target', message, place, ...decided } };
  }
  const differing = differencesOf(entry, line);
  if (differing.length === 0) return { entry };
  const fields = differing.map((field) => `\`${field}\``).join(', ');
  const message = `a request was given another ${fields} than the decision records`;
  return { entry, finding: { code: 'metadata_disagrees', message, place, ...decided } };
}

/** True if a request reached a target, by its own line. */
export function wasSent({ target, attempts }: Pick<RequestLine, 'target' | 'attempts'>): boolean {
  return attempts > 0 && target !== '' && target !== DEAD_END;
}

function differencesOf(entry: LedgerEntry, line: RequestLine): readonly string[] {
  const told = namedTargets(entry);
  return [
    ...(outcomesTold(entry, told).includes(line.outcome) ? [] : ['outcome']),
    ...(isSameList(line.eligible, told) ? [] : ['eligible']),
    ...(line.bundle === entry.bundle ? [] : ['bundle']),
  ];
}

/** The targets that Envoy is told of. A list of models is an answer of its own, and names none. */
export function namedTargets({
  via,
  targets,
}: Pick<LedgerEntry, 'via' | 'targets'>): readonly string[] {
  return via === 'list' ? [] : targets.slice(0, MAX_NAMED_TARGETS);
}

function outcomesTold({ via, outcome }: LedgerEntry, told: readonly string[]): readonly string[] {
  // One model may be blocked, or served by nothing, where a list of all of them is not.
  if (via === 'list') return outcome === 'block' ? ['BLOCK'] : ['LIST', 'BLOCK'];
  // What only its provider makes known is never named to Envoy, and where nothing else is left, it is told to block.
  return [told.length === 0 ? 'BLOCK' : outcome.toUpperCase()];
}
