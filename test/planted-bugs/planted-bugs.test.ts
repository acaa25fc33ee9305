import { PLANTED_BUGS } from './bugs';
import type { Case } from './case';
import { differences } from './differences';
import { generatedCases } from './generated-cases';
import { coreFiles, loadCore, matchesOf, type Patch } from './support/core-copy';
import { WRITTEN_CASES } from './written-cases';

/** Enough that generated cases alone catch most of the bugs; the rest need the cases by hand. */
const GENERATED = 500;

const FAMILY: readonly Case[] = [...WRITTEN_CASES, ...generatedCases(GENERATED)];

/** A busy machine needs longer; nothing is gained by failing it. */
const TIMEOUT_MS = 300_000;

/** The first difference that a planted bug makes; undefined: it goes unnoticed. */
function firstDifference(patch: Patch, cases: readonly Case[]): string | undefined {
  const [first] = differences(loadCore(patch), cases);
  return first;
}

describe('planted bugs', () => {
  it('are at least 25, of every law that a decision can break, each different', () => {
    expect(PLANTED_BUGS.length).toBeGreaterThanOrEqual(25);
    expect(new Set(PLANTED_BUGS.map(({ name }) => name)).size).toBe(PLANTED_BUGS.length);
    const changes = PLANTED_BUGS.map(({ file, original, replacement }) =>
      [file, original, replacement].join('\n'),
    );
    expect(new Set(changes).size).toBe(PLANTED_BUGS.length);
    const laws = new Set(PLANTED_BUGS.map(({ law }) => law));
    for (const law of [
      'L1',
      'L2',
      'L3',
      'L4',
      'L5',
      'L6',
      'L7',
      'L8',
      'L9',
      'L10',
      'L11',
      'L12',
      'L13',
    ])
      expect(laws).toContain(law);
  });

  it.each(PLANTED_BUGS)('$law: $name: changes one place of $file', (bug) => {
    expect(coreFiles()).toContain(bug.file);
    expect(matchesOf(bug)).toBe(1);
    expect(bug.replacement).not.toBe(bug.original);
  });

  it(
    'are not needed for a difference: the core as it is makes none',
    () => {
      expect([...differences(loadCore(), FAMILY)]).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it.each(PLANTED_BUGS)(
    '$law: $name: is caught',
    (bug) => {
      expect(firstDifference(bug, FAMILY)).toBeDefined();
    },
    TIMEOUT_MS,
  );

  it(
    'are mostly caught by generated cases alone',
    () => {
      const generated = FAMILY.slice(WRITTEN_CASES.length);
      const caught = PLANTED_BUGS.filter((bug) => firstDifference(bug, generated) !== undefined);
      expect(caught.length).toBeGreaterThan(PLANTED_BUGS.length * 0.6);
    },
    TIMEOUT_MS,
  );
});
