import { text } from '../model/fields';
import { overridesOf } from '../model/manager';
import { entriesIn } from '../model/walk';
import { DECISION_NAMESPACE, TYPES } from '../model/types';
import type { Rule } from '../rule';

const ASKING: readonly string[] = [TYPES.extAuthz, TYPES.extAuthzPerRoute];

/** The guard and the list of targets believe what stands there. */
export const forgedMetadata: Rule = {
  code: 'forged_metadata',
  severity: 'error',
  meaning: 'another filter writes where Ambit’s decision stands',
  remedy: 'let it write to another namespace',
  check: ({ asking }) =>
    asking
      .flatMap((manager) => [...manager.filters, ...overridesOf(manager)])
      .filter(({ type }) => !ASKING.includes(type))
      .flatMap(({ body }) => entriesIn(body))
      .filter(
        ({ name, entry }) =>
          /^metadata_?namespace$/iu.test(name) && text(entry.value) === DECISION_NAMESPACE,
      )
      .map(({ entry }) => ({
        at: entry.value,
        message: 'this can write the decision and the list of targets in the place of Ambit',
      })),
};
