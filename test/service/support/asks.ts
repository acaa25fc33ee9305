import type { Ask, MinBundle } from '../../../src/ports/answer';
import type { Candidate, RequestContext } from '../../../src/core/model/request';

/** What differs from an ask that says nothing. */
export interface AskParts {
  readonly requestId?: string;
  readonly context?: Partial<RequestContext>;
  /** Target ids, which are the refs, too. Absent: the candidates are the catalog's. */
  readonly targets?: readonly string[];
  readonly detail?: Ask['detail'];
  readonly minBundle?: MinBundle;
  readonly problems?: readonly string[];
}

/** An ask. */
export function ask(parts: AskParts = {}): Ask {
  const { requestId = '', context = {}, targets, detail = 'reasons', minBundle } = parts;
  const candidates = targets?.map((target): Candidate => ({ ref: target, target, claims: [] }));
  return {
    requestId,
    detail,
    request: {
      context: {
        scope: new Map(),
        models: [],
        modelIdStyle: 'auto',
        features: [],
        preferences: {},
        attributes: new Map(),
        ...context,
      },
      ...(candidates === undefined ? {} : { candidates }),
      caller: { rewritesModel: true, ownsClaims: false },
      problems: parts.problems ?? [],
    },
    ...(minBundle === undefined ? {} : { minBundle }),
  };
}
