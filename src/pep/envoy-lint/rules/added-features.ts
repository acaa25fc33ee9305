import type { EnvoyModel } from '../model/envoy-model';
import { text } from '../model/fields';
import { keptFields } from '../model/hop-body';
import { bodiesOf, filtersAfter, filtersOf } from '../model/manager';
import { isToldCleared } from '../model/told';
import { TYPES } from '../model/types';
import { isFilledIn } from '../../../ports/envoy-operators';
import { quote } from '../quote';
import type { Rule } from '../rule';
import type { ConfigNode } from '../yaml/config-node';

/** Fields by which answers are stored, or other models answer; Ambit has judged the client's body without them. */
const FEATURES = ['store', 'background', 'models', 'fallbacks', 'fallback_models'];

/** What Ambit has judged does not hold for what is added afterwards. */
export const addedFeatures: Rule = {
  code: 'added_features',
  severity: 'error',
  meaning: 'a body is told to be stored, or other models to answer, after Ambit has judged it',
  remedy: 'remove the field; `store: false` may stand there',
  // Where Ambit is told that all else is cleared, `uncleared_fields` looks at each field.
  check: (model) =>
    isToldCleared(model)
      ? []
      : bodiesAfter(model)
          .flatMap(keptFields)
          .filter(([name, value]) => FEATURES.includes(name) && !isOwn(value))
          .map(([name, at]) => ({
            at,
            message: `${quote(name)} is written into what Ambit has judged without it`,
          })),
};

function bodiesAfter({ asking, hops }: EnvoyModel): readonly ConfigNode[] {
  return [
    ...asking.flatMap((manager) =>
      bodiesOf(
        manager,
        filtersAfter(manager, TYPES.extAuthz).filter(({ type }) => type === TYPES.transform),
      ),
    ),
    ...hops.flatMap((hop) => bodiesOf(hop, filtersOf(hop, TYPES.transform))),
  ];
}

/** True for what switches a feature off, or is the client's own word, which Ambit has read. */
function isOwn(value: ConfigNode): boolean {
  const written = text(value);
  return written === 'false' || (written !== undefined && isFilledIn(written));
}
