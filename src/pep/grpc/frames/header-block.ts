import { BlockCursor, keysOfText } from './block-cursor';
import type { HeaderTable, ReadHeader, TableEntry } from './header-table';

/** What is read of the headers of a call without decoding all of them. */
export interface ReadBlock {
  /**
   * True if a decoder is the same after the block as before: it adds nothing to the table of HPACK, where that has room, and
   * leaves its size (RFC 7541, section 6).
   */
  readonly isPlain: boolean;
  /** The value of `:path` as `keysOfText` has it; undefined where it is not known. */
  readonly pathKey: string | undefined;
  /** The value of `grpc-timeout` likewise. */
  readonly timeoutKey: string | undefined;
}

/** The ways to write a header, by the first byte: each is told by its highest bit, and the lower ones begin a number. */
const INDEXED = { first: 0x80, bits: 7 };
const ADDED = { first: 0x40, bits: 6 };
const RESIZED = { first: 0x20, bits: 5 };
const LITERAL_BITS = 4;

const NAMES: ReadonlyMap<string, ReadHeader> = new Map([
  ...keysOfText(':path').map((key) => [key, 'path'] as const),
  ...keysOfText('grpc-timeout').map((key) => [key, 'timeout'] as const),
]);

/** Reads a block, and what it adds to the table. Undefined: it says something twice, or is wrong, and was not read whole. */
export function readBlock(
  bytes: Buffer,
  { start, end }: { readonly start: number; readonly end: number },
  table: HeaderTable,
): ReadBlock | undefined {
  const cursor = new BlockCursor(bytes, start, end);
  const { changes } = table;
  let pathKey: string | undefined;
  let timeoutKey: string | undefined;
  while (!cursor.isAtEnd()) {
    const said = takeField(cursor, cursor.peek(), table);
    if (said === undefined) continue;
    const { header, key } = said;
    if ((header === 'path' ? pathKey : timeoutKey) !== undefined) return undefined;
    if (header === 'path') pathKey = key;
    else timeoutKey = key;
  }
  return cursor.isWrong ? undefined : { isPlain: table.changes === changes, pathKey, timeoutKey };
}

/** Takes a header, and says it if it is one that is read. */
function takeField(cursor: BlockCursor, first: number, table: HeaderTable): TableEntry | undefined {
  if (first >= INDEXED.first) return table.at(cursor.number(INDEXED.bits));
  if (first >= ADDED.first) {
    const entry = takeLiteral(cursor, ADDED.bits, table);
    table.add(entry);
    return entry;
  }
  if (first < RESIZED.first) return takeLiteral(cursor, LITERAL_BITS, table);
  table.resize(cursor.number(RESIZED.bits));
  return undefined;
}

function takeLiteral(
  cursor: BlockCursor,
  bits: number,
  table: HeaderTable,
): TableEntry | undefined {
  const index = cursor.number(bits);
  const header = index === 0 ? NAMES.get(cursor.textKey()) : table.nameAt(index);
  if (header !== undefined) return { header, key: cursor.textKey() };
  cursor.skipText();
  return undefined;
}
