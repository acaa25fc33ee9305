import type { OpenrouterInput } from './openrouter-input';

/** The situation that a vector tells in words, by its words. */
const CAUSES: Readonly<Record<string, OpenrouterInput>> = {
  'data region eliminated every endpoint': {
    request: { model: 'openai/gpt-5.2', data_region: 'eu' },
    targets: [{ id: 'openai', processing_regions: ['US'] }],
  },
  'model geo-gated for caller region': {
    guardrails: [{ allowed_data_regions: ['europe'] }],
    request: { model: 'openai/gpt-5.2' },
    targets: [{ id: 'openai', processing_regions: ['US'] }],
  },
  'unknown model id': { request: { model: 'nobody/nothing' }, targets: [] },
  'allowlist restriction or budget of a guardrail': {
    guardrails: [{ allowed_providers: ['openai'] }],
    request: { model: 'openai/gpt-5.2' },
    targets: [{ id: 'azure' }],
  },
  'no available model provider that meets your routing requirements (status list at the top of the page)':
    {
      request: { model: 'openai/gpt-5.2', only: ['azure'] },
      targets: [{ id: 'openai' }],
    },
  'account training opt-out, paid model': {
    account: { enable_paid_model_training: false },
    request: { model: 'openai/gpt-5.2' },
    targets: [{ id: 'openai', trains: true }],
  },
};

/** The input that the words describe; other words are an error, so that none is skipped. */
export function inputOfCause(cause: string): OpenrouterInput {
  const input = CAUSES[cause];
  if (input === undefined) throw new Error(`the adapter does not know the cause \`${cause}\``);
  return input;
}
