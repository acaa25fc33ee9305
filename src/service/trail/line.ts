import type { Sha256 } from '../../ports/trail-keys';

/** Kinds of lines: the record of a decision, and the count of those that could not be recorded. Append-only. */
export const LINE_KINDS = ['record', 'gap'] as const;

/** What a line holds. */
export type LineKind = (typeof LINE_KINDS)[number];

/** What comes before the first line. */
export const GENESIS = '0'.repeat(64);

/** How far a trail has come: the number of its last line, from 1, and that line's hash. 0: there is none. */
export interface TrailHead {
  readonly sequence: number;
  readonly hash: string;
}

/** A trail without lines. */
export const EMPTY_HEAD: TrailHead = { sequence: 0, hash: GENESIS };

/** A line as it was read. */
export interface TrailLine extends TrailHead {
  readonly previous: string;
  readonly kind: LineKind;
  readonly body: unknown;
}

/** A line with its line end, and the head that it makes. */
export interface WrittenLine {
  readonly text: string;
  readonly head: TrailHead;
}

/** Writes the line behind a head. The body is JSON without line ends. */
export function writeLine(
  { sequence, hash: previous }: TrailHead,
  { kind, body }: { readonly kind: LineKind; readonly body: string },
  sha256: Sha256,
): WrittenLine {
  const signed = `{"seq":${String(sequence + 1)},"prev":"${previous}","kind":"${kind}","body":${body}`;
  const hash = sha256(signed);
  return {
    text: `${signed},"hash":"${hash}"}\n`,
    head: { sequence: sequence + 1, hash },
  };
}

/** The hash covers everything before it, byte by byte, so that no two texts are one line. */
const FORM =
  /^(\{"seq":([1-9]\d{0,14}),"prev":"([0-9a-f]{64})","kind":"([a-z]+)","body":(.+)),"hash":"([0-9a-f]{64})"\}$/su;

/** Reads a line without its line end. */
export function readLine(text: string, sha256: Sha256): TrailLine | { readonly problem: string } {
  const [, signed = '', sequence, previous = '', kind, body = '', hash = ''] =
    FORM.exec(text) ?? [];
  if (sequence === undefined) return { problem: 'it is no line of a trail' };
  if (sha256(signed) !== hash) return { problem: 'it does not have the hash that it states' };
  const known = LINE_KINDS.find((each) => each === kind);
  if (known === undefined) return { problem: 'its kind is not known' };
  const parsed = parse(body);
  if (parsed === undefined) return { problem: 'its body is no JSON' };
  return { sequence: Number(sequence), hash, previous, kind: known, body: parsed };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
