import type { EnvoyModel } from '../model/envoy-model';
import { field, isTrue, text } from '../model/fields';
import { demands } from '../model/guard';
import { earlyRemovals, removesHeader } from '../model/early-removal';
import { marksOf, writesModel } from '../model/hop-body';
import { alwaysRuns, filtersOf, type HttpFilter, type Manager } from '../model/manager';
import { TYPES } from '../model/types';
import type { Rule } from '../rule';

/** `transform` passes on what it cannot read as JSON, with the client’s model in it. */
export const unreadBodySent: Rule = {
  code: 'unread_body_sent',
  severity: 'error',
  meaning:
    'a body that the filter `transform` cannot read goes to the provider as the client wrote it',
  remedy:
    'let `transform` set a header and demand it by an RBAC filter behind it, as `ambit envoy config` does with `body-guard`',
  check: ({ hops }: EnvoyModel) =>
    hops.flatMap((hop) =>
      filtersOf(hop, TYPES.transform)
        .filter(({ body }) => writesModel(body))
        .filter((filter) => !isGuarded(hop, filter))
        .map(({ node }) => ({
          at: node,
          message:
            'what this cannot read (a key twice, another content type) passes unchanged, with the model that the client wrote',
        })),
    ),
};

function isGuarded(hop: Manager, transform: HttpFilter): boolean {
  const marks = marksOf(transform.body).filter((mark) => removesHeader(earlyRemovals(hop), mark));
  const behind = hop.filters.slice(hop.filters.indexOf(transform));
  return behind
    .filter((filter) => filter.type === TYPES.rbac && alwaysRuns(hop, filter))
    .some(({ body }) =>
      demands(body, (condition) => {
        const header = field(condition, 'header');
        const isNamed = marks.includes(text(header, 'name')?.toLowerCase() ?? '');
        const isHeld =
          text(header, 'string_match', 'exact') !== undefined || isTrue(header, 'present_match');
        return isNamed && isHeld && !isTrue(header, 'invert_match');
      }),
    );
}
