import type { TopGroups } from '../../service/groups';
import type { AuditSummary, ReliedClaim } from '../../service/report/audit-report';
import type { RecordedClaim } from '../../service/evidence/recorded-decision';
import { CONTENT_PROBLEMS, type ContentProblem } from '../../service/evidence/trail-content';

/** A table of a report, the same on a page and in a terminal. */
export interface ReportTable {
  readonly title: string;
  /** What it counts, in a sentence without its full stop. */
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** Groups that are not listed, and the count of each; undefined: all are. */
  readonly others: string | undefined;
}

/** All tables of a report; empty ones are left out. */
export function reportTables(summary: AuditSummary): readonly ReportTable[] {
  const tables = [
    ...decisionTables(summary),
    claimTable(summary),
    bundleTable(summary),
    ...missingTables(summary),
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

function decisionTables(summary: AuditSummary): readonly ReportTable[] {
  return [
    {
      ...texts('Tenants', 'Decisions by tenant', ['Tenant', 'Decisions', 'Allow', 'Warn', 'Block']),
      ...listed(summary.tenants, (tenant) => [tenant ?? '(none)']),
    },
    {
      ...texts('Providers', 'Targets by provider: may receive a request, or may not', [
        ...['Provider', 'Verdicts', 'Eligible', 'Blocked'],
      ]),
      ...listed(summary.providers, (provider) => [provider]),
    },
    {
      ...texts('Blocks', 'Blocked decisions by what led to it', ['Reason', 'Policy', 'Decisions']),
      ...listed(summary.blocks, ({ code, policy }) => [code, policy]),
    },
    {
      ...texts('Rules', 'Every rule that blocked a target, in how many decisions and verdicts', [
        ...['Policy', 'Rule', 'Layer', 'Reason', 'Decisions', 'Verdicts'],
      ]),
      ...listed(summary.rules, ({ policy, requirement, layer, code }) => [
        ...[policy, requirement, layer, code],
      ]),
    },
  ];
}

function claimTable({ claims }: AuditSummary): ReportTable {
  return {
    ...texts('Claims', 'What decisions relied on, with its state at the end of the period', [
      ...['State', 'Claim', 'Assurance', 'Source', 'Evidence', 'Checked', 'Expires', 'Decisions'],
    ]),
    ...listed(claims, claimCells),
  };
}

/** Words for the states of claims. */
export const CLAIM_STATES = { expired: 'expired', soon: 'expires soon', valid: 'valid' } as const;

function claimCells({ claim, state }: ReliedClaim): readonly string[] {
  const { name, assurance, source, evidence = '', checkedAt = '', expiresAt = '' } = claim;
  const place = `${source.file}:${String(source.line)}:${String(source.column)}`;
  const [checked, expires] = [checkedAt, expiresAt].map((at) => at.slice(0, 10));
  const said = `${name}: ${valueText(claim)}`;
  return [CLAIM_STATES[state], said, assurance, place, evidence, checked ?? '', expires ?? ''];
}

function valueText({ value }: RecordedClaim): string {
  return typeof value === 'object' ? `[${value.join(', ')}]` : String(value);
}

function bundleTable({ bundles }: AuditSummary): ReportTable {
  return {
    ...texts('Bundles', 'Which policies decided, from when to when', [
      ...['Bundle', 'First decision', 'Last decision', 'Decisions'],
    ]),
    ...listed(bundles, ({ digest, first, last }) => [digest, first, last]),
  };
}

function missingTables(summary: AuditSummary): readonly ReportTable[] {
  const { gaps, folded, events, unreadable } = summary;
  const problems = Object.entries(unreadable).filter(([, count]) => count > 0);
  return [
    {
      ...texts('Gaps', 'Records that the trail says are missing', [
        ...['Why', 'Records', 'Gaps of unknown size'],
      ]),
      ...listed(gaps, (reason) => [reason]),
    },
    {
      ...texts('Folded blocks', 'Blocks that were too many for records of their own', [
        ...['Caller', 'Policy', 'Reason', 'Blocks'],
      ]),
      ...listed(folded, ({ caller, policy, code }) => [caller, policy, code]),
    },
    {
      ...texts('Security events', 'Events that are recorded', ['Kind', 'Severity', 'Events']),
      ...listed(events, ({ kind, severity }) => [kind, severity]),
    },
    {
      ...texts('Unreadable lines', 'Lines that nobody counted', ['Why', 'Lines']),
      rows: problems.map(([code, count]) => [CONTENT_PROBLEMS[code as ContentProblem], count]),
      others: undefined,
    },
  ];
}

function texts(
  title: string,
  caption: string,
  heads: readonly string[],
): Pick<ReportTable, 'title' | 'caption' | 'heads'> {
  return { title, caption, heads };
}

function listed<K, C extends string>(
  { listed: groups, others }: TopGroups<K, C>,
  cellsOf: (key: K) => readonly string[],
): Pick<ReportTable, 'rows' | 'others'> {
  const rows = groups.map(({ key, counts }) => [...cellsOf(key), ...Object.values<number>(counts)]);
  return { rows, others: othersText(others) };
}

/** The rest of a table in one line; its sums are exact, however many groups there are. */
function othersText<C extends string>({
  groups,
  areMore,
  counts,
}: TopGroups<unknown, C>['others']): string | undefined {
  if (groups === 0) return undefined;
  const sums = Object.entries<number>(counts).map(([name, count]) => `${name} ${String(count)}`);
  return `${areMore ? 'at least ' : ''}${String(groups)} others: ${sums.join(', ')}`;
}
