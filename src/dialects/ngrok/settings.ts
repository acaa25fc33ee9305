import type { MapReader } from '../yaml/reader';
import { quote } from '../yaml/source-text';

/** What the gateway itself keeps to; none of it says where a request may go. */
const LIMITS = ['max_input_tokens', 'max_output_tokens'];
const DURATIONS = ['total_timeout', 'per_request_timeout'];

/** What is added to every request. Values may be secrets, so that none is read. */
const ADDITIONS = ['headers', 'query_params', 'body'];

const DURATION = {
  pattern: /^\d+(?:\.\d+)?(?:ms|[smh])(?:\d+(?:ms|[smh]))*$/u,
  form: 'a duration, such as `30s`',
};

/** Fields of a body that say where a request goes or what is kept of it. */
const DECIDING = new Set([
  'model',
  'models',
  'provider',
  'provideroptions',
  'route',
  'plugins',
  'store',
  'background',
  'previous_response_id',
  'conversation',
]);

/** Reads what decides nothing, to find mistakes. What would change a decision afterwards is refused. */
export function readSettings(config: MapReader): void {
  for (const key of LIMITS) config.integer(key);
  for (const key of DURATIONS) config.text(key, DURATION);
  config.choice('on_error', ['halt', 'continue']);
  for (const key of ADDITIONS) rejectDeciding(config, key);
  const keys = config.map('api_key_selection');
  keys?.texts('strategy', { mayBeEmpty: true });
  keys?.close();
}

/** The gateway adds these behind the decision, which was about another request then. */
function rejectDeciding(config: MapReader, key: string): void {
  const added = config.map(key);
  if (added === undefined || key !== 'body') return;
  for (const field of added.keys.filter((name) => DECIDING.has(name.toLowerCase()))) {
    const message = `${quote(`${added.path}.${field}`)} would change what was decided about`;
    added.fail('contradiction', message, {
      help: 'remove it; requests say for themselves what they ask for',
    });
  }
}
