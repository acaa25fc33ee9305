import { isUtf8 } from 'node:buffer';

import type { Violation } from './violations';
import { WireCursor } from './wire-cursor';
import type { FieldSchema, MessageSchema } from './wire-schema';

/** Wire types of protobuf that fields of this contract have. */
export const VARINT = 0;
export const FIXED64 = 1;
export const DELIMITED = 2;

export const TAG_TYPE_BITS = 3;
const TAG_TYPE_MASK = 7;
const FIXED64_BYTES = 8;
const FIRST_NON_ASCII = 0x80;

/**
 * Looks for what protobuf decoders differ in or pass over in silence: fields that are unknown or of another
 * type; a field or oneof that is there twice, of which decoders take the last, so that a preference that narrows
 * would be lost; a key of a map twice; numbers that do not fit; texts that are no UTF-8. Undefined: there is
 * nothing of this, and every decoder reads the same. One pass, which allocates only for maps.
 */
export function findWireProblem(
  bytes: Uint8Array,
  schema: MessageSchema,
  start = 0,
  end = bytes.length,
): Violation | undefined {
  const cursor = new WireCursor(bytes);
  cursor.at = start;
  return scanMessage(cursor, schema, end);
}

function scanMessage(
  cursor: WireCursor,
  schema: MessageSchema,
  end: number,
): Violation | undefined {
  const start = cursor.at;
  let seen = 0;
  let keys: Set<string> | undefined;
  while (cursor.at < end) {
    const at = cursor.at;
    if (!cursor.readUint32(end)) return NO_MESSAGE;
    const tag = cursor.value;
    const field = schema.fields[tag >>> TAG_TYPE_BITS];
    if (field === undefined) return unknownField(tag);
    if ((seen & field.onceBit) !== 0) return { path: field.name, problem: 'is there twice' };
    seen |= field.onceBit;
    const problem = scanValue(cursor, field, tag & TAG_TYPE_MASK, end);
    if (problem !== undefined) return inside(cursor.bytes, { schema, field, start, at }, problem);
    if (field.shape === 'map') {
      keys ??= new Set();
      if (!addKey(keys, field, cursor.bytes.subarray(at, cursor.at))) {
        return { path: field.name, problem: 'has a key twice' };
      }
    }
  }
  return undefined;
}

const NO_MESSAGE: Violation = { path: '', problem: 'is no protobuf message' };
const BAD_VALUE: Violation = { path: '', problem: 'is cut short, or no value of its type' };

function unknownField(tag: number): Violation {
  const number = String(tag >>> TAG_TYPE_BITS);
  return { path: '', problem: `has the field number ${number}, which this version does not know` };
}

/** Scans the value of a field, whose tag has been read. */
function scanValue(
  cursor: WireCursor,
  { type, shape }: FieldSchema,
  wireType: number,
  end: number,
): Violation | undefined {
  if (typeof type !== 'object' && type !== 'string') {
    if (wireType !== DELIMITED)
      return scanNumber(cursor, type, wireType, end) ? undefined : BAD_VALUE;
    // Numbers of a list may come packed.
    if (shape !== 'list') return BAD_VALUE;
    return scanPacked(cursor, type, end) ? undefined : BAD_VALUE;
  }
  if (wireType !== DELIMITED || !cursor.readUint32(end)) return BAD_VALUE;
  const to = cursor.at + cursor.value;
  if (to > end) return BAD_VALUE;
  if (type !== 'string') return scanMessage(cursor, type, to);
  if (!isText(cursor.bytes, cursor.at, to)) return { path: '', problem: 'is no UTF-8' };
  cursor.at = to;
  return undefined;
}

type NumberType = Exclude<FieldSchema['type'], 'string' | MessageSchema>;

function scanNumber(cursor: WireCursor, type: NumberType, wireType: number, end: number): boolean {
  switch (type) {
    case 'double':
      return wireType === FIXED64 && cursor.skip(FIXED64_BYTES, end);
    case 'int64':
    case 'bool':
      return wireType === VARINT && cursor.skipInt64(end);
    case 'int32':
      return wireType === VARINT && cursor.skipInt32(end);
  }
}

function scanPacked(cursor: WireCursor, type: NumberType, end: number): boolean {
  if (!cursor.readUint32(end)) return false;
  const to = cursor.at + cursor.value;
  if (to > end) return false;
  const wireType = type === 'double' ? FIXED64 : VARINT;
  while (cursor.at < to) if (!scanNumber(cursor, type, wireType, to)) return false;
  return true;
}

/** Almost all texts are ASCII, for which a look at each byte is cheaper than a call. */
function isText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    if ((bytes[at] ?? 0) >= FIRST_NON_ASCII) return isUtf8(bytes.subarray(at, end));
  }
  return true;
}

/** False if the entry's key is there already. An entry without a key has the empty one. */
function addKey(keys: Set<string>, field: FieldSchema, entry: Uint8Array): boolean {
  const cursor = new WireCursor(entry);
  cursor.readUint32(entry.length);
  cursor.readUint32(entry.length);
  let key = '';
  while (cursor.readUint32(entry.length)) {
    const isKey = cursor.value >>> TAG_TYPE_BITS === 1;
    cursor.readUint32(entry.length);
    const from = cursor.at;
    cursor.skip(cursor.value, entry.length);
    if (isKey) key = Buffer.from(entry.subarray(from, cursor.at)).toString('utf8');
  }
  const before = keys.size;
  return keys.add(`${field.name}\u0000${key}`).size > before;
}

/** Where a field stands: the message's start, and the field's own. */
interface FieldPlace {
  readonly schema: MessageSchema;
  readonly field: FieldSchema;
  readonly start: number;
  readonly at: number;
}

/** Puts the field's name before the path of a problem inside it; elements of lists are counted. */
function inside(bytes: Uint8Array, place: FieldPlace, { path, problem }: Violation): Violation {
  const { name, shape } = place.field;
  const index = shape === 'list' ? `[${String(countBefore(bytes, place))}]` : '';
  return { path: `${name}${index}${path === '' ? '' : `.${path}`}`, problem };
}

/** Elements of the same list before this one; what stands before it has been scanned and is right. */
function countBefore(bytes: Uint8Array, { schema, field, start, at }: FieldPlace): number {
  const cursor = new WireCursor(bytes);
  cursor.at = start;
  let count = 0;
  while (cursor.at < at) {
    cursor.readUint32(at);
    const each = schema.fields[cursor.value >>> TAG_TYPE_BITS];
    if (each === undefined) break;
    if (each === field) count += 1;
    scanValue(cursor, each, cursor.value & TAG_TYPE_MASK, at);
  }
  return count;
}
