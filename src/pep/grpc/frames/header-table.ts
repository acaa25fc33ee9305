import { USUAL_TABLE_BYTES } from './frame';

/** The headers that are read. */
export type ReadHeader = 'path' | 'timeout';

/** An entry that says one of them, and the key of its text. */
export interface TableEntry {
  readonly header: ReadHeader;
  readonly key: string;
}

/** The entries of the static table of HPACK, and those whose name is `:path` (RFC 7541, appendix A). */
const STATIC_ENTRIES = 61;
const FIRST_PATH = 4;
const LAST_PATH = 5;

/** Entries that are remembered; what was added before them is not known any more. */
const MAX_ENTRIES = 64;

/** The longest text that is remembered, as its key: no path of a service is as long, and no timeout. */
const MAX_KEY_LENGTH = 128;

/**
 * What a client's table of HPACK says of the headers that are read. Entries are numbered as they are added; how a block
 * counts them, backwards from the latest, does not depend on how many are left.
 */
export class HeaderTable {
  /** How often something changed in it. */
  changes = 0;
  private size: number | undefined = USUAL_TABLE_BYTES;
  private readonly entries = new Map<number, TableEntry>();
  private added = 0;
  private isKnown = true;

  /** A block has added an entry; undefined: one of a header that is not read. What a client sends is kept within bounds. */
  add(entry: TableEntry | undefined): void {
    // A table without room stays empty, whatever is added.
    if (this.size === 0) return;
    this.changes += 1;
    this.added += 1;
    if (entry === undefined || !this.isKnown || entry.key.length > MAX_KEY_LENGTH) return;
    this.entries.set(this.added, entry);
    const [oldest] = this.entries.keys();
    if (oldest !== undefined && this.entries.size > MAX_ENTRIES) this.entries.delete(oldest);
  }

  /** A block has said how many bytes the table may have from now on. Without any it is empty, whatever was in it. */
  resize(size: number): void {
    if (size === this.size) return;
    this.changes += 1;
    this.size = size;
    if (size !== 0) return;
    this.isKnown = true;
    this.entries.clear();
  }

  /** A block was not read, so nobody knows what it has added. */
  forget(): void {
    this.isKnown = false;
    this.size = undefined;
    this.entries.clear();
  }

  /** The entry that an index stands for, where it is a header that is read and not in the static table. */
  at(index: number): TableEntry | undefined {
    return this.isKnown ? this.entries.get(this.added - (index - STATIC_ENTRIES - 1)) : undefined;
  }

  /** The header whose name an index stands for. */
  nameAt(index: number): ReadHeader | undefined {
    return index >= FIRST_PATH && index <= LAST_PATH ? 'path' : this.at(index)?.header;
  }
}
