import type { Schema } from '../../../schema/source/json-schema';
import { chance, pick, subset, type Source } from '../../generators/source';
import type { Json } from '../../dialects/native/samples';
import { nearInstant, strangeNumber, strangeText } from './words';

/** Tries at a text or number that a schema allows; after them an example of the schema stands. */
const MAX_TRIES = 12;

type Properties = Readonly<Record<string, Schema | false>>;

/**
 * Makes values from a schema alone: whatever keys, lists and texts it allows, in any combination. What holds between
 * keys is mostly kept, so some values are not valid after all.
 */
export class ValueMaker {
  readonly #source: Source;
  readonly #root: Schema;

  constructor(source: Source, root: Schema) {
    this.#source = source;
    this.#root = root;
  }

  /** A value of the whole schema. */
  make(): Json {
    return this.#valueOf(this.#root);
  }

  #valueOf(schema: Schema): Json {
    const one = this.#chosen(schema);
    if (one.const !== undefined) return one.const;
    if (one.enum !== undefined) return pick(this.#source, one.enum);
    const { type } = one;
    if (type === undefined) {
      throw new Error(`the schema says nothing of the value: ${JSON.stringify(one)}`);
    }
    switch (type) {
      case 'object':
        return this.#mapOf(one);
      case 'array':
        return this.#listOf(one);
      case 'boolean':
        return chance(this.#source, 50);
      case 'integer':
      case 'number':
        return this.#numberOf(one);
      case 'string':
        return this.#textOf(one);
    }
  }

  /** One of the alternatives of a schema, with what it refers to. */
  #chosen(schema: Schema): Schema {
    const { $ref, anyOf, allOf, if: condition, then, else: otherwise, ...rest } = schema;
    const referred = this.#root.$defs?.[$ref?.replace('#/$defs/', '') ?? ''];
    if (referred !== undefined) return this.#chosen({ ...referred, ...rest });
    if (rest.type === undefined && allOf?.[0] !== undefined) {
      return this.#chosen({ ...allOf[0], ...rest });
    }
    if (rest.type === undefined && condition !== undefined) {
      const branch = chance(this.#source, 50) ? then : otherwise;
      return this.#chosen({ ...rest, ...branch });
    }
    const conditions = allOf === undefined ? {} : { allOf };
    if (anyOf === undefined) return { ...rest, ...conditions };
    const branch = pick(this.#source, anyOf);
    if (rest.type === undefined) return this.#chosen({ ...rest, ...branch });
    return { ...rest, ...conditions, ...this.#narrowed(rest, branch) };
  }

  /** What an alternative of a mapping adds: keys that must be there, and keys that must not. */
  #narrowed(schema: Schema, branch: Schema): Schema {
    const forbidden = Object.entries(branch.properties ?? {}).filter(([, part]) => part === false);
    return {
      properties: { ...schema.properties, ...Object.fromEntries(forbidden) },
      required: [...(schema.required ?? []), ...(branch.required ?? [])],
    };
  }

  #mapOf(schema: Schema): Json {
    const { properties = {}, additionalProperties, propertyNames } = schema;
    const known = this.#keysOf(schema, properties).map((key): [string, Json] => {
      const part = properties[key];
      if (part === undefined || part === false) throw new Error(`the key ${key} is not known`);
      return [key, this.#valueOf(part)];
    });
    if (additionalProperties === undefined || additionalProperties === false) {
      return Object.fromEntries(known);
    }
    const free = this.#freeKeys(propertyNames).map((key): [string, Json] => [
      key,
      this.#valueOf(additionalProperties),
    ]);
    return Object.fromEntries([...known, ...free]);
  }

  #keysOf(schema: Schema, properties: Properties): readonly string[] {
    const { required = [], dependentRequired = {}, dependentSchemas = {} } = schema;
    const names = Object.keys(properties).filter((key) => properties[key] !== false);
    const percent = pick(this.#source, [5, 20, 60]);
    const chosen = new Set([...required, ...subset(this.#source, names, percent)]);
    if (chosen.size === 0 && names.length > 0) chosen.add(pick(this.#source, names));
    for (const key of [...chosen]) {
      for (const other of dependentRequired[key] ?? []) chosen.add(other);
      const excluded = Object.entries(dependentSchemas[key]?.properties ?? {});
      if (required.includes(key) || !excluded.some(([other]) => chosen.has(other))) {
        for (const [other, part] of excluded) if (part === false) chosen.delete(other);
      } else chosen.delete(key);
    }
    return [...chosen];
  }

  #freeKeys(names: Schema | undefined): readonly string[] {
    const count = 1 + this.#source.below(2);
    return Array.from({ length: count }, () =>
      names === undefined ? strangeText(this.#source) : this.#nameOf(names),
    );
  }

  #nameOf(names: Schema): string {
    const name = this.#valueOf(names);
    if (typeof name !== 'string') throw new Error('a key must be text');
    return name;
  }

  #listOf({ items = {}, uniqueItems }: Schema): Json {
    const values = Array.from({ length: 1 + this.#source.below(3) }, () => this.#valueOf(items));
    if (uniqueItems !== true) return values;
    return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
  }

  #numberOf({ type, minimum = 0, maximum = Infinity }: Schema): Json {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const number = strangeNumber(this.#source);
      const isWhole = type === 'number' || Number.isInteger(number);
      if (isWhole && number >= minimum && number <= maximum) return number;
    }
    return minimum;
  }

  #textOf({ pattern = '', maxLength = Infinity, not, examples = [] }: Schema): Json {
    const form = new RegExp(pattern, 'u');
    const other = not?.pattern === undefined ? undefined : new RegExp(not.pattern, 'u');
    const isInstant = pattern.includes('-02-29');
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const text = isInstant ? nearInstant(this.#source) : strangeText(this.#source);
      const isExcluded = other?.test(text) === true || not?.enum?.includes(text) === true;
      if (form.test(text) && Array.from(text).length <= maxLength && !isExcluded) return text;
    }
    return examples.length === 0 ? 'a' : String(pick(this.#source, examples));
  }
}
