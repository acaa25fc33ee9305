import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { failClosedSide, findMismatches, type Mismatch } from './expectations';
import { isHazard, type ProductAdapter, type Vector, type VectorAnswer } from './vector';

/** What we answer where a source contradicts itself, says nothing, or does what must not be copied. */
export interface Choice {
  readonly id: string;
  /** Our answer, with the keys of an expectation and our own reason names. */
  readonly answer: Readonly<Record<string, unknown>>;
  /** The fail-closed side, where the expectation names no eligible targets. */
  readonly fail_closed?: readonly string[];
  readonly why: string;
}

const FOLDER = join(process.cwd(), 'test/vectors');

/** The committed tables of choices, one a product. */
export function readChoices(): ReadonlyMap<string, Choice> {
  const rows = readdirSync(FOLDER)
    .filter((name) => /^choices.*\.yaml$/u.test(name))
    .sort()
    .flatMap((name) => parse(readFileSync(join(FOLDER, name), 'utf8')) as readonly Choice[]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Judges a vector by its choice: we do what the table says, and never more than the fail-closed side. */
export function judgeByChoice(
  vector: Vector,
  choice: Choice | undefined,
  answer: VectorAnswer,
  adapter: ProductAdapter,
): readonly Mismatch[] {
  if (choice === undefined) {
    return [{ key: 'choice', expected: 'a row in choices.yaml', got: 'none' }];
  }
  return [
    ...findMismatches(choice.answer, answer, {}),
    ...findWidening(vector, choice, answer),
    ...findReproducedHazard(vector, answer, adapter),
  ];
}

function findWidening(vector: Vector, choice: Choice, answer: VectorAnswer): readonly Mismatch[] {
  if (answer.configError || isHazard(vector)) return [];
  const side = failClosedSide(vector.expect) ?? choice.fail_closed ?? [];
  const wider = answer.eligible.filter((ref) => !side.includes(ref));
  return wider.length === 0
    ? []
    : [{ key: 'fail-closed side', expected: side, got: answer.eligible }];
}

function findReproducedHazard(
  vector: Vector,
  answer: VectorAnswer,
  adapter: ProductAdapter,
): readonly Mismatch[] {
  if (!isHazard(vector)) return [];
  return findMismatches(vector.expect, answer, adapter.reasons).length > 0
    ? []
    : [{ key: 'hazard', expected: 'not reproduced', got: vector.expect }];
}
