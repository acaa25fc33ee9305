import { APIS } from '../../core/model/api';
import type { Api } from '../../core/model/api';
import { claimantOf, ControlFault, controlHeaders, readOrFault, shown } from './control-headers';
import type { Claimant, ControlWords } from './control-headers';
import type { RoutedRequest } from './router';

/** For whom a list is, and for which API. */
export interface Control extends Claimant {
  readonly api?: Api;
}

/** What a request states, or what is wrong with that. */
export type ControlReading = Control | { readonly fault: string };

const API = 'x-ambit-api';

/** Preferences of end clients are none of a list's, so they are refused and not passed over. */
const WORDS: ControlWords = { prefixes: ['x-ambit-', 'ambit-prefer-'], names: [API] };

/** Reads the control headers of a request for models, and its query. Total: a fault is a value. */
export function readControl(request: Pick<RoutedRequest, 'rawHeaders' | 'query'>): ControlReading {
  return readOrFault(() => {
    const headers = controlHeaders(request.rawHeaders, WORDS);
    const claimant = claimantOf(headers);
    const api = apiOf(headers.get(API), readQuery(request.query));
    return { ...claimant, ...(api === undefined ? {} : { api }) };
  });
}

/** The api that a query names. Nothing else may stand in it. */
function readQuery(query: string): string | undefined {
  const entries = [...new URLSearchParams(query)];
  const other = entries.find(([name]) => name !== 'api');
  if (other !== undefined) {
    throw new ControlFault(
      `the query has \`${shown(other[0])}\`, which is not known; known is \`api\``,
    );
  }
  if (entries.length > 1) throw new ControlFault('the query has `api` twice; send it once');
  return entries[0]?.[1];
}

function apiOf(header: string | undefined, query: string | undefined): Api | undefined {
  if (header !== undefined && query !== undefined && header !== query) {
    throw new ControlFault(`\`${API}\` and the query name different APIs; name one`);
  }
  const stated = header ?? query;
  if (stated === undefined) return undefined;
  const api = APIS.find((each) => each === stated);
  if (api !== undefined) return api;
  throw new ControlFault(`\`${shown(stated)}\` is no API; known are ${APIS.join(', ')}`);
}
