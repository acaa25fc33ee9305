/** The keywords of JSON Schema 2020-12 that the schemas use. Editors know all of them. */
export interface Schema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly title?: string;
  readonly description?: string;
  readonly default?: Scalar;
  readonly examples?: readonly unknown[];
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly const?: Scalar;
  readonly enum?: readonly (Scalar | null)[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
  readonly properties?: Readonly<Record<string, Schema | false>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
  readonly propertyNames?: Schema;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly dependentSchemas?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly not?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
}

/** A value that is no list and no mapping. */
export type Scalar = string | number | boolean;

/** Named parts of a schema; `ref` refers to them. */
export type Definitions = Readonly<Record<string, Schema>>;

/** The keys of a mapping, each with what stands under it. */
export type Properties = Readonly<Record<string, Schema>>;

/** The part of that name, under a description that says what it means where it is used. */
export function ref(name: string, description?: string): Schema {
  return { $ref: `#/$defs/${name}`, ...(description === undefined ? {} : { description }) };
}

/** A mapping with these keys and no others, which is not empty. `rest` adds what holds between its keys. */
export function mapping(properties: Properties, rest: Schema = {}): Schema {
  const least = rest.required === undefined ? { minProperties: 1 } : {};
  return { type: 'object', properties, additionalProperties: false, ...least, ...rest };
}

/** A mapping whose keys users choose, which is not empty. */
export function freeMapping(keys: Schema, values: Schema, description: string): Schema {
  return {
    type: 'object',
    description,
    propertyNames: keys,
    additionalProperties: values,
    minProperties: 1,
  };
}

/** A list that is not empty. */
export function list(items: Schema, description: string): Schema {
  return { type: 'array', description, items, minItems: 1 };
}

/** A list that may be empty. */
export function listOrNothing(items: Schema, description: string): Schema {
  return { type: 'array', description, items };
}

/** A list of different items that may be empty. */
export function setOrNothing(items: Schema, description: string): Schema {
  return { ...listOrNothing(items, description), uniqueItems: true };
}

/** A list of different items that is not empty. */
export function set(items: Schema, description: string): Schema {
  return { ...list(items, description), uniqueItems: true };
}

/** A mapping with these keys and no others, which may be empty. */
export function mappingOrNothing(properties: Properties, description: string): Schema {
  return { type: 'object', description, properties, additionalProperties: false };
}

/** True if one of the keys at least must be there. */
export function oneOfKeys(...keys: readonly string[]): Schema {
  return { anyOf: keys.map((key) => ({ required: [key] })) };
}

/** The largest whole number that is exact. */
const MAX_NUMBER = Number.MAX_SAFE_INTEGER;

/** A whole number from `minimum` on. */
export function whole(minimum: number, description: string, maximum = MAX_NUMBER): Schema {
  return { type: 'integer', description, minimum, maximum };
}

/** A number that is not negative. */
export const AMOUNT: Schema = { type: 'number', minimum: 0, maximum: MAX_NUMBER };

/** True or false. */
export function truth(description: string): Schema {
  return { type: 'boolean', description };
}

/** One of these words. */
export function word(words: readonly string[], description: string, preset?: string): Schema {
  const unset = preset === undefined ? {} : { default: preset };
  return { type: 'string', description, enum: words, ...unset };
}
