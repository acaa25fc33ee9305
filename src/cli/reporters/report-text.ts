import { instantText } from '../../service/json-values';
import type { Palette } from '../palette';
import { countOf, escapeText, missingRecords } from '../text';
import { alignColumns } from './columns';
import { unreadableIn, type AuditReport } from './report-document';
import { reportTables, type ReportTable } from './report-tables';
import { isProven, nothingSigned } from './trail-report';

/** Rows of a table that the text shows; the page and the JSON have more. */
const MAX_ROWS = 20;

/** Columns of a cell beyond which it only pushes its own row. */
const MAX_WIDTH = 40;

/** A report for people. */
export function reportText(report: AuditReport, palette: Palette): string {
  const sections = [
    reportFacts(report).map(([name, words]) => `${name.padEnd(11)}${escapeText(words)}`),
    ...reportTables(report.summary).map((table) => tableLines(table, palette)),
    [conclusionOf(report, palette), ...helpOnNothing(report, palette)],
  ];
  return sections.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** What a report is about, and its sums, each with its name. */
export function reportFacts(report: AuditReport): readonly (readonly [string, string])[] {
  const { directory, tenant, proof, summary } = report;
  const { outcomes, withdrawn, withdrawnBeyond, abridged, withheld } = summary;
  const { notReplayable, unproven, claims } = summary;
  const { decisions, allow, warn, block } = outcomes;
  const { expired, soon } = claims.states;
  // Of claims that were too many to be told apart nobody knows the states.
  const least = claims.others.areMore ? 'at least ' : '';
  const tail = unproven === 0 ? '' : `; ${countOf(unproven, 'decision')} behind that`;
  return [
    ['trail', directory],
    ['period', periodWords(report)],
    ...(tenant === undefined ? [] : [['tenant', tenant] as const]),
    [
      'proof',
      proof === undefined
        ? 'not verified: no key was given'
        : proofWords(proof) + tail + HEADS[proof.head],
    ],
    [
      'decisions',
      `${String(decisions)}: ${String(allow)} allow, ${String(warn)} warn, ${String(block)} block`,
    ],
    ...withdrawnFacts(withdrawn),
    ...beyondFacts(withdrawnBeyond),
    [
      'records',
      `${String(withheld)} withhold something, ${String(notReplayable)} cannot be decided again`,
    ],
    ...abridgedFacts(abridged),
    ['missing', missingWords(report)],
    [
      'claims',
      `${least}${String(expired)} expired, ${String(soon)} expire within 30 days of the end`,
    ],
  ];
}

function withdrawnFacts(withdrawn: number): ReturnType<typeof reportFacts> {
  if (withdrawn === 0) return [];
  const words = `${countOf(withdrawn, 'decision')} recorded that nobody was answered with, and not counted here`;
  return [['withdrawn', words]];
}

function beyondFacts(beyond: number): ReturnType<typeof reportFacts> {
  if (beyond === 0) return [];
  const words = `${countOf(beyond, 'withdrawal')} more than can be held, whose decisions are counted here as answered`;
  return [['too many', words]];
}

function abridgedFacts(abridged: number): ReturnType<typeof reportFacts> {
  if (abridged === 0) return [];
  const words = `${countOf(abridged, 'record')} without claims, and some without reasons, that are not counted here`;
  return [['abridged', words]];
}

function missingWords({ tenant, summary: { gaps, folded } }: AuditReport): string {
  const whose = tenant === undefined ? '' : ', of all tenants';
  return `${missingRecords(gaps.count, gaps.unknown)}, and ${countOf(folded.count, 'block')} folded${whose}`;
}

function periodWords({ window: { fromMs, toMs }, summary }: AuditReport): string {
  const { first = 'none', last = 'none' } = summary;
  const from = fromMs === undefined ? 'the beginning' : instantText(fromMs);
  const to = toMs === undefined ? 'the end' : instantText(toMs);
  return `from ${from} to ${to}; first decision ${first}, last ${last}`;
}

/** What a head adds to the proof. */
const HEADS: Readonly<Record<NonNullable<AuditReport['proof']>['head'], string>> = {
  not_given: '; no head was given, so that a cut at the end would not show',
  found: '; the line of the head is there',
  removed: '; the line of the head was removed, as is signed',
  wrong: '; THE LINE OF THE HEAD IS NOT THERE: lines were cut off or changed',
};

function proofWords(proof: NonNullable<AuditReport['proof']>): string {
  const { findings, proven, unsealed, removed } = proof;
  const reach = `in order and signed to line ${String(proven?.sequence ?? 0)}`;
  const gone = removed === 0 ? '' : `, ${countOf(removed, 'segment')} removed and signed for`;
  if (findings.count > 0)
    return `NOT PROVEN: ${countOf(findings.count, 'finding')}; ${reach}${gone}`;
  if (!isProven(proof)) return `NOT PROVEN: ${nothingSigned(proof)}`;
  return `${reach}, ${countOf(unsealed, 'line')} not signed yet${gone}`;
}

function tableLines(table: ReportTable, palette: Palette): readonly string[] {
  const { title, caption, heads, rows, others } = table;
  const shown = rows.slice(0, MAX_ROWS);
  const cells = shown.map((row) => row.map((cell) => ({ text: escapeText(String(cell)) })));
  const head = heads.map((text) => ({ text, paint: palette.bold }));
  const left = rows.length - shown.length;
  return [
    `${palette.bold(title)}: ${caption.charAt(0).toLowerCase()}${caption.slice(1)}`,
    ...alignColumns([head, ...cells], MAX_WIDTH).map((line) => `  ${line}`),
    ...(left > 0 ? [`  and ${String(left)} more; \`--format json\` shows them`] : []),
    ...(others === undefined ? [] : [`  ${others}`]),
  ];
}

/** Of a name that is misspelt there are no decisions either. */
function helpOnNothing(report: AuditReport, palette: Palette): readonly string[] {
  const { tenant, window, summary } = report;
  const isAll = tenant === undefined && window.fromMs === undefined && window.toMs === undefined;
  if (isAll || summary.outcomes.decisions > 0) return [];
  const help =
    'no decision is of that time and tenant: see that `--from`, `--to` and `--tenant` are what you mean';
  return [`${palette.blue('help')}: ${help}`];
}

function conclusionOf({ proof, summary }: AuditReport, palette: Palette): string {
  const unread = unreadableIn(summary);
  if (proof !== undefined && !isProven(proof)) {
    const isUnsigned = proof.findings.count === 0;
    const why = isUnsigned
      ? nothingSigned(proof)
      : 'the trail is not what was written, and so are these sums';
    return `${palette.red('not proven')}: ${why}`;
  }
  if (unread > 0) return `${palette.red('not whole')}: ${countOf(unread, 'line')} cannot be read`;
  if (proof === undefined) return `${palette.blue('help')}: \`--key FILE\` proves the trail`;
  return `${palette.green('proven')}: as far as is said above`;
}
