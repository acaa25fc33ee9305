import type { EligibleVerdict, Verdict } from '../core/model/decision';
import type { DecisionRequest } from '../core/model/request';
import type { Answer, Ask } from '../ports/answer';
import type { DigestOf } from '../ports/id-source';
import type { DecisionPoint } from './decision-point';
import { createPageTokens } from './page-token';
import { afterwards } from './soon';
import type { Soon } from './soon';
import type { Refusal } from './refusals';

/** What to list: `ask` has no candidates, so they are the catalog's. */
export interface ListingAsk {
  readonly ask: Ask;
  /** Why there is no decision, and the answer is that block. */
  readonly pressure: Refusal | undefined;
  /** At least 1. */
  readonly pageSize: number;
  /** Empty: the first page. */
  readonly pageToken: string;
}

/**
 * One page. Both lists are cut at the same places: over all pages they are those of the answer, which is the same
 * on each page.
 */
export interface ListingPage {
  readonly answer: Answer;
  readonly verdicts: readonly Verdict[];
  readonly eligible: readonly EligibleVerdict[];
  /** Empty: this is the last page. */
  readonly nextPageToken: string;
}

/** Lists what the catalog offers a context. `problem`: the page token is not one of this listing. */
export function listEligible(
  point: DecisionPoint,
  digestOf: DigestOf,
  { ask, pressure, pageSize, pageToken }: ListingAsk,
): Soon<ListingPage | { readonly problem: string }> {
  // A listing is one decision, so only its first page is recorded.
  const isFirst = pageToken === '';
  const answered = isFirst ? point.decide(ask, 'list', pressure) : point.judge(ask, pressure);
  return afterwards(answered, (answer) => pageOf(answer, digestOf, { ask, pageSize, pageToken }));
}

function pageOf(
  answer: Answer,
  digestOf: DigestOf,
  { ask, pageSize, pageToken }: Omit<ListingAsk, 'pressure'>,
): ListingPage | { readonly problem: string } {
  const tokens = createPageTokens(listingOf(ask, answer), digestOf);
  const start = tokens.read(pageToken);
  if ('problem' in start) return start;
  const { decision } = answer;
  const end = start.offset + pageSize;
  return {
    answer,
    verdicts: decision.verdicts.slice(start.offset, end),
    eligible: decision.eligible.slice(start.offset, end),
    nextPageToken: end < decision.verdicts.length ? tokens.write(end) : '',
  };
}

/** Everything that a page depends on: bundle, epoch, context, detail, what is demanded. */
function listingOf(ask: Ask, { bundle, decision }: Answer): string {
  const { minBundle } = ask;
  return JSON.stringify([
    bundle?.digest ?? null,
    bundle?.validUntilMs ?? null,
    decision.outcome,
    decision.block?.code ?? null,
    ask.detail,
    minBundle?.kind ?? null,
    minBundle?.kind === 'revision' ? String(minBundle.revision) : (minBundle?.digest ?? null),
    contextParts(ask.request),
  ]);
}

function contextParts({ context, caller, problems }: DecisionRequest): unknown {
  const { scope, attributes, ...others } = context;
  return [others, sortedEntries(scope), sortedEntries(attributes), caller, problems];
}

function sortedEntries(map: ReadonlyMap<string, string>): unknown {
  return [...map.entries()].sort(([left], [right]) => (left < right ? -1 : 1));
}
