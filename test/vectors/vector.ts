import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What another system is documented to do with one input; see docs/vectors of the file's own source. */
export interface Vector {
  readonly id: string;
  readonly product: string;
  readonly sources: readonly string[];
  readonly input: Readonly<Record<string, unknown>>;
  readonly expect: Readonly<Record<string, unknown>>;
  readonly note?: string;
  readonly contradiction?: string;
}

/** The vectors of one product, as their file holds them. */
export interface VectorFile {
  readonly product: string;
  readonly vectors: readonly Vector[];
}

/** Our answer to a vector, in our own words. */
export interface VectorAnswer {
  /** True: the file is refused, so that nothing is decided. */
  readonly configError: boolean;
  readonly outcome: 'allow' | 'warn' | 'block';
  /** Refs of the candidates that may be used, in order. */
  readonly eligible: readonly string[];
  /** For every other candidate the requirements (or reason codes, where no requirement is involved). */
  readonly blocked: Readonly<Record<string, readonly string[]>>;
  readonly httpStatus?: number;
  readonly errorCode?: string;
  /** Answers to keys of expectations that only some products have, computed from decisions; compared as JSON. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Maps a product's words to a bundle and asks it. */
export interface ProductAdapter {
  readonly product: string;
  /** The product's name of a reason to ours. */
  readonly reasons: Readonly<Record<string, string>>;
  /** Throws if the input holds a key that the adapter does not know: nothing is skipped silently. */
  answer(vector: Vector): VectorAnswer;
}

/** Reads every vector file of a folder; files without `vectors` (the register of sources) are left out. */
export function readVectorFiles(folder: string): readonly VectorFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Partial<VectorFile>)
    .filter((file): file is VectorFile => file.vectors !== undefined && file.product !== undefined);
}

/** True if the vector's note marks behaviour that must not be copied. */
export function isHazard(vector: Vector): boolean {
  return /hazard/i.test(vector.note ?? '');
}

/** True if a committed choice, and not the expectation alone, says what we answer. */
export function needsChoice(vector: Vector): boolean {
  return (
    vector.contradiction !== undefined || isHazard(vector) || vector.expect['unspecified'] === true
  );
}
