import type { Located } from '../../dialects/yaml/source-text';
import type { ValueReader } from '../../dialects/yaml/reader';
import type { TextRules } from '../../dialects/yaml/scalars';
import { quote } from '../../dialects/yaml/source-text';
import type { TracingConfig } from '../../ports/service-config';
import { problemOfUrl, TRACES_PATH } from '../otlp/post-json';
import type { ConfigDraft, ReadKey } from './draft';
import { readSecretReference } from './secret-reference';

/** What a configuration of traces has where nothing else is stated; a ratio of 1 keeps every trace. */
const DEFAULTS = { headers: {}, ratio: 1, timeoutMs: 5000 } as const;

const MS_PER_SECOND = 1000;

/** Seconds that a receiver may take: one that needs longer is none. */
const TIMEOUT_SECONDS = { min: 0.1, max: 60 } as const;

/** In small letters, so that no name stands twice. */
const HEADER_NAME: TextRules = {
  pattern: /^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$/u,
  form: 'the name of a header in small letters',
  maxChars: 128,
};

/** Headers that say how a batch is sent, which is not up to a configuration. */
const OWN_HEADERS: readonly string[] = [
  ...['connection', 'content-encoding', 'content-length', 'content-type', 'expect', 'host'],
  ...['keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
];

/** The keys of the group `tracing`. */
export const TRACING_KEYS: readonly (readonly [string, ReadKey])[] = [
  ['tracing.endpoint', into('endpoint', readEndpoint)],
  ['tracing.headers', into('headers', readHeaders)],
  ['tracing.ratio', into('ratio', (value) => value.number({ max: 1 })?.value)],
  ['tracing.timeout_seconds', into('timeoutMs', readTimeout)],
  ['tracing.ca_file', into('caFile', (value, { resolve }) => resolved(value.text(), resolve))],
];

function into<K extends keyof TracingConfig>(
  field: K,
  read: (value: ValueReader, draft: ConfigDraft) => TracingConfig[K] | undefined,
): ReadKey {
  return (value, draft) => {
    draft.tracing.places[field] = { at: value.label, report: value.report };
    const made = read(value, draft);
    if (made !== undefined) Object.assign(draft.tracing, { [field]: made });
  };
}

function resolved(
  path: Located<string> | undefined,
  resolve: ConfigDraft['resolve'],
): string | undefined {
  return path === undefined ? undefined : resolve(path.value);
}

function readTimeout(value: ValueReader): number | undefined {
  const seconds = value.number(TIMEOUT_SECONDS);
  return seconds === undefined ? undefined : seconds.value * MS_PER_SECOND;
}

/** What is wrong with it is said without the text, which may hold a password. */
function readEndpoint(value: ValueReader): string | undefined {
  const text = value.text();
  const problem = text === undefined ? undefined : problemOfUrl(text.value, TRACES_PATH);
  if (problem === undefined) return text?.value;
  const message = `${value.name} holds a text which is no address: ${problem}`;
  value.report.error('invalid_text', value.label, message, {
    help: 'write `http://HOST:4318/v1/traces` or `https://HOST:4318/v1/traces`',
  });
  return undefined;
}

function readHeaders(
  value: ValueReader,
  { resolve }: ConfigDraft,
): TracingConfig['headers'] | undefined {
  const map = value.map();
  if (map === undefined) return undefined;
  if (map.isEmpty) map.fail('empty_map', `${value.name} is empty`, { help: 'remove it' });
  const headers: Record<string, TracingConfig['headers'][string]> = {};
  for (const { key, value: secret } of map.entries()) {
    if (!map.isValidKey(key, HEADER_NAME)) continue;
    if (OWN_HEADERS.includes(key.value)) rejectHeader(value, key);
    const reference = readSecretReference(secret, resolve);
    if (reference !== undefined) headers[key.value] = reference;
  }
  return headers;
}

function rejectHeader({ report }: ValueReader, key: Located<string>): void {
  report.error('invalid_text', key, `Ambit itself sends the header ${quote(key.value)}`, {
    help: 'remove it',
  });
}

/** Reports what only shows when the keys of the group are seen together. */
export function checkTracing({ tracing }: ConfigDraft): void {
  const { endpoint, headers, places } = tracing;
  if (places.endpoint === undefined) requireEndpoint(places);
  if (endpoint === undefined || new URL(endpoint).protocol === 'https:') return;
  places.caFile?.report.error('contradiction', places.caFile.at, NO_TLS, {
    help: 'write `https://`, or remove `ca_file`',
  });
  if (headers === undefined || isLocal(endpoint)) return;
  places.headers?.report.error('contradiction', places.headers.at, IN_PLAINTEXT, {
    help: 'write `https://`, or send to a receiver on this machine',
  });
}

const NO_TLS = '`tracing.ca_file` names authorities, and the endpoint speaks plaintext';
const IN_PLAINTEXT = 'the secrets of `tracing.headers` would leave this machine in plaintext';

function requireEndpoint(places: ConfigDraft['tracing']['places']): void {
  const [first] = Object.values(places);
  first?.report.error('missing_key', first.at, 'nothing says where traces are sent', {
    help: 'add `endpoint: http://HOST:4318/v1/traces`, without which nothing is traced',
  });
}

function isLocal(endpoint: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/u.test(new URL(endpoint).hostname);
}

/** Where traces are sent. Undefined: nothing is traced. The draft must be without errors. */
export function tracingOf({ tracing }: ConfigDraft): TracingConfig | undefined {
  const { endpoint, caFile } = tracing;
  if (endpoint === undefined) return undefined;
  const { headers, ratio, timeoutMs } = { ...DEFAULTS, ...tracing };
  return { endpoint, headers, ratio, timeoutMs, ...(caFile === undefined ? {} : { caFile }) };
}
