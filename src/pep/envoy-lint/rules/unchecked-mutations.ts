import { entry, field, isTrue, keySpot, text, valueSpot } from '../model/fields';
import type { AskingFilter } from '../model/envoy-model';
import type { Hit, Rule } from '../rule';

/** What allows Ambit's own headers and no others. Other expressions would have to be run to know what they allow. */
const OWN_HEADERS = /^\^?x-ambit-[^|]*$/u;

/** Whoever answers in the place of Ambit, or an Ambit with a defect, may otherwise rewrite any header. */
export const uncheckedMutations: Rule = {
  code: 'unchecked_mutations',
  severity: 'warning',
  meaning: 'an answer of Ambit may set headers other than its own',
  remedy:
    "write `decoder_header_mutation_rules: { disallow_all: true, allow_expression: { regex: '^x-ambit-.*$' } }`",
  check: ({ askingFilters }) => askingFilters.flatMap(mutationHits),
};

function mutationHits({ filter: { body, node } }: AskingFilter): readonly Hit[] {
  const rules = field(body, 'decoder_header_mutation_rules');
  if (rules === undefined) {
    const message =
      '`decoder_header_mutation_rules` is missing, so an answer may set the host, the path or a key';
    return [{ at: node, message }];
  }
  const expression = text(rules, 'allow_expression', 'regex');
  const isNarrow = expression === undefined || OWN_HEADERS.test(expression);
  if (isTrue(rules, 'disallow_all') && isNarrow) return [];
  const at = isNarrow
    ? keySpot(body, 'decoder_header_mutation_rules')
    : valueSpot(rules, 'allow_expression', 'regex');
  return [{ at, message: 'these rules let an answer set more than the headers of Ambit' }];
}

/** Without the check a header that Ambit took from a name could hold a line break. */
export const unvalidatedMutations: Rule = {
  code: 'unvalidated_mutations',
  severity: 'warning',
  meaning: 'headers in the answer of Ambit are taken without a check of their form',
  remedy: 'write `validate_mutations: true`',
  check: ({ askingFilters }) =>
    askingFilters
      .filter(({ filter }) => !isTrue(filter.body, 'validate_mutations'))
      .map(({ filter: { body, node } }) => ({
        at: entry(body, 'validate_mutations')?.value ?? node,
        message:
          '`validate_mutations` is off, so a malformed header of an answer would be passed on',
      })),
};
