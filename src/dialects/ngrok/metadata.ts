import type { Claim } from '../../core/model/claim';
import type { ValueReader } from '../yaml/reader';
import { quote, type Located } from '../yaml/source-text';

/** The form of a label's key and the length of its value, in UTF-16 units, as native files have them. */
const KEY = /^[A-Za-z][A-Za-z0-9._-]{0,63}$/u;
const MAX_VALUE_CHARS = 256;

/** Words in a key or value that promise something, each with the requirement that would keep it. */
const PROMISES: readonly (readonly [pattern: RegExp, requirement: string])[] = [
  [/soc_?-?2/iu, 'soc2: true'],
  [/iso_?-?27001/iu, 'iso27001: true'],
  [/gdpr/iu, 'gdpr: true'],
  [/hipaa/iu, 'certifications: {all_of: [hipaa_baa]}'],
  [/pci/iu, 'certifications: {all_of: [pci_dss]}'],
  [/fedramp/iu, 'certifications: {all_of: [fedramp]}'],
  [/zdr|zero[_-]?(?:data[_-]?)?retention/iu, 'require_zero_data_retention: true'],
  [/retention/iu, 'max_retention_days: 0'],
  [/train/iu, 'require_no_training: true'],
  [/resid|region|location|country/iu, 'processing_regions: [eu]'],
];

/** Keys that promise something, whatever their value: only the label itself can be required. */
const VAGUE = /complian|certif|approv|allow|restrict|sensitiv|classif|private|secur/iu;

/**
 * The metadata of a provider as labels. A label satisfies nothing but a requirement of that very label (L2), so
 * those that look like more are told. Nested values are for the gateway's own strategies, and no labels.
 */
export function readMetadata(reader: ValueReader | undefined): readonly Claim[] {
  const entries = reader?.map()?.entries() ?? [];
  return entries.flatMap(({ key, value }): readonly Claim[] => {
    const text = textOf(value);
    noteRule(key, text ?? '', value);
    if (text === undefined || !KEY.test(key.value)) return [];
    const { position } = key;
    return [{ name: `label:${key.value}`, value: text, position, assurance: 'declared' }];
  });
}

function textOf({ node }: ValueReader): string | undefined {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  const text = String(node.value);
  return text === '' || text.length > MAX_VALUE_CHARS || /[\n\t]/u.test(text) ? undefined : text;
}

function noteRule(key: Located<string>, text: string, { report }: ValueReader): void {
  const requirement = promised(key.value, text);
  if (requirement === undefined) return;
  const label = text === '' ? quote(key.value) : quote(`${key.value}: ${text}`);
  report.notice('label_is_no_rule', key, `${label} is a label: it requires nothing`, {
    help: `to hold providers to it, state the claim in a catalog and require it: \`requirements: {${requirement}}\``,
  });
}

function promised(key: string, text: string): string | undefined {
  const found = PROMISES.find(([pattern]) => pattern.test(key) || pattern.test(text));
  if (found !== undefined) return found[1];
  return VAGUE.test(key) ? `labels: {${key}: ${JSON.stringify(text)}}` : undefined;
}
