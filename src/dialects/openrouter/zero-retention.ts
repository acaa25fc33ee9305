import type { AuthorSelection } from '../../core/model/policy';
import type { SourcePosition } from '../../core/model/source-position';
import { formatPosition } from '../../core/model/source-position';
import type { ValueReader } from '../yaml/reader';
import type { Located } from '../yaml/source-text';
import type { ReadKey } from './read-key';

/** A group of models, and whose models belong to it. */
export interface ModelGroup {
  readonly name: string;
  readonly authors: AuthorSelection;
}

/** Where zero data retention is demanded; of all models where no group is named. */
export interface ZeroRetention {
  readonly group?: ModelGroup;
  readonly position: SourcePosition;
}

/** The groups that have authors of their own. xAI's models are also listed without the dash. */
const NAMED_GROUPS: readonly { readonly name: string; readonly authors: readonly string[] }[] = [
  { name: 'anthropic', authors: ['anthropic'] },
  { name: 'openai', authors: ['openai'] },
  { name: 'google', authors: ['google'] },
  { name: 'xai', authors: ['x-ai', 'xai'] },
];

/** A switch of the file that has a value. */
interface Switch {
  readonly reader: ValueReader;
  readonly value: Located<boolean>;
}

/**
 * Reads the switches of the groups. `shorthands` stand for every group that has no switch of its own; a shorthand
 * that is on against a group that is off is an error, because one of the two is not meant (L2).
 */
export function readZeroRetention(
  read: ReadKey,
  shorthands: readonly string[],
): readonly ZeroRetention[] {
  const all = shorthands
    .map((key) => readSwitch(read, key))
    .find((each) => each?.value.value === true);
  const groups = [...NAMED_GROUPS.map(({ name }) => name), 'other'].map((name) => ({
    name,
    stated: readSwitch(read, `enforce_zdr_${name}`),
  }));
  for (const { stated } of groups) {
    if (all !== undefined && stated?.value.value === false) rejectContradiction(all, stated);
  }
  if (all !== undefined) return [{ position: all.reader.label.position }];
  const on = groups.filter(({ stated }) => stated?.value.value === true);
  const statesXai = groups.some(({ name, stated }) => name === 'xai' && stated !== undefined);
  return on.flatMap(({ name, stated }): readonly ZeroRetention[] => {
    if (stated === undefined) return [];
    const { position } = stated.reader.label;
    if (on.length === groups.length) return name === 'anthropic' ? [{ position }] : [];
    return [{ group: groupOf(name, statesXai), position }];
  });
}

function readSwitch(read: ReadKey, key: string): Switch | undefined {
  const reader = read(key);
  const value = reader?.boolean();
  return reader === undefined || value === undefined ? undefined : { reader, value };
}

/**
 * `other` are the models of nobody who has a group. xAI's group came later than the rest, so a file that does not
 * name it may mean xAI's models by `other`.
 */
function groupOf(name: string, statesXai: boolean): ModelGroup {
  const named = NAMED_GROUPS.find((each) => each.name === name);
  if (named !== undefined) return { name, authors: { only: named.authors } };
  const spared = NAMED_GROUPS.filter((each) => each.name !== 'xai' || statesXai);
  return { name, authors: { except: spared.flatMap(({ authors }) => authors) } };
}

function rejectContradiction(all: Switch, group: Switch): void {
  const place = formatPosition(all.reader.label.position);
  group.reader.report.error(
    'contradiction',
    group.reader.label,
    `${group.reader.name} is off, and ${all.reader.name} at ${place} is on for all models`,
    {
      help: 'keep the one that is meant and remove the other',
      related: { at: all.reader.label, message: 'the other stands here' },
    },
  );
}
