import type { RecordedDecision } from '../evidence/recorded-decision';
import type { SummaryGroups } from './summary-groups';

/** Counts one decision under everything that it is counted by. */
export function countDecision(groups: SummaryGroups, record: RecordedDecision): void {
  countTenant(groups, record);
  countProviders(groups, record);
  countBlock(groups, record);
  countRules(groups, record);
  countClaims(groups, record);
  countBundle(groups, record);
}

function countTenant({ tenants }: SummaryGroups, { request, outcome }: RecordedDecision): void {
  const { tenant } = request;
  const { counts } = tenants.of(JSON.stringify([tenant]), () => tenant);
  counts.decisions += 1;
  counts[outcome] += 1;
}

function countProviders(
  { providers }: SummaryGroups,
  { eligible, blocked }: RecordedDecision,
): void {
  for (const [kind, verdicts] of [
    ['eligible', eligible],
    ['blocked', blocked],
  ] as const) {
    for (const { provider } of verdicts) {
      const { counts } = providers.of(provider, () => provider);
      counts.verdicts += 1;
      counts[kind] += 1;
    }
  }
}

function countBlock({ blocks }: SummaryGroups, { block }: RecordedDecision): void {
  if (block === undefined) return;
  const { code, policy = '' } = block;
  blocks.of(JSON.stringify([code, policy]), () => ({ code, policy })).counts.decisions += 1;
}

/** A rule counts once for each target that it blocked, and once for the decision. */
function countRules({ rules }: SummaryGroups, { blocked }: RecordedDecision): void {
  const seen = new Set<string>();
  for (const { code, layer, policy = '', requirement = '' } of blocked.flatMap(
    (each) => each.reasons,
  )) {
    const rule = { policy, requirement, layer, code };
    const text = JSON.stringify(rule);
    const { counts } = rules.of(text, () => rule);
    counts.verdicts += 1;
    if (!seen.has(text)) counts.decisions += 1;
    seen.add(text);
  }
}

/** Every claim that something eligible rests on, once a decision. */
function countClaims({ claims }: SummaryGroups, record: RecordedDecision): void {
  const places = new Set(record.eligible.flatMap(({ reliedOn }) => reliedOn));
  const relied = record.claims.filter((_, place) => places.has(place));
  const byText = new Map(relied.map((claim) => [JSON.stringify(claim), claim]));
  for (const [text, claim] of byText) claims.of(text, () => claim).counts.decisions += 1;
}

/** Records stand in the order of their being written, which need not be that of their instants. */
function countBundle({ bundles }: SummaryGroups, { bundle, at }: RecordedDecision): void {
  if (bundle === undefined) return;
  const { digest } = bundle;
  const { key, counts } = bundles.of(digest, () => ({ digest, first: at, last: at }));
  counts.decisions += 1;
  if (key === undefined) return;
  if (at < key.first) key.first = at;
  if (at > key.last) key.last = at;
}
