import { text, valueSpot } from '../model/fields';
import { prioritySpecifiers } from '../model/specifiers';
import { DECISION_NAMESPACE } from '../model/types';
import type { Rule } from '../rule';

/** Only what `ext_authz` leaves is Ambit's answer; other metadata may come from the request. */
export const overrideNamespace: Rule = {
  code: 'override_namespace',
  severity: 'error',
  meaning: 'the list of targets is read from somewhere else than the answer of Ambit',
  remedy: 'write `override_metadata_namespace: envoy.filters.http.ext_authz`',
  check: ({ asking }) =>
    asking
      .flatMap(prioritySpecifiers)
      .filter(({ body }) => text(body, 'override_metadata_namespace') !== DECISION_NAMESPACE)
      .map(({ body }) => ({
        at: valueSpot(body, 'override_metadata_namespace'),
        message: 'Ambit’s list is not looked at here, and what is may be written by others',
      })),
};
