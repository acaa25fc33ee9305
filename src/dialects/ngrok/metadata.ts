import { ruleWordOf } from '../../core/lint/rule-words';
import type { Claim } from '../../core/model/claim';
import type { ValueReader } from '../yaml/reader';
import { quote, type Located } from '../yaml/source-text';

/** The form of a label's key and the length of its value, in UTF-16 units, as native files have them. */
const KEY = /^[A-Za-z][A-Za-z0-9._-]{0,63}$/u;
const MAX_VALUE_CHARS = 256;

/** Keys that promise something, whatever their value: only the label itself can be demanded. */
const PROMISING_KEY = /complian|certif|approv|allow|restrict|sensitiv|classif|private|secur/iu;

/** One entry of metadata. */
export interface Label {
  readonly key: Located<string>;
  /** What it holds, as text; undefined: it is nested, and for the gateway's own strategies. */
  readonly text: string | undefined;
  /** True if it is text as it stands: strategies compare true and numbers with no text. */
  readonly isText: boolean;
}

/**
 * The metadata of a provider as labels. A label satisfies nothing but a requirement of that very label (L2). Those
 * that are claims and look like a known rule are told by the lint of the whole set, which sees whether one is read.
 */
export function labelClaims(labels: readonly Label[]): readonly Claim[] {
  return labels.flatMap((label): readonly Claim[] => {
    if (!isClaim(label)) return [];
    const { key, text = '' } = label;
    const { position } = key;
    return [{ name: `label:${key.value}`, value: text, position, assurance: 'declared' }];
  });
}

/** The metadata of a provider. */
export function readLabels(reader: ValueReader | undefined): readonly Label[] {
  const labels = entriesOf(reader);
  for (const label of labels) {
    const isTold = isClaim(label) && ruleWordOf(label.key.value, label.text ?? '') !== undefined;
    if (!isTold) noteRule(reader, label);
  }
  return labels;
}

/** The metadata of a model, which claims nothing: a catalog says what a target is. */
export function readModelLabels(reader: ValueReader | undefined): readonly Label[] {
  const labels = entriesOf(reader);
  for (const label of labels) noteRule(reader, label);
  return labels;
}

function isClaim({ key, text }: Label): boolean {
  return text !== undefined && KEY.test(key.value);
}

function entriesOf(reader: ValueReader | undefined): readonly Label[] {
  const entries = reader?.map()?.entries() ?? [];
  return entries.map(({ key, value }) => ({
    key,
    text: textOf(value),
    isText: value.kind === 'text',
  }));
}

function textOf({ node }: ValueReader): string | undefined {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  const text = String(node.value);
  return text === '' || text.length > MAX_VALUE_CHARS || /[\n\t]/u.test(text) ? undefined : text;
}

function noteRule(reader: ValueReader | undefined, { key, text = '' }: Label): void {
  const way = wayOut(key.value, text);
  if (way === undefined) return;
  const label = text === '' ? quote(key.value) : quote(`${key.value}: ${text}`);
  reader?.report.notice('label_is_no_rule', key, `${label} is a label: it requires nothing`, {
    help: `to hold targets to it, ${way}`,
  });
}

/** The native requirement that would make a rule of a label; undefined for what is only a label. */
function wayOut(key: string, text: string): string | undefined {
  const word = ruleWordOf(key, text);
  if (word !== undefined) {
    return `claim \`${word.claim}\` in a catalog and demand \`${word.requirement}\` under \`requirements\``;
  }
  if (!PROMISING_KEY.test(key)) return undefined;
  const demanded = `requirements: {labels: {${key}: ${JSON.stringify(text)}}}`;
  return `state the label in a catalog and demand it: \`${demanded}\``;
}
