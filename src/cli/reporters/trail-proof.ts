import type { TrailFinding, TrailProof } from '../../service/trail/verify-trail';
import type { Palette } from '../palette';
import { countOf, escapeText } from '../text';

/** A proof, and what it was asked about. */
export interface ShownProof {
  readonly proof: TrailProof;
  readonly directory: string;
  readonly hasHead: boolean;
}

/** The proof for programs. */
export function trailProofDocument({ proof, directory, hasHead }: ShownProof): unknown {
  const { segments, sealed, chained, finding } = proof;
  return {
    apiVersion: 'ambit/v1',
    kind: 'TrailProof',
    proven: finding === undefined && chained.sequence > 0,
    directory,
    segments,
    sealed,
    chained,
    headGiven: hasHead,
    ...(finding === undefined ? {} : { finding }),
  };
}

/** The proof for people: how far it reaches, and where it ends too early. */
export function trailProofText(shown: ShownProof, palette: Palette): string {
  const { proof, directory, hasHead } = shown;
  const { segments, sealed, chained, finding } = proof;
  const lines = [
    `segments  ${String(segments)}`,
    `sealed    to line ${String(sealed.sequence)}`,
    `chained   to line ${String(chained.sequence)}  ${chained.hash}`,
    '',
    ...(finding === undefined ? [] : findingLines(finding, directory, palette)),
    conclusionOf(proof, palette),
  ];
  const isOpen = finding === undefined && chained.sequence > 0 && !hasHead;
  if (isOpen)
    lines.push(
      `${palette.blue('help')}: with \`--head\`, lines that were cut off at the end are missed, too`,
    );
  return `${lines.join('\n')}\n`;
}

function findingLines(
  { code, message, file, line }: TrailFinding,
  directory: string,
  palette: Palette,
): readonly string[] {
  const place = `${directory}/${file}${line === undefined ? '' : `:${String(line)}`}`;
  return [
    `${palette.red(`error[${code}]`)}: ${palette.bold(escapeText(message))}`,
    ` ${palette.blue('-->')} ${escapeText(place)}`,
    '',
  ];
}

function conclusionOf({ sealed, chained, finding }: TrailProof, palette: Palette): string {
  if (finding !== undefined) {
    return `${palette.red('not proven')}: nothing behind line ${String(chained.sequence)}, and signed to line ${String(sealed.sequence)}`;
  }
  if (chained.sequence === 0) return `${palette.red('not proven')}: there is no line`;
  const open = chained.sequence - sealed.sequence;
  const tail = open === 0 ? '' : `; ${countOf(open, 'line')} behind them not signed yet`;
  return `${palette.green('proven')}: ${countOf(sealed.sequence, 'line')} as written and signed${tail}`;
}
