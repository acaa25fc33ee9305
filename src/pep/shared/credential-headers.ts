/** Headers in which clients show who they are. They end at the ingress, and Ambit does not see them. */
export const CREDENTIAL_HEADERS: readonly string[] = [
  'authorization',
  'proxy-authorization',
  'x-api-key',
  'api-key',
  'x-goog-api-key',
  'cookie',
];

/** What chooses another account under a provider's key, for which other claims may hold. */
export const ACCOUNT_HEADERS: readonly string[] = [
  'openai-organization',
  'openai-project',
  'x-goog-user-project',
];

/**
 * The only headers of a client that a provider gets. Any other could choose what is behind a target (another provider
 * behind a gateway, another model, account or version of the API), and nobody has judged that.
 * `x-forwarded-proto` is Envoy's own, and it does not route without.
 */
export const KNOWN_HEADERS: readonly string[] = [
  'accept',
  'accept-encoding',
  'anthropic-version',
  'content-length',
  'content-type',
  'host',
  'transfer-encoding',
  'user-agent',
  'x-forwarded-proto',
  'x-request-id',
];
