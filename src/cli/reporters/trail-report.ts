import type { TrailPosition } from '../../ports/trail';
import { linesFile } from '../../service/trail/file-names';
import { TRAIL_CODES, type TrailFinding } from '../../service/trail/trail-codes';
import type { TrailReport } from '../../service/trail/verify-trail';
import type { Palette } from '../palette';
import { countOf, escapeText } from '../text';

/** Findings that are shown to people; the rest is counted. */
const MAX_SHOWN = 20;

/**
 * True if all that is there is as it was written, and somebody has signed for some of it. A chain alone shows nothing:
 * whoever knows the public key can begin another one.
 */
export function isProven({ findings, proven }: TrailReport): boolean {
  return findings.count === 0 && proven !== undefined;
}

/** Why a trail without findings is not proven. */
export function nothingSigned({ last }: TrailReport): string {
  if (last === undefined) return 'there is no line';
  return 'nothing is signed yet, and anybody can write lines that follow each other';
}

/** The last line that is proven, for programs. */
export function sealedTo({ proven }: TrailReport): TrailPosition | null {
  return proven === undefined ? null : { sequence: proven.sequence, hash: proven.hash };
}

/** The report for programs. */
export function trailReportDocument(report: TrailReport, directory: string): unknown {
  const { findings, segments, removed, lines, unsealed, last, head } = report;
  return {
    apiVersion: 'ambit/v1',
    kind: 'TrailReport',
    proven: isProven(report),
    directory,
    ...{ segments, removedSegments: removed, lines, unsealedLines: unsealed, head },
    sealedTo: sealedTo(report),
    last: last ?? null,
    findingCount: findings.count,
    findings: findings.kept.map((each) => ({ ...each, message: TRAIL_CODES[each.code] })),
  };
}

/** The report for people: how far the trail is proven, and where it is not what was written. */
export function trailReportText(report: TrailReport, directory: string, palette: Palette): string {
  const { findings, head, segments } = report;
  const shown = findings.kept.slice(0, MAX_SHOWN);
  const isOpen = isProven(report) && head === 'not_given';
  const text = [
    ...countLines(report),
    '',
    ...shown.flatMap((finding) => findingLines(finding, directory, palette)),
    ...(findings.count > shown.length
      ? [`and ${String(findings.count - shown.length)} more`, '']
      : []),
    conclusionOf(report, palette),
    ...(head === 'removed' && isProven(report)
      ? ['the line of the head was removed, as is signed; what followed it is as written']
      : []),
    ...(isOpen ? [helpOn(palette, HEAD_HELP)] : []),
    ...(isUnsigned(report) ? [helpOn(palette, UNSIGNED_HELP)] : []),
    ...(segments === 0 ? [helpOn(palette, DIRECTORY_HELP)] : []),
    ...(isOfOtherKey(report) ? [helpOn(palette, KEY_HELP)] : []),
  ];
  return `${text.join('\n')}\n`;
}

function countLines({ segments, removed, proven, last }: TrailReport): readonly string[] {
  const gone = removed === 0 ? '' : `, ${String(removed)} removed and signed for`;
  return [
    `segments  ${String(segments)}${gone}`,
    `sealed    to line ${String(proven?.sequence ?? 0)}`,
    `head      ${last === undefined ? 'none' : `${String(last.sequence)}:${last.hash}`}`,
  ];
}

const HEAD_HELP = 'with `--head`, lines that were cut off at the end are noticed, too';

const DIRECTORY_HELP = `name the directory in which \`${linesFile(1)}\` stands`;

const KEY_HELP =
  'no key that was given signs the beginning: name the public key that this trail began with';

const UNSIGNED_HELP =
  'lines are signed together: after ten minutes, when there are many, and when Ambit stops; ask again then';

function isUnsigned({ findings, proven, last }: TrailReport): boolean {
  return findings.count === 0 && proven === undefined && last !== undefined;
}

/** Nothing at all is proven where the keys are of another trail. */
function isOfOtherKey({ findings, proven }: TrailReport): boolean {
  return proven === undefined && findings.kept.some(({ code }) => code === 'unknown_key');
}

function helpOn(palette: Palette, help: string): string {
  return `${palette.blue('help')}: ${help}`;
}

function findingLines(
  { code, file, line }: TrailFinding,
  directory: string,
  palette: Palette,
): readonly string[] {
  const place = `${directory}/${file}${line === 0 ? '' : `:${String(line)}`}`;
  return [
    `${palette.red(`error[${code}]`)}: ${palette.bold(TRAIL_CODES[code])}`,
    ` ${palette.blue('-->')} ${escapeText(place)}`,
    '',
  ];
}

function conclusionOf(report: TrailReport, palette: Palette): string {
  const { findings, proven, unsealed } = report;
  const sealed = proven?.sequence ?? 0;
  if (findings.count > 0)
    return `${palette.red('not proven')}: ${countOf(findings.count, 'finding')}; in order and signed to line ${String(sealed)}`;
  if (proven === undefined) return `${palette.red('not proven')}: ${nothingSigned(report)}`;
  const tail = unsealed === 0 ? '' : `; ${countOf(unsealed, 'line')} behind them not signed yet`;
  return `${palette.green('proven')}: ${countOf(sealed, 'line')} as written and signed${tail}`;
}
