import type { SourceFile } from '../../../ports/policy-dialect';
import type { Spot } from './config-node';

/** The text of a configuration, with offsets (UTF-16 units from the start) turned into lines and columns from 1. */
export class SourcePlaces {
  readonly #file: SourceFile;
  readonly #lineStarts: readonly number[];

  constructor(file: SourceFile) {
    this.#file = file;
    const breaks = file.text.matchAll(/\n/gu);
    this.#lineStarts = [0, ...Array.from(breaks, ({ index }) => index + 1)];
  }

  /** The word between two offsets; one of several lines is marked up to the end of its first. */
  spot(start: number, end: number): Spot {
    const index = this.#lineIndex(start);
    const lineStart = this.#lineStarts[index] ?? 0;
    const lineEnd = this.#lineStarts[index + 1] ?? this.#file.text.length;
    const word = this.#file.text.slice(start, Math.min(end, lineEnd)).trimEnd();
    const column = start - lineStart + 1;
    const position = { file: this.#file.name, line: index + 1, column };
    return { position, endColumn: column + Math.max(1, word.length) };
  }

  #lineIndex(offset: number): number {
    let low = 0;
    let high = this.#lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#lineStarts[middle] ?? Infinity) <= offset) low = middle;
      else high = middle;
    }
    return low;
  }
}
