import { formatPosition } from '../../core/model/source-position';
import type {
  PreviewChange,
  PreviewDocument,
  PreviewExpiry,
  PreviewModelChange,
} from '../../service/preview-document';
import type { Palette } from '../palette';
import { countOf, escapeText } from '../text';
import { instantWords, modelWords, nameList, subjectOf } from './preview-words';

/** Instants, and models and claims of one, that are shown. */
const MAX_INSTANTS = 5;
const MAX_MODELS = 5;
const MAX_CLAIMS = 3;

/** What changes at which of the next instants, and through which claims. */
export function changeLines({ changes }: PreviewDocument, palette: Palette): readonly string[] {
  const { list, notLookedAt } = changes;
  const shown = list.slice(0, MAX_INSTANTS);
  const left = list.length - shown.length;
  if (shown.length === 0 && notLookedAt === 0) return [];
  return [
    palette.bold('what changes next'),
    ...shown.flatMap((change) => instantLines(change, palette)),
    ...(left > 0
      ? [`  and at ${countOf(left, 'later instant')}: --format json has all of them`]
      : []),
    ...(notLookedAt > 0
      ? [`  ${countOf(notLookedAt, 'later instant')} not looked at: --now TIME looks further`]
      : []),
  ];
}

function instantLines(change: PreviewChange, palette: Palette): readonly string[] {
  const { at, claims, models } = change;
  const shown = models.slice(0, MAX_MODELS);
  const left = models.length - shown.length;
  const leftClaims = claims.length - MAX_CLAIMS;
  return [
    `  from ${palette.bold(instantWords(at))}`,
    ...claims.slice(0, MAX_CLAIMS).map((claim) => `    ${claimWords(claim, palette)}`),
    ...(leftClaims > 0 ? [`    and ${countOf(leftClaims, 'more claim')} expired`] : []),
    ...shown.flatMap((model) => modelChangeLines(model, palette)),
    ...(left > 0 ? [`    and ${countOf(left, 'more model')}`] : []),
  ];
}

function claimWords({ level, id, claim, position }: PreviewExpiry, palette: Palette): string {
  const place = palette.dim(escapeText(formatPosition(position)));
  return `${palette.yellow('expired')} ${escapeText(`${claim} of ${level} ${id}`)}  ${place}`;
}

function modelChangeLines(model: PreviewModelChange, palette: Palette): readonly string[] {
  const { from, to, becomesBlocked, becomesEligible } = model;
  const turn = from === to ? `still ${to}` : `${from} becomes ${to}`;
  const paint = to === 'block' ? palette.red : to === 'warn' ? palette.yellow : palette.green;
  const blocked = becomesBlocked.map(({ ref, reasons }) => {
    const why = [...new Set(reasons.map((reason) => `${reason.state} ${subjectOf(reason)}`))];
    return `      ${palette.red('x')} ${escapeText(`${ref}: ${nameList(why)}`)}`;
  });
  const eligible = becomesEligible.map((ref) => `      ${palette.green('+')} ${escapeText(ref)}`);
  return [`    ${paint(turn)} ${escapeText(modelWords(model))}`, ...blocked, ...eligible];
}
