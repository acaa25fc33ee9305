import { judgeByChoice, type Choice } from './choices';
import { findMismatches, type Mismatch } from './expectations';
import { needsChoice, type ProductAdapter, type Vector, type VectorFile } from './vector';

/** What a run found; the lines are ready to print. */
export interface VectorReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly lines: readonly string[];
}

/** Everything that a run needs beside the vectors. */
export interface VectorTables {
  readonly adapters: readonly ProductAdapter[];
  readonly choices: ReadonlyMap<string, Choice>;
}

/** Judges every vector. Only products whose dialect is not built are skipped, and each is named. */
export function runVectors(files: readonly VectorFile[], tables: VectorTables): VectorReport {
  const parts = files.map((file) => runFile(file, tables));
  const total = (key: 'passed' | 'failed' | 'skipped'): number =>
    parts.reduce((sum, part) => sum + part[key], 0);
  const [passed, failed, skipped] = [total('passed'), total('failed'), total('skipped')];
  const summary = `${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`;
  return { passed, failed, skipped, lines: [...parts.flatMap((part) => part.lines), summary] };
}

function runFile(file: VectorFile, tables: VectorTables): VectorReport {
  const adapter = tables.adapters.find(({ product }) => product === file.product);
  if (adapter === undefined) {
    const skipped = file.vectors.length;
    const line = `skipped ${file.product}: ${String(skipped)} vectors, dialect not built yet`;
    return { passed: 0, failed: 0, skipped, lines: [line] };
  }
  const results = file.vectors.map((vector) => runVector(vector, adapter, tables.choices));
  const failed = results.filter((lines) => lines.length > 0).length;
  return { passed: results.length - failed, failed, skipped: 0, lines: results.flat() };
}

function runVector(
  vector: Vector,
  adapter: ProductAdapter,
  choices: ReadonlyMap<string, Choice>,
): readonly string[] {
  try {
    const answer = adapter.answer(vector);
    const mismatches = needsChoice(vector)
      ? judgeByChoice(vector, choices.get(vector.id), answer, adapter)
      : findMismatches(vector.expect, answer, adapter.reasons);
    return mismatches.map((mismatch) => showMismatch(vector, mismatch));
  } catch (error) {
    return [`failed ${vector.id}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function showMismatch(vector: Vector, { key, expected, got }: Mismatch): string {
  const show = (value: unknown): string =>
    value === undefined ? 'nothing' : JSON.stringify(value);
  return `failed ${vector.id}: ${key}: expected ${show(expected)}, got ${show(got)}`;
}
