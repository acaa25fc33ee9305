import { foldKeyLoosely } from '../strict-json';
import type { CallRoute } from './route';

/**
 * What a query may hold where Google is spoken, whose every field can stand there as well as in the body, and whose
 * `key` would choose an account other than the one that was judged.
 */
const GOOGLE_NAMES = ['alt', '$alt', 'prettyprint', '$prettyprint'];

/** Names by which some provider or gateway takes a model, an account or a key out of a query. */
const CHOOSING_NAMES =
  `model models model_id modelid deployment deployment_id engine provider region location project key api_key
  apikey x_api_key authorization access_token oauth_token subscription_key userproject $userproject quotauser $quotauser user_project`.split(
    /\s+/,
  );

/** What is wrong with the query of a call; undefined: nothing. Nothing of it is repeated: clients put keys there. */
export function problemOfQuery(
  { form, namesPlace }: Pick<CallRoute, 'form' | 'namesPlace'>,
  query: string,
): string | undefined {
  // Some readers split at a semicolon, too.
  if (query.includes(';')) return UNREADABLE;
  const names = query === '' ? [] : query.split('&').map(nameOf);
  if (names.some((name) => name === undefined)) return UNREADABLE;
  const known = names.filter((name) => name !== undefined);
  if (new Set(known).size < known.length) return 'the query has a key twice; send it once';
  if (form === 'gemini' || namesPlace) {
    return known.every((name) => GOOGLE_NAMES.includes(name)) ? undefined : GOOGLE;
  }
  return known.some((name) => CHOOSING_NAMES.includes(name)) ? CHOOSING : undefined;
}

const UNREADABLE = 'the query is not readable percent-encoding';
const GOOGLE =
  'the query may hold `alt` only; send a key in the header `x-goog-api-key`, and all else in the body';
const CHOOSING =
  'the query has a key that could choose another model, account or credential; leave it out';

/** A name as any reader could take it: decoded, without case, `-` as `_`, and `models[0]` or `models.x` as `models`. */
function nameOf(entry: string): string | undefined {
  const [name = ''] = entry.split('=', 1);
  try {
    const decoded = decodeURIComponent(entry.replaceAll('+', ' '));
    if (/\p{C}/u.test(decoded)) return undefined;
    const folded = foldKeyLoosely(decodeURIComponent(name.replaceAll('+', ' '))).trim();
    return folded.replaceAll('-', '_').split(/[[.]/, 1)[0];
  } catch {
    return undefined;
  }
}
