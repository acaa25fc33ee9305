import { parse as parseYaml } from 'yaml';
import type { ClaimName, ClaimValue } from '../../../src/core/model/claim';
import { evaluateRule } from '../../../src/core/requirements/registry';
import { compileCel } from '../../../src/dialects/expression/cel-compiler';
import { CEL_FUNCTION_NAMES } from '../../../src/dialects/expression/cel-functions';
import {
  MAX_EXPRESSION_CHARS,
  MAX_EXPRESSION_COST,
  MAX_EXPRESSION_DEPTH,
  MAX_EXPRESSION_NODES,
  MAX_INPUT_CHARS,
  MAX_INPUT_ITEMS,
} from '../../../src/dialects/expression/cel-limits';
import { statedFacts } from '../../core/requirements/support/facts';
import { textOf } from '../../tidy/support/project-files';

const PAGE = textOf('docs/expressions.md');

/** The rows of the page's tables; `\|` is a bar within a cell. */
const ROWS = PAGE.split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split(/(?<!\\)\|/u).slice(1, -1))
  .map((cells) => cells.map((cell) => cell.replaceAll('`', '').replaceAll('\\|', '|').trim()));

/** What the last column says, as the state of the requirement. */
const STATES: ReadonlyMap<string, string> = new Map([
  ['true', 'satisfied'],
  ['false', 'contrary'],
  ['unknown', 'unknown'],
  ['error', 'error'],
]);

interface Given {
  readonly claims?: Readonly<Partial<Record<ClaimName, ClaimValue>>>;
  readonly attributes?: Readonly<Record<string, string>>;
}

const EXAMPLES = ROWS.filter(([, , result = '']) => STATES.has(result)).map(
  ([text = '', given = '', result = '']) => ({ text, given, state: STATES.get(result) }),
);

test.each(EXAMPLES)('$text with $given is $state', ({ text, given, state }) => {
  const { claims = {}, attributes = {} } = parseYaml(given) as Given;
  const compiled = compileCel(text);
  if ('error' in compiled) throw new Error(compiled.error);
  const rule = { kind: 'expression', text, ...compiled } as const;
  const facts = statedFacts(claims, { attributes: new Map(Object.entries(attributes)) });
  expect(evaluateRule(rule, facts).state).toBe(state);
});

test('the examples come out in every way', () => {
  expect(new Set(EXAMPLES.map(({ state }) => state))).toEqual(new Set(STATES.values()));
  expect(EXAMPLES.length).toBeGreaterThan(15);
});

test('functions and limits are those of the code', () => {
  for (const name of CEL_FUNCTION_NAMES) expect(PAGE).toContain(`\`${name}\``);
  const limits = ROWS.map(([, limit = '']) => Number.parseInt(limit, 10));
  expect(limits).toEqual(
    expect.arrayContaining([
      MAX_EXPRESSION_CHARS,
      MAX_EXPRESSION_DEPTH,
      MAX_EXPRESSION_NODES,
      MAX_EXPRESSION_COST,
      MAX_INPUT_ITEMS,
      MAX_INPUT_CHARS,
    ]),
  );
});
