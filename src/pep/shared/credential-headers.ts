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
