import { isUtf8 } from 'node:buffer';

import type { LogLine } from '../../ports/log-lines';
import { MAX_LINE_BYTES } from './limits';

/** Makes lines of a text that comes in pieces. */
export interface LineSplitter {
  /** The lines that end in this piece. */
  push(piece: Buffer): readonly LogLine[];
  /** The last line, if nothing ends it. */
  end(): readonly LogLine[];
}

/** Creates a splitter. A line that is too long is told, and never held. */
export function createLineSplitter(maxBytes = MAX_LINE_BYTES): LineSplitter {
  let number = 0;
  let begun: Buffer[] = [];
  let bytes = 0;
  const hold = (part: Buffer): void => {
    bytes += part.length;
    if (bytes > maxBytes) begun = [];
    else if (part.length > 0) begun.push(part);
  };
  const take = (): readonly LogLine[] => {
    const line = bytes > maxBytes ? tooLong(maxBytes) : decode(begun);
    number += 1;
    [begun, bytes] = [[], 0];
    return 'text' in line && line.text.trim() === '' ? [] : [{ number, ...line }];
  };
  return {
    push: (piece) => {
      const lines: LogLine[] = [];
      let start = 0;
      for (let end = piece.indexOf(LINE_END); end !== -1; end = piece.indexOf(LINE_END, start)) {
        hold(piece.subarray(start, end));
        lines.push(...take());
        start = end + 1;
      }
      hold(piece.subarray(start));
      return lines;
    },
    end: () => (bytes === 0 ? [] : take()),
  };
}

const LINE_END = 0x0a;

type Content = { readonly text: string } | { readonly problem: string };

function tooLong(maxBytes: number): Content {
  return { problem: `it is longer than ${String(maxBytes)} bytes` };
}

function decode(parts: readonly Buffer[]): Content {
  const [first] = parts;
  const whole = parts.length === 1 && first !== undefined ? first : Buffer.concat(parts);
  return isUtf8(whole) ? { text: whole.toString('utf8') } : { problem: 'it is not UTF-8 text' };
}
