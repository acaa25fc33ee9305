import type { EnvoyModel } from '../model/envoy-model';
import { each, field, isTrue, text } from '../model/fields';
import { demands } from '../model/guard';
import { earlyRemovals, removesHeader } from '../model/early-removal';
import { marksOf, replaces, writesModel } from '../model/hop-body';
import {
  alwaysRuns,
  bodiesOf,
  filtersOf,
  overridesOf,
  type HttpFilter,
  type Manager,
} from '../model/manager';
import { TYPES } from '../model/types';
import { nodesIn } from '../model/walk';
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
        .filter((filter) =>
          bodiesOf(hop, [filter]).some((body) => writesModel(body) || replaces(body)),
        )
        .filter((filter) => !isGuarded(hop, filter))
        .map(({ node }) => ({
          at: node,
          message:
            'what this cannot read (a key twice, another content type) passes unchanged, with the model that the client wrote',
        })),
    ),
};

function isGuarded(hop: Manager, transform: HttpFilter): boolean {
  const marks = bodiesOf(hop, [transform])
    .flatMap(marksOf)
    .filter((mark) => removesHeader(earlyRemovals(hop), mark))
    .filter((mark) => !isForged(hop, transform, mark));
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

/** True if something else in the hop writes the mark, too, so that it proves nothing. */
function isForged(hop: Manager, transform: HttpFilter, mark: string): boolean {
  const others = [
    ...hop.filters.filter((filter) => filter !== transform).map(({ node }) => node),
    ...overridesOf(hop)
      .filter(({ filter }) => filter !== transform.name)
      .map(({ body }) => body),
    ...each(hop.node, 'early_header_mutation_extensions'),
  ];
  return others
    .flatMap(nodesIn)
    .some((node) => text(node, 'append', 'header', 'key')?.toLowerCase() === mark);
}
