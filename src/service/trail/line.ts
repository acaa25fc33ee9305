import type { TrailPosition } from '../../ports/trail';
import type { TrailCrypto } from '../../ports/trail-keys';
import { isCount, isObject, type JsonObject } from '../json-values';
import { hasKeys, isHash, readCanonicalObject } from './canonical-object';
import { textOf } from './signed-document';

/** What a line can be. Its content stands under the same word. */
const LINE_KINDS = ['record', 'gap', 'rotation', 'note'] as const;

/** What a line is. */
export type LineKind = (typeof LINE_KINDS)[number];

/** What a line hangs on. */
export interface Link {
  readonly sequence: number;
  /** The hash of the line before; for the first of a segment that of the seal before, or of the beginning. */
  readonly previous: string;
}

/** A line that has the hash that it states. */
export interface Line extends Link, TrailPosition {
  readonly kind: LineKind;
  readonly content: JsonObject;
}

/** A line as it is written, with its line end, and its hash. */
export interface WrittenLine {
  /** The line in pieces, so that a long record is copied once, to where it is written. */
  readonly pieces: readonly Uint8Array[];
  readonly hash: string;
}

/** Most bytes (UTF-8) of one record; those of decisions have a few thousand. */
export const MAX_RECORD_BYTES = 1024 * 1024;

/**
 * Most bytes of a line, its end left out: those of the largest record, and what stands around it. A longer one is none of
 * ours, and is never read as JSON, which could take a hundred times its memory.
 */
const MAX_LINE_BYTES = MAX_RECORD_BYTES + 1024;

const LINE_START = '{"seq":';

const HASH_PART = /,"hash":"[0-9a-f]{64}"\}$/;

const encoder = new TextEncoder();

/** Writes a line. Its hash is that of its own text without the part that states the hash. */
export function writeLine(
  { sequence, previous }: Link,
  kind: LineKind,
  contentJson: string,
  { sha256 }: TrailCrypto,
): WrittenLine {
  const head = `{"seq":${String(sequence)},"prev":"${previous}","kind":"${kind}"`;
  const hashed = encoder.encode(`${head},"${kind}":${contentJson}}`);
  const hash = sha256(hashed);
  return { pieces: [hashed.subarray(0, -1), encoder.encode(`,"hash":"${hash}"}\n`)], hash };
}

/** Reads the bytes of a line, without its line end. */
export function readLine(
  bytes: Uint8Array,
  { sha256 }: TrailCrypto,
): { readonly line: Line } | { readonly problem: 'malformed_line' | 'wrong_hash' } {
  const text = bytes.length > MAX_LINE_BYTES ? undefined : textOf(bytes);
  const line =
    text?.startsWith(LINE_START) === true ? lineIn(readCanonicalObject(text)) : undefined;
  if (text === undefined || line === undefined) return { problem: 'malformed_line' };
  const hash = sha256(text.replace(HASH_PART, '}'));
  return hash === line.hash ? { line } : { problem: 'wrong_hash' };
}

function lineIn(object: JsonObject | undefined): Line | undefined {
  if (object === undefined) return undefined;
  const { seq: sequence, prev: previous, hash } = object;
  const kind = LINE_KINDS.find((each) => each === object['kind']);
  if (kind === undefined || !hasKeys(object, ['seq', 'prev', 'kind', kind, 'hash']))
    return undefined;
  const content = object[kind];
  if (!isCount(sequence) || sequence === 0 || !isObject(content)) return undefined;
  if (!isHash(previous) || !isHash(hash)) return undefined;
  return { sequence, previous, kind, content, hash };
}

/** What the first line of a trail hangs on: the key that it begins with. */
export function beginningOf(publicKey: string, { sha256 }: TrailCrypto): string {
  return sha256(`ambit trail 1 ${publicKey}`);
}
