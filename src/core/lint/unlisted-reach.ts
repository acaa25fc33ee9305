import type { Finding } from '../model/finding';
import { isRouterModel } from '../policy/model-name';
import { setFinding } from '../policy/set-finding';
import type { LintView } from './lint-view';

/**
 * Targets that choose further upstream and do not list what they can reach: none of them is ever eligible (L12),
 * whatever they declare.
 */
export function unlistedReach({ set }: LintView): readonly Finding[] {
  return set.documents
    .flatMap(({ document }) => document.targets)
    .filter(({ model, reaches }) => reaches === undefined && isRouterModel(model))
    .map(({ id, model, position, places }) =>
      setFinding({
        severity: 'warning',
        code: 'unlisted_reach',
        message: `target \`${id}\` leaves the choice of a model to \`${model}\`, so it is never eligible`,
        help: 'name a model, or in a native file list under `reaches` every target that it may choose',
        position: places?.id ?? position,
      }),
    );
}
