import { filtersAfter } from '../model/manager';
import { TYPES } from '../model/types';
import { quote } from '../quote';
import type { Rule } from '../rule';

/** Filters that run someone's code, here or elsewhere. */
const PROGRAMS = /^filters\.http\.(?:ext_proc|lua|wasm|golang|dynamic_modules)\./u;

/** What Ambit judged must be what is sent. */
export const changedAfterDecision: Rule = {
  code: 'changed_after_decision',
  severity: 'warning',
  meaning: 'a program runs after the decision, and can change the path, the body or the metadata',
  remedy: 'let it run before `ext_authz`, so that Ambit judges what it leaves',
  check: ({ asking }) =>
    asking.flatMap((manager) =>
      filtersAfter(manager, TYPES.extAuthz)
        .filter(({ type }) => PROGRAMS.test(type))
        .map(({ node, name }) => ({
          at: node,
          message: `${quote(name)} runs after Ambit has decided, and can make another request of what was judged`,
        })),
    ),
};
