import { BinaryWriter } from '@bufbuild/protobuf/wire';

import { DELIMITED, FIXED64, TAG_TYPE_BITS, VARINT } from './strict-wire';
import type { Violation } from './violations';
import { STRING_LIST } from './wire-schema';
import type { FieldSchema, MessageSchema } from './wire-schema';

/** Numbers of 32 bits with a sign. */
const MAX_INT32 = 2 ** 31 - 1;
const MIN_INT32 = -(2 ** 31);

/** What an enum's name that nobody knows becomes: a number that no version will ever know. */
const UNKNOWN_ENUM = MAX_INT32;

/** Where a value stands, and what is wrong so far. */
interface Place {
  readonly path: string;
  readonly violations: Violation[];
}

/**
 * Encodes a JSON value as the message that it stands for, so that JSON and gRPC go one way from there on. Keys
 * may be in lowerCamelCase or as in the proto files; unknown ones, doubled ones and values of another type are
 * violations, and `null` is one: a value that is left out must be left out on purpose.
 */
export function encodeJson(
  value: unknown,
  schema: MessageSchema,
): { readonly bytes: Uint8Array } | { readonly violations: readonly Violation[] } {
  const writer = new BinaryWriter();
  const violations: Violation[] = [];
  writeMessage(writer, schema, value, { path: '', violations });
  return violations.length > 0 ? { violations } : { bytes: writer.finish() };
}

function writeMessage(
  writer: BinaryWriter,
  schema: MessageSchema,
  value: unknown,
  place: Place,
): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(place, 'is no object');
    return;
  }
  const seen = new Set<string>();
  for (const [key, each] of Object.entries(value)) {
    const number = schema.fields.findIndex((field) => field !== undefined && isNamed(field, key));
    const field = schema.fields[number];
    const at: Place = { ...place, path: place.path === '' ? key : `${place.path}.${key}` };
    if (field === undefined) refuse(at, `is no field; the fields are ${namesOf(schema)}`);
    else if (seen.has(field.name)) refuse(at, 'is there twice, in two spellings');
    else writeField(writer, { field, number }, each, at);
    if (field !== undefined) seen.add(field.name);
  }
}

function isNamed({ name }: FieldSchema, key: string): boolean {
  return key === name || key === toCamelCase(name);
}

/** The spelling of JSON. */
function toCamelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function namesOf({ fields }: MessageSchema): string {
  return fields
    .flatMap((field) => (field === undefined ? [] : [`\`${toCamelCase(field.name)}\``]))
    .join(', ');
}

function refuse({ path, violations }: Place, problem: string): void {
  violations.push({ path: path === '' ? 'request' : path, problem });
}

interface NumberedField {
  readonly field: FieldSchema;
  readonly number: number;
}

function writeField(
  writer: BinaryWriter,
  numbered: NumberedField,
  value: unknown,
  at: Place,
): void {
  switch (numbered.field.shape) {
    case 'one':
      writeValue(writer, numbered, value, at);
      return;
    case 'list':
      if (!Array.isArray(value)) refuse(at, 'is no list');
      else {
        value.forEach((each: unknown, index) => {
          writeValue(writer, numbered, each, { ...at, path: `${at.path}[${String(index)}]` });
        });
      }
      return;
    case 'map':
      writeMap(writer, numbered, value, at);
  }
}

function writeMap(
  writer: BinaryWriter,
  { number }: NumberedField,
  value: unknown,
  at: Place,
): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(at, 'is no object');
    return;
  }
  for (const [key, each] of Object.entries(value)) {
    const text = textOf(each);
    if (text === undefined || textOf(key) === undefined) {
      refuse({ ...at, path: `${at.path}[${JSON.stringify(key)}]` }, 'is no text');
      continue;
    }
    writer.uint32(tagOf(number, DELIMITED)).fork();
    writer.uint32(tagOf(1, DELIMITED)).string(key);
    writer.uint32(tagOf(2, DELIMITED)).string(text).join();
  }
}

function tagOf(number: number, wireType: number): number {
  return (number << TAG_TYPE_BITS) | wireType;
}

function writeValue(
  writer: BinaryWriter,
  { field, number }: NumberedField,
  value: unknown,
  at: Place,
): void {
  const { type } = field;
  if (typeof type === 'object') {
    writer.uint32(tagOf(number, DELIMITED)).fork();
    if (type === STRING_LIST) writeElements(writer, type, value, at);
    else writeMessage(writer, type, value, at);
    writer.join();
    return;
  }
  const problem = writeScalar(writer, { field, number }, value);
  if (problem !== undefined) refuse(at, problem);
}

/** Lists whose presence counts are messages of one field on the wire, and plain arrays here. */
function writeElements(
  writer: BinaryWriter,
  { fields }: MessageSchema,
  value: unknown,
  at: Place,
): void {
  fields.forEach((field, number) => {
    if (field !== undefined) writeField(writer, { field, number }, value, at);
  });
}

/** Writes a single value; returns what is wrong with it. */
function writeScalar(
  writer: BinaryWriter,
  { field, number }: NumberedField,
  value: unknown,
): string | undefined {
  switch (field.type) {
    case 'string': {
      const text = textOf(value);
      if (text === undefined) return 'is no text';
      writer.uint32(tagOf(number, DELIMITED)).string(text);
      return undefined;
    }
    case 'bool':
      if (typeof value !== 'boolean') return 'is neither `true` nor `false`';
      writer.uint32(tagOf(number, VARINT)).bool(value);
      return undefined;
    case 'double':
      if (typeof value !== 'number') return 'is no number';
      writer.uint32(tagOf(number, FIXED64)).double(value);
      return undefined;
    case 'int32': {
      const integer = int32Of(field, value);
      if (integer === undefined) return 'is no whole number of 32 bits';
      writer.uint32(tagOf(number, VARINT)).int32(integer);
      return undefined;
    }
    case 'int64': {
      const integer = int64Of(value);
      if (integer === undefined) return 'is no whole number of 64 bits';
      writer.uint32(tagOf(number, VARINT)).int64(integer);
      return undefined;
    }
    default:
      throw new Error('a message is no single value');
  }
}

/** A text that UTF-8 can hold; others would reach the core as something else than was written. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && !/\p{Surrogate}/u.test(value) ? value : undefined;
}

function int32Of({ enumValues }: FieldSchema, value: unknown): number | undefined {
  if (enumValues !== undefined && typeof value === 'string') {
    return value !== 'UNRECOGNIZED' && Object.hasOwn(enumValues, value)
      ? enumValues[value]
      : UNKNOWN_ENUM;
  }
  const fits = Number.isInteger(value) && Number(value) >= MIN_INT32 && Number(value) <= MAX_INT32;
  return fits ? Number(value) : undefined;
}

/** JSON has 64-bit numbers as texts, because not every reader keeps their last digits. */
function int64Of(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  if (typeof value !== 'string' || !/^-?\d{1,19}$/.test(value)) return undefined;
  const integer = BigInt(value);
  return BigInt.asIntN(64, integer) === integer ? integer : undefined;
}
