import * as fc from 'fast-check';

import { field, groups, numeric, varint } from '../support/wire';

/** One field of a message as it stands on the wire: its number, its type, and all bytes of its value. */
interface WireField {
  readonly number: number;
  readonly type: number;
  readonly value: Buffer;
}

const DELIMITED = 2;
const TYPE_BITS = 3;

/** What a faulty or hostile encoder could do to one field of a message, at any depth. */
export interface WireChange {
  readonly kind:
    'drop' | 'double' | 'swap' | 'renumber' | 'retype' | 'replace' | 'unknown' | 'group' | 'cut';
  /** Which field; the messages inside it are entered `depth` times. */
  readonly at: number;
  readonly depth: number;
  readonly by: number;
}

/** Changes of messages; now and then none. */
export const WIRE_CHANGES: fc.Arbitrary<readonly WireChange[]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant([]) },
  {
    weight: 6,
    arbitrary: fc.array(
      fc.record({
        kind: fc.constantFrom<WireChange['kind'][]>(
          'drop',
          'drop',
          'double',
          'swap',
          'swap',
          'renumber',
          'retype',
          'replace',
          'replace',
          'unknown',
          'group',
          'cut',
        ),
        at: fc.nat(1000),
        depth: fc.nat(4),
        by: fc.nat(0x7fff_ffff),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  },
);

/** The message with the changes made. */
export function changedMessage(bytes: Buffer, changes: readonly WireChange[]): Buffer {
  return changes.reduce(changeAt, bytes);
}

function changeAt(bytes: Buffer, change: WireChange): Buffer {
  const fields = fieldsOf(bytes);
  if (fields === undefined || fields.length === 0) return changeBytes(bytes, change);
  const index = change.at % fields.length;
  const chosen = fields[index];
  if (chosen === undefined) return bytes;
  const canEnter = change.depth > 0 && chosen.type === DELIMITED && chosen.value.length > 0;
  if (canEnter) {
    const inner = changeAt(chosen.value, {
      ...change,
      depth: change.depth - 1,
      at: change.at >>> 1,
    });
    return join(fields.with(index, { ...chosen, value: inner }));
  }
  return change.kind === 'cut'
    ? bytes.subarray(0, change.by % bytes.length)
    : Buffer.concat([join(editFields(fields, index, change)), tailOf(change)]);
}

function changeBytes(bytes: Buffer, { kind, by }: WireChange): Buffer {
  if (kind === 'drop' || bytes.length === 0) return Buffer.alloc(0);
  if (kind === 'double') return Buffer.concat([bytes, bytes]);
  const copy = Buffer.from(bytes);
  copy[by % copy.length] = by >>> 8;
  return copy;
}

function editFields(
  fields: readonly WireField[],
  index: number,
  { kind, by }: WireChange,
): readonly WireField[] {
  const chosen = fields[index];
  if (chosen === undefined) return fields;
  switch (kind) {
    case 'drop':
      return fields.toSpliced(index, 1);
    case 'double':
      return fields.toSpliced(by % (fields.length + 1), 0, chosen);
    case 'swap': {
      const other = by % fields.length;
      const first = fields[other] ?? chosen;
      return fields.with(index, first).with(other, chosen);
    }
    case 'renumber':
      return fields.with(index, { ...chosen, number: 1 + (by % 16) });
    case 'retype':
      return fields.with(index, { ...chosen, type: by % 6 });
    case 'replace': {
      const value = Buffer.from([by, by >>> 8, by >>> 16].map((each) => each & 0xff));
      return fields.with(index, { ...chosen, value: chosen.type === 0 ? varint(by) : value });
    }
    case 'unknown':
    case 'group':
    case 'cut':
      return fields;
  }
}

function tailOf({ kind, by }: WireChange): Buffer {
  if (kind === 'unknown') return by % 2 === 0 ? numeric(15 + (by % 30), by) : field(16, 'x');
  return kind === 'group' ? groups(15, 1 + (by % 3)) : Buffer.alloc(0);
}

function join(fields: readonly WireField[]): Buffer {
  const parts = fields.flatMap(({ number, type, value }) => [
    varint((number << TYPE_BITS) | type),
    ...(type === DELIMITED ? [varint(value.length)] : []),
    value,
  ]);
  return Buffer.concat(parts);
}

/** The fields of what may be a message; undefined if it is none. */
function fieldsOf(bytes: Buffer): readonly WireField[] | undefined {
  const fields: WireField[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = readVarint(bytes, at);
    if (tag === undefined || tag.value >>> TYPE_BITS === 0) return undefined;
    const [number, type] = [tag.value >>> TYPE_BITS, tag.value & 7];
    const value = valueAt(bytes, tag.end, type);
    if (value === undefined) return undefined;
    fields.push({ number, type, value: value.bytes });
    at = value.end;
  }
  return fields;
}

function valueAt(
  bytes: Buffer,
  at: number,
  type: number,
): { readonly bytes: Buffer; readonly end: number } | undefined {
  if (type === 0) {
    const number = readVarint(bytes, at);
    return number && { bytes: bytes.subarray(at, number.end), end: number.end };
  }
  const length = type === DELIMITED ? readVarint(bytes, at) : undefined;
  const start = length?.end ?? at;
  const size = type === 1 ? 8 : type === 5 ? 4 : length?.value;
  if (size === undefined || start + size > bytes.length) return undefined;
  return { bytes: bytes.subarray(start, start + size), end: start + size };
}

function readVarint(
  bytes: Buffer,
  start: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let at = start; at < Math.min(bytes.length, start + 5); at += 1) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * (at - start));
    if (byte < 0x80) return { value, end: at + 1 };
  }
  return undefined;
}
