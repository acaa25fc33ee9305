import type { ListEntry, TargetList, TargetPattern } from '../../core/model/policy';
import type { MapReader, ValueReader } from '../yaml/reader';
import type { Span } from '../yaml/source-text';
import { GLOB, NAME } from './names';

/** Fields of a pattern in the order in which messages show them. */
const FIELDS = ['provider', 'model', 'region', 'endpoint', 'credential', 'target'] as const;

/** A list entry with the word that states it, for findings about two entries. */
export interface LocatedEntry {
  readonly entry: ListEntry;
  readonly list: TargetList;
  readonly at: Span;
}

/** The lists of one policy, and their entries one by one. */
export interface PolicyLists {
  readonly lists: readonly TargetList[];
  readonly entries: readonly LocatedEntry[];
}

/** Reads `providers: {allow, deny}` and `models: {allow, deny}`. */
export function readLists(spec: MapReader): PolicyLists {
  const read = (['provider', 'model'] as const).flatMap((subject) => {
    const lists = spec.map(`${subject}s`);
    if (lists === undefined) return [];
    if (lists.isEmpty) {
      lists.fail('empty_map', `\`${lists.path}\` states nothing`, {
        help: 'write `allow` or `deny`, or remove it',
      });
    }
    const both = [readList(lists, subject, 'allow'), readList(lists, subject, 'deny')];
    lists.close();
    return both.filter((list) => list !== undefined);
  });
  return {
    lists: read.map(({ list }) => list),
    entries: read.flatMap((list) => list.entries),
  };
}

function readList(
  lists: MapReader,
  subject: TargetList['subject'],
  effect: TargetList['effect'],
): { readonly list: TargetList; readonly entries: readonly LocatedEntry[] } | undefined {
  const reader = lists.value(effect);
  const items = effect === 'allow' && isNone(reader) ? [] : reader?.list();
  if (reader === undefined || items === undefined) return undefined;
  const read = items.flatMap((item) => {
    const entry = item.kind === 'map' ? readPair(item, effect) : readName(item, subject);
    return entry === undefined ? [] : [{ entry, at: item.span }];
  });
  const { position } = reader.label;
  const list = { subject, effect, entries: read.map(({ entry }) => entry), position };
  return { list, entries: read.map((one) => ({ ...one, list })) };
}

/** Nothing is allowed by the word `none`; an empty list is more often a slip (L4). */
function isNone(reader: ValueReader | undefined): boolean {
  return reader?.node.kind === 'scalar' && reader.node.source === 'none';
}

/** A text names a provider in lists of providers, and is a pattern over model names in lists of models. */
function readName(item: ValueReader, subject: TargetList['subject']): ListEntry | undefined {
  const name = item.text(subject === 'provider' ? NAME : GLOB);
  if (name === undefined) return undefined;
  const { value, position } = name;
  const pattern = subject === 'provider' ? { provider: value } : { model: value };
  return { pattern, text: value, future: false, position };
}

/** A mapping is a pattern over the whole target: all of its fields must match. */
function readPair(item: ValueReader, effect: TargetList['effect']): ListEntry | undefined {
  const map = item.map();
  if (map === undefined) return undefined;
  const pattern = readPattern(map);
  // Only what is denied may be unknown: an allowed name that matches nothing is a slip.
  const future = effect === 'deny' && map.boolean('future')?.value === true;
  map.close();
  const fields = FIELDS.filter((field) => pattern[field] !== undefined);
  if (fields.length === 0) {
    const help = 'name a provider, model, region, endpoint, credential or target';
    map.fail('states_nothing', 'the entry names nothing', { help });
    return undefined;
  }
  const text = fields.map((field) => `${field}=${pattern[field] ?? ''}`).join(' ');
  return { pattern, text, future, position: item.span.position };
}

function readPattern(map: MapReader): TargetPattern {
  const pattern: Partial<Record<(typeof FIELDS)[number], string>> = {};
  for (const field of FIELDS) {
    const isGlob = field === 'model' || field === 'target';
    const text = map.text(field, isGlob ? GLOB : NAME);
    if (text !== undefined) pattern[field] = text.value;
  }
  return pattern;
}
