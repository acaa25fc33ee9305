import {
  NOT_REPLAYED,
  REPLAY_CODES,
  type NotReplayed,
  type ReplayFinding,
  type ReplayReport,
} from '../../service/replay/replay-report';
import type { Palette } from '../palette';
import { countOf, escapeText, missingRecords } from '../text';

/** Findings that are shown to people; the rest is counted. */
const MAX_SHOWN = 20;

/** A replay for people: what was decided again, what was not and why, and what comes out differently. */
export function replayText(
  report: ReplayReport,
  { directory }: { readonly directory: string },
  palette: Palette,
): string {
  const { findings } = report;
  const shown = findings.kept.slice(0, MAX_SHOWN);
  const more = findings.count - shown.length;
  const lines = [
    ...countLines(report),
    '',
    ...shown.flatMap((finding) => [...findingLines(finding, directory, palette), '']),
    ...(more > 0 ? [`and ${String(more)} more`, ''] : []),
    conclusionOf(report, palette),
    ...unknownLines(report, palette),
  ];
  return `${lines.join('\n')}\n`;
}

function countLines(report: ReplayReport): readonly string[] {
  const { decisions, replayed, differing, notReplayed, folded, withdrawn } = report;
  const { missing, missingUnknown } = report;
  const reasons = Object.entries(NOT_REPLAYED) as [NotReplayed, string][];
  const skipped = reasons
    .filter(([why]) => notReplayed[why] > 0)
    .map(([why, words]) => `not        ${String(notReplayed[why])}: ${words}`);
  return [
    `decisions  ${String(decisions)}`,
    `replayed   ${String(replayed)}: ${String(replayed - differing)} the same, ${String(differing)} other`,
    ...skipped,
    ...(folded === 0
      ? []
      : [`folded     ${countOf(folded, 'block')} without a record of their own`]),
    ...(withdrawn === 0
      ? []
      : [`withdrawn  ${countOf(withdrawn, 'decision')} that nobody was answered with`]),
    ...(missing + missingUnknown === 0
      ? []
      : [`missing    ${missingRecords(missing, missingUnknown)}, as the trail says`]),
  ];
}

function findingLines(
  finding: ReplayFinding,
  directory: string,
  palette: Palette,
): readonly string[] {
  const { code, place } = finding;
  return [
    `${palette.red(`error[${code}]`)}: ${palette.bold(REPLAY_CODES[code])}`,
    ` ${palette.blue('-->')} ${escapeText(`${directory}/${place.file}:${String(place.line)}`)}`,
    ...detailLines(finding).map((line) => `  = ${escapeText(line)}`),
  ];
}

function detailLines(finding: ReplayFinding): readonly string[] {
  if (finding.code === 'unusable_bundle')
    return [`${finding.digest}: ${PROBLEMS[finding.problem]}`];
  if (!('decisionId' in finding)) return [];
  const parts = 'parts' in finding ? `: ${finding.parts.join(', ')}` : '';
  return [`decision ${finding.decisionId}${parts}`];
}

type BundleProblem = Extract<ReplayFinding, { readonly code: 'unusable_bundle' }>['problem'];

const PROBLEMS: Readonly<Record<BundleProblem, string>> = {
  unreadable: 'the file cannot be read',
  malformed: 'the file is no stored bundle',
  not_loadable: 'its texts do not load',
  other_digest: 'its texts load as another bundle, so that they, or what loads them, have changed',
};

function conclusionOf({ findings, replayed, decisions }: ReplayReport, palette: Palette): string {
  if (findings.count > 0)
    return `${palette.red('not the same')}: ${countOf(findings.count, 'finding')}`;
  if (decisions === 0)
    return `${palette.red('nothing shown')}: no decision is recorded there, or in the time that was asked for`;
  if (replayed === 0) return `${palette.red('nothing shown')}: no decision could be decided again`;
  const all = replayed === decisions ? 'all ' : '';
  const left = decisions - replayed;
  const tail = left === 0 ? '' : `; ${countOf(left, 'other')} not decided again`;
  return `${palette.green('the same')}: ${all}${countOf(replayed, 'decision')} as recorded${tail}`;
}

function unknownLines(
  { unknownBundles: { listed, others } }: ReplayReport,
  palette: Palette,
): readonly string[] {
  if (listed.length === 0) return [];
  const rest = others.groups === 0 ? '' : `, and ${String(others.groups)} more`;
  const names = listed.map(
    ({ key, counts }) => `  ${escapeText(key)} (${String(counts.decisions)})`,
  );
  return [
    `${palette.blue('help')}: these bundles are not stored there, \`--bundles DIR\` names another place${rest}:`,
    ...names,
  ];
}
