const LINE_END = 0x0a;

/** Where a line begins, and where its end stands. */
export interface LineSpan {
  readonly from: number;
  readonly to: number;
}

/** All whole lines of some bytes; what has no end is none. */
export function* lineSpans(bytes: Uint8Array): Generator<LineSpan, void, undefined> {
  let from = 0;
  for (let to = bytes.indexOf(LINE_END); to !== -1; to = bytes.indexOf(LINE_END, from)) {
    yield { from, to };
    from = to + 1;
  }
}
