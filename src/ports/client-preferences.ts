/** What follows `ambit-prefer-` in the header of a client's preference, in the order of the contract. */
export const PREFERENCE_WORDS = [
  'only',
  'ignore',
  'order',
  'allow-fallbacks',
  'zero-data-retention',
  'no-training',
  'data-collection',
  'max-retention-days',
  'processing-regions',
  'quantizations',
  'max-price-prompt',
  'max-price-completion',
] as const;

/** A preference that a header of Ambit's own can state. */
export type PreferenceWord = (typeof PREFERENCE_WORDS)[number];

/** The systems in whose words clients may state preferences: two write them into the body, LLMGateway into a header. */
export const PREFERENCE_FORMATS = ['vercel', 'openrouter', 'llmgateway'] as const;

/** A system in whose words clients may state preferences. */
export type PreferenceFormat = (typeof PREFERENCE_FORMATS)[number];

/**
 * What of a client's preferences is read. One that is stated and not read blocks the request, for its client believes
 * that it holds.
 */
export interface ClientPreferenceRules {
  readonly headers: readonly PreferenceWord[];
  readonly formats: readonly PreferenceFormat[];
}

/** Headers are the operator's to allow; the bodies are those that clients of two common systems send anyway. */
export const DEFAULT_CLIENT_PREFERENCES: ClientPreferenceRules = {
  headers: [],
  formats: ['vercel', 'openrouter'],
};
