import { earlyRemovals, removesHeader } from '../model/early-removal';
import { quote } from '../quote';
import type { Rule } from '../rule';

/** A header that the client can write is the client's choice, whenever Ambit does not set it. */
export const targetByHeader: Rule = {
  code: 'target_by_header',
  severity: 'error',
  meaning: 'a header that clients can write names the cluster',
  remedy: 'walk Ambit’s list instead; or remove the header in `early_header_mutation_extensions`',
  check: ({ asking }) =>
    asking.flatMap((manager) =>
      manager.routes
        .flatMap(({ destinations }) => destinations)
        .flatMap((each) => (each.kind === 'header' ? [each] : []))
        .filter(({ name }) => !removesHeader(earlyRemovals(manager), name))
        .map(({ name, at }) => ({
          at,
          message: `the client chooses the provider by ${quote(name)} wherever Ambit does not set it`,
        })),
    ),
};
