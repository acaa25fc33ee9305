import { ASSURANCES, CONTRACTUAL_CLAIMS, type Claim, type ClaimName } from '../model/claim';
import type { ClaimReading } from '../model/requirement';
import type { TargetFacts } from '../requirements/requirement-kind';
import type { Statement } from './bundle';
import { inSight, type CatalogView, type ClaimSight } from './catalog-view';
import type { SubjectTables } from './claim-tables';
import { covers, type Situation } from './situation';

/** All that reading a subject's claims takes. */
export interface ReadingContext {
  readonly view: CatalogView;
  readonly tables: SubjectTables;
  readonly situation: Situation;
  readonly nowMs: number;
}

/** Reads a claim of the catalog: the most specific level that states it, in sight, wins (L13). */
export function readCatalogClaim(
  context: ReadingContext,
  sight: ClaimSight,
  name: ClaimName,
): ClaimReading {
  if (context.tables.isForeign(sight)) return { state: 'unknown' };
  const onlyCredential = CONTRACTUAL_CLAIMS.has(name) && context.tables.isCustomers(sight);
  for (const { level, statements } of levelsOf(context, name)) {
    if (onlyCredential && level !== 'credential') break;
    const visible = statements.filter(({ document }) => context.view.visible[document] === true);
    const seen = visible.filter(({ document }) => inSight(context.view, document, sight));
    if (seen.length > 0) return judgeStatements(context, seen, visible);
  }
  return { state: 'unknown' };
}

/** The statements of a claim by level, most specific first; the two credential tables are one level. */
function levelsOf(
  { tables }: ReadingContext,
  name: ClaimName,
): readonly { readonly level: string; readonly statements: readonly Statement[] }[] {
  const levels: { level: string; statements: readonly Statement[] }[] = [];
  for (const table of tables.tables) {
    const statements = table.statements.get(name);
    if (statements === undefined) continue;
    const last = levels.at(-1);
    if (last?.level === table.level) last.statements = [...last.statements, ...statements];
    else levels.push({ level: table.level, statements });
  }
  return levels;
}

/** Several statements must agree, even those of files that the reader does not rely on. */
function judgeStatements(
  context: ReadingContext,
  seen: readonly Statement[],
  visible: readonly Statement[],
): ClaimReading {
  const claims = visible.map(({ claim }) => claim);
  if (claims.some((claim) => !sameValue(claim, claims[0]))) return { state: 'conflicting', claims };
  return bestReading(seen.map(({ claim }) => judgeStatement(context, claim)));
}

/**
 * Claims of one value: one that is in force and covered is enough. Of several, the best founded counts, then the
 * one that was checked last, so that the order of files decides nothing.
 */
export function bestReading(readings: readonly ClaimReading[]): ClaimReading {
  const [best] = readings
    .filter((reading) => reading.state === 'stated')
    .sort((left, right) => compareFounding(right.claim, left.claim));
  const expired = readings.find(({ state }) => state === 'expired');
  return best ?? expired ?? readings[0] ?? { state: 'unknown' };
}

/** Before every instant that a file can state. */
const NEVER_MS = Number.MIN_SAFE_INTEGER;

function compareFounding(left: Claim, right: Claim): number {
  return (
    ASSURANCES.indexOf(left.assurance) - ASSURANCES.indexOf(right.assurance) ||
    (left.checkedAtMs ?? NEVER_MS) - (right.checkedAtMs ?? NEVER_MS)
  );
}

/** A single claim by coverage and expiry. */
export function judgeStatement(
  { situation, nowMs }: Pick<ReadingContext, 'situation' | 'nowMs'>,
  claim: Claim,
): ClaimReading {
  if (claim.expiresAtMs !== undefined && claim.expiresAtMs <= nowMs)
    return { state: 'expired', claim };
  if (!covers(situation, claim)) return { state: 'unknown', uncovered: claim };
  return { state: 'stated', claim };
}

/** True if both state the same value; lists are compared as sets. */
export function sameValue(left: Claim, right: Claim | undefined): boolean {
  return right !== undefined && valueKey(left) === valueKey(right);
}

function valueKey({ value }: Claim): string {
  return typeof value === 'object' ? JSON.stringify([...value].sort()) : JSON.stringify(value);
}

/** Facts in which some claims are replaced and the others stay. */
export function layOver(
  facts: TargetFacts,
  read: (name: ClaimName) => ClaimReading | undefined,
): TargetFacts {
  return { ...facts, read: (name) => read(name) ?? facts.read(name) };
}
