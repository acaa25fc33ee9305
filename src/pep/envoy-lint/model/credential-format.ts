import { CREDENTIAL_HEADERS } from '../../shared/credential-headers';

/** What Envoy fills in with a key or cookie of the request. */
export const CREDENTIAL_FORMAT = new RegExp(
  `%(?:REQ|REQUEST_HEADER)\\((?:[^)%]*\\?)?(?:${CREDENTIAL_HEADERS.join('|')})[)?:]`,
  'iu',
);
