import type {
  CheckResponse,
  DeniedHttpResponse,
} from '../../gen/envoy/service/auth/v3/external_auth';
import { errorAnswer } from './error-answer';
import type { HttpAnswer } from './http-server';

/** The statuses that deny. Proxies take every status of success for a yes. */
const FIRST_DENIAL = 400;
const FIRST_OWN_FAILURE = 500;

/** Turns an answer to a Check into one over HTTP: 200 is a yes, and nothing else is. */
export function checkAnswer(response: CheckResponse): HttpAnswer {
  const { status, httpResponse, dynamicMetadata = {} } = response;
  const isAllowed = status?.code === 0 && httpResponse?.$case === 'okResponse';
  if (isAllowed && dynamicMetadata['decision'] === 'allow') return allowed(dynamicMetadata);
  if (httpResponse === undefined || httpResponse.$case === 'okResponse') return NOT_HERE;
  const { value } = httpResponse;
  // Envoy lets an answer of success take the place of the provider's; every proxy here would take it for a yes.
  return statusOf(value) < FIRST_DENIAL ? NOT_HERE : denied(value, dynamicMetadata);
}

type Metadata = NonNullable<CheckResponse['dynamicMetadata']>;

function allowed(metadata: Metadata): HttpAnswer {
  const eligible = namesIn(metadata['eligible']);
  return {
    status: 200,
    contentType: 'text/plain; charset=utf-8',
    body: '',
    headers: {
      ...decisionHeaders(metadata),
      'x-ambit-decision-id': textIn(metadata['decision_id']),
      'x-ambit-eligible': eligible.join(','),
      'x-ambit-target': eligible[0] ?? '',
      'x-ambit-hosts': textIn(metadata['hosts']),
    },
  };
}

function denied(value: DeniedHttpResponse, metadata: Metadata): HttpAnswer {
  const stated = value.headers.map(({ header }) => [header?.key ?? '', header?.value ?? '']);
  const { 'content-type': contentType = 'text/plain', ...others } = Object.fromEntries(
    stated,
  ) as Readonly<Record<string, string>>;
  const status = statusOf(value);
  const again = status < FIRST_OWN_FAILURE ? {} : { 'retry-after': '1' };
  return {
    status,
    contentType,
    body: value.body,
    headers: { ...again, ...decisionHeaders(metadata), ...others },
  };
}

function statusOf({ status }: DeniedHttpResponse): number {
  return status?.code ?? 0;
}

function decisionHeaders(metadata: Metadata): Readonly<Record<string, string>> {
  const named = ['decision', 'outcome', 'code', 'bundle'] as const;
  return Object.fromEntries(
    named
      .map((key) => [`x-ambit-${key}`, textIn(metadata[key])] as const)
      .filter(([, text]) => text !== ''),
  );
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function namesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map((name) => encoded(String(name))) : [];
}

/** Percent-encodes, of UTF-8, what a header or a list in it could be misread for. */
function encoded(name: string): string {
  return [...Buffer.from(name, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      const isPlain = /[!#$&'()*+\-./0-9:;=?@A-Z[\]^_`a-z{|}~]/.test(character);
      return isPlain ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

const NOT_HERE: HttpAnswer = errorAnswer({
  status: 403,
  code: 'not_answered_here',
  message:
    'this is answered in the place of a provider, which cannot be said here; send it to the HTTP listener itself',
});
