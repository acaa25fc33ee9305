import type { FileFindingCode } from './finding-codes';
import { readList, readTexts, type ListRules, type TextListRules } from './lists';
import { nearestName } from './nearest';
import { readNumber, type NumberRules } from './numbers';
import type { FindingDetails, Report } from './report';
import {
  readBoolean,
  readChoice,
  readText,
  textProblem,
  type ChoiceRules,
  type TextRules,
} from './scalars';
import { quote, quoteAll, type Located, type Span } from './source-text';
import type { MapEntry, MapNode, YamlNode } from './tree';
import { Value } from './value';

/**
 * One value of a file. Every method that reads reports what is wrong with the value and then gives undefined,
 * so that callers go on and all mistakes are found in one run.
 */
export class ValueReader extends Value {
  /** Text that is not empty. A number or a truth value without quotes is an error. */
  text(rules: TextRules = {}): Located<string> | undefined {
    return readText(this, rules);
  }

  boolean(): Located<boolean> | undefined {
    return readBoolean(this);
  }

  /** A decimal number. Without other rules it must be 0 or more. */
  number(rules: NumberRules = {}): Located<number> | undefined {
    return readNumber(this, rules);
  }

  /** A whole number. Without other rules it must be 0 or more. */
  integer(rules: Omit<NumberRules, 'whole'> = {}): Located<number> | undefined {
    return readNumber(this, { ...rules, whole: true });
  }

  /** One of the given words. */
  choice<T extends string>(
    values: readonly T[],
    rules: ChoiceRules<T> = {},
  ): Located<T> | undefined {
    return readChoice(this, values, rules);
  }

  /** The items of a list that is not empty. */
  list(rules: ListRules = {}): readonly ValueReader[] | undefined {
    return readList(this, rules)?.map((node, index) => this.#item(node, index));
  }

  /** A list of texts, not empty, without duplicates. */
  texts(rules: TextListRules = {}): Located<readonly Located<string>[]> | undefined {
    return readTexts(this, rules);
  }

  /** A mapping. Its `close()` must be called after the last key was asked for. */
  map(): MapReader | undefined {
    const { node, report, path, label } = this;
    if (node.kind === 'map') return new MapReader({ node, report, path, label });
    this.failType('a mapping of keys');
    return undefined;
  }

  #item(node: YamlNode, index: number): ValueReader {
    return new ValueReader({ node, report: this.report, path: `${this.path}[${String(index)}]` });
  }
}

/** What a mapping is made from. */
export interface MapSource {
  readonly node: MapNode;
  readonly report: Report;
  readonly path: string;
  readonly label: Span;
}

/**
 * A mapping whose keys are asked for one by one. What was asked for is what is known: `close()` reports every
 * other key. A key that is absent, or whose value is wrong and reported, reads as undefined.
 */
export class MapReader {
  readonly report: Report;
  readonly path: string;
  /** The key that the mapping stands under; what a finding about the whole mapping marks. */
  readonly label: Span;
  readonly #node: MapNode;
  readonly #known = new Set<string>();

  constructor(source: MapSource) {
    this.report = source.report;
    this.path = source.path;
    this.label = source.label;
    this.#node = source.node;
  }

  get isEmpty(): boolean {
    return this.#node.entries.size === 0;
  }

