import type { LinePlace } from '../../ports/log-lines';
import { CODES, RECONCILE_CODES } from '../../service/reconcile/findings';
import type { ReconcileFinding, ReconcileLevel } from '../../service/reconcile/findings';
import type { Reconciliation, UnreadableLine } from '../../service/reconcile/reconciliation';
import type { Palette } from '../palette';
import { countOf, escapeText } from '../text';

/** Findings, and unreadable lines, that the text shows. The rest is counted, and is in the JSON. */
const MAX_SHOWN = 50;

/** The reconciliation for people: what was looked at, what was found, and what follows. */
export function reconciliationText(result: Reconciliation, palette: Palette): string {
  const sections = [
    countLines(result),
    infoLines(result, palette),
    ...findingBlocks(result, palette),
    ...unreadableBlocks(result, palette),
    result.advice.map((advice) => `${palette.blue('help')}: ${advice}`),
    [conclusionOf(result, palette)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function countLines({ counts }: Reconciliation): readonly string[] {
  const { decisions, attempts, requests, outside } = counts;
  const { allow, warn, block } = decisions;
  const lines = [
    `decisions  ${String(allow + warn + block)}: ${String(allow)} allow, ${String(warn)} warn, ${String(block)} block`,
    `attempts   ${String(attempts.all)}: ${String(attempts.clean)} clean`,
  ];
  if (requests.all > 0) {
    const undecided = `${String(requests.undecided)} without a decision and sent nowhere`;
    lines.push(`requests   ${String(requests.all)}: ${String(requests.clean)} clean, ${undecided}`);
  }
  if (outside > 0) lines.push(`outside    ${countOf(outside, 'line')} before or after the window`);
  return lines;
}

/** They say nothing bad, and there may be one for each request: counts are enough. */
function infoLines({ found }: Reconciliation, palette: Palette): readonly string[] {
  return CODES.filter((code) => RECONCILE_CODES[code] === 'info').flatMap((code) => {
    const count = found[code] ?? 0;
    return count === 0 ? [] : [`${palette.blue(`info[${code}]`)}: ${String(count)}`];
  });
}

function findingBlocks(
  { findings, found }: Reconciliation,
  palette: Palette,
): readonly (readonly string[])[] {
  const bad = findings.filter(({ code }) => RECONCILE_CODES[code] !== 'info');
  const all = CODES.filter((code) => RECONCILE_CODES[code] !== 'info').reduce(
    (sum, code) => sum + (found[code] ?? 0),
    0,
  );
  const blocks = bad.slice(0, MAX_SHOWN).map((finding) => findingLines(finding, palette));
  return all > blocks.length ? [...blocks, [leftOut(all - blocks.length, 'finding')]] : blocks;
}

function findingLines(finding: ReconcileFinding, palette: Palette): readonly string[] {
  const { code, message, place, decisionId, requestId, decisionPlace } = finding;
  const level = RECONCILE_CODES[code];
  const recorded = decisionPlace === undefined ? '' : `, recorded at ${placeText(decisionPlace)}`;
  return [
    `${painterOf(level, palette)(`${level}[${code}]`)}: ${palette.bold(escapeText(message))}`,
    ` ${palette.blue('-->')} ${placeText(place)}`,
    ...(decisionId === '' ? [] : [`  = decision ${escapeText(decisionId)}${recorded}`]),
    ...(requestId === '' ? [] : [`  = request ${escapeText(requestId)}`]),
  ];
}

function painterOf(level: ReconcileLevel, palette: Palette): (text: string) => string {
  return level === 'error' ? palette.red : palette.yellow;
}

function placeText({ file, line }: LinePlace): string {
  return escapeText(`${file}:${String(line)}`);
}

function unreadableBlocks(
  { unreadable, counts }: Reconciliation,
  palette: Palette,
): readonly (readonly string[])[] {
  const blocks = unreadable.slice(0, MAX_SHOWN).map((line) => unreadableLines(line, palette));
  const more = counts.unreadable - blocks.length;
  return more > 0 ? [...blocks, [leftOut(more, 'unreadable line')]] : blocks;
}

function unreadableLines({ place, problem }: UnreadableLine, palette: Palette): readonly string[] {
  return [
    `${palette.red('unreadable')}: ${palette.bold(escapeText(problem))}`,
    ` ${palette.blue('-->')} ${placeText(place)}`,
  ];
}

function leftOut(count: number, what: string): string {
  return `${countOf(count, `more ${what}`)} left out; \`--format json\` shows more of them`;
}

function conclusionOf(result: Reconciliation, palette: Palette): string {
  const { isClean, isEmpty, hasFindings, counts } = result;
  if (isClean) return `${palette.green('clean')}: no attempt that its decision does not allow`;
  if (isEmpty && !hasFindings && counts.unreadable === 0) {
    return `${palette.red('not proven')}: there is no attempt and no request to look at`;
  }
  const unread = countOf(counts.unreadable, 'line');
  if (!hasFindings) return `${palette.red('not proven')}: ${unread} cannot be read`;
  const tail = counts.unreadable === 0 ? '' : `, and ${unread} cannot be read`;
  return `${palette.red('not clean')}${tail}`;
}
