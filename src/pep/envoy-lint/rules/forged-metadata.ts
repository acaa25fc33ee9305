import { text } from '../model/fields';
import { overridesOf } from '../model/manager';
import { entriesIn, nodesIn } from '../model/walk';
import { DECISION_NAMESPACE, TYPES } from '../model/types';
import type { Rule } from '../rule';
import type { ConfigNode } from '../yaml/config-node';

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
      .flatMap(({ name, entry }) => writtenBy(name, entry.value))
      .map((at) => ({
        at,
        message: 'this can write the decision and the list of targets in the place of Ambit',
      })),
};

/** Where a field names the namespace as one that is written: of a filter, of another server, in a script. */
function writtenBy(name: string, value: ConfigNode): readonly ConfigNode[] {
  if (/^metadata_?namespace$/iu.test(name))
    return text(value) === DECISION_NAMESPACE ? [value] : [];
  if (/^receiving_?namespaces$/iu.test(name))
    return nodesIn(value).filter((each) => text(each) === DECISION_NAMESPACE);
  return SCRIPT.test(text(value) ?? '') ? [value] : [];
}

/** What a script sets metadata by. */
const SCRIPT = /:set\(\s*["']envoy\.filters\.http\.ext_authz["']/u;