  /** All keys as the file has them, known or not. */
  get keys(): readonly string[] {
    return [...this.#node.entries.keys()];
  }

  /** True if the key is there, whatever its value. */
  has(key: string): boolean {
    this.#known.add(key);
    return this.#node.entries.has(key);
  }

  /** The value under a key. A key without a value is an error and reads as absent. */
  value(key: string): ValueReader | undefined {
    this.#known.add(key);
    const entry = this.#node.entries.get(key);
    if (entry === undefined) return undefined;
    const reader = this.#reader(entry);
    if (reader.kind !== 'null') return reader;
    reader.failType('a value');
    return undefined;
  }

  /** The same where the word `null`, written out, means that nothing is stated. */
  valueUnlessNull(key: string): ValueReader | undefined {
    const node = this.#node.entries.get(key)?.value;
    const isNull = node?.kind === 'scalar' && node.value === null && node.source === 'null';
    if (isNull) this.#known.add(key);
    return isNull ? undefined : this.value(key);
  }

  /** The value under a key that must be there. */
  required(key: string, help?: string): ValueReader | undefined {
    if (!this.has(key)) {
      const place = this.path === '' ? 'the document' : quote(this.path);
      this.report.error('missing_key', this.label, `the key ${quote(key)} is missing in ${place}`, {
        help: help ?? `add \`${key}:\``,
      });
      return undefined;
    }
    return this.value(key);
  }

  text(key: string, rules: TextRules = {}): Located<string> | undefined {
    return this.value(key)?.text(rules);
  }

  boolean(key: string): Located<boolean> | undefined {
    return this.value(key)?.boolean();
  }

  number(key: string, rules: NumberRules = {}): Located<number> | undefined {
    return this.value(key)?.number(rules);
  }

  integer(key: string, rules: Omit<NumberRules, 'whole'> = {}): Located<number> | undefined {
    return this.value(key)?.integer(rules);
  }

  choice<T extends string>(
    key: string,
    values: readonly T[],
    rules: ChoiceRules<T> = {},
  ): Located<T> | undefined {
    return this.value(key)?.choice(values, rules);
  }

  list(key: string): readonly ValueReader[] | undefined {
    return this.value(key)?.list();
  }

  texts(key: string, rules: TextListRules = {}): Located<readonly Located<string>[]> | undefined {
    return this.value(key)?.texts(rules);
  }

  map(key: string): MapReader | undefined {
    return this.value(key)?.map();
  }

  /** All entries of a mapping whose keys are free; they count as known. Those without a value are errors. */
  entries(): readonly { readonly key: Located<string>; readonly value: ValueReader }[] {
    return [...this.#node.entries.values()].flatMap(({ key }) => {
      const value = this.value(key.value);
      return value === undefined ? [] : [{ key, value }];
    });
  }

  /** True if a key that users choose has the form that it needs; false was reported. */
  isValidKey(key: Located<string>, rules: TextRules): boolean {
    const problem = textProblem(key.value, rules);
    if (problem === undefined) return true;
    const code = key.value.trim() === '' ? 'empty_text' : 'invalid_text';
    const help = 'correct the key';
    this.report.error(code, key, `the key ${quote(key.value)} must ${problem}`, { help });
    return false;
  }

  /** Reports an error that marks the mapping as a whole. */
  fail(code: FileFindingCode, message: string, details: FindingDetails = {}): void {
    this.report.error(code, this.label, message, details);
  }

  /** Reports all keys that were not asked for. Call it last. */
  close(): void {
    for (const { key } of this.#node.entries.values()) {
      if (!this.#known.has(key.value)) this.#rejectKey(key);
    }
  }

  #rejectKey(key: Located<string>): void {
    const place = this.path === '' ? 'the document' : quote(this.path);
    const message = `the key ${quote(key.value)} is not known in ${place}`;
    if (this.report.isFull) {
      this.report.error('unknown_key', key, message);
      return;
    }
    const absent = [...this.#known].filter((name) => !this.#node.entries.has(name));
    const nearest = nearestName(key.value, absent);
    if (nearest !== undefined) {
      const help = `did you mean ${quote(nearest)}`;
      this.report.error('unknown_key', key, message, { help, replacement: nearest });
      return;
    }
    this.report.error('unknown_key', key, message, { help: this.#knownKeysHelp(absent) });
  }

  #knownKeysHelp(absent: readonly string[]): string {
    return absent.length === 0 ? 'remove it' : `known keys are ${quoteAll(absent)}`;
  }

  #reader({ key, value }: MapEntry): ValueReader {
    const path = this.path === '' ? key.value : `${this.path}.${key.value}`;
    return new ValueReader({ node: value, report: this.report, path, key });
  }
}
