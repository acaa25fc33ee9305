import type { AttributeContext_HttpRequest } from '../../gen/envoy/service/auth/v3/external_auth';

/** The text of a body (empty: Envoy sent none), or why it cannot be read as the provider would read it. */
export type BodyText = { readonly text: string } | { readonly problem: string };

/** JSON, as UTF-8, which is the only encoding that JSON has between systems. */
const JSON_TYPE = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

const NO_JSON = 'the content type must be `application/json`';
const NO_TYPE =
  'the content type is missing, which must be `application/json`; a proxy that asks sends that of the client';
const FORM = /^(?:multipart\/|application\/x-www-form-urlencoded)/i;
const NO_FORM =
  'the content type is that of a form, of which no model is read; it must be `application/json`';

/** Envoy's mark on a body that it cut short (`allow_partial_message`). */
const PARTIAL_HEADER = 'x-envoy-auth-partial-body';

/** Takes the body out of a Check. What another reader could read differently is refused. */
export function readBodyText(http: AttributeContext_HttpRequest): BodyText {
  const { headers, rawBody, body } = http;
  const type = headers.get('content-type') ?? '';
  if (!JSON_TYPE.test(type)) return { problem: problemOfType(type) };
  if ((headers.get('content-encoding') ?? 'identity').toLowerCase() !== 'identity') {
    return { problem: 'the body is compressed; send it without a content encoding' };
  }
  if (headers.get(PARTIAL_HEADER) === 'true') {
    return { problem: 'the body is larger than the policy service may inspect' };
  }
  return rawBody.length === 0 ? { text: body } : decode(rawBody);
}

function problemOfType(type: string): string {
  if (type === '') return NO_TYPE;
  return FORM.test(type) ? NO_FORM : NO_JSON;
}

function decode(bytes: Buffer): BodyText {
  try {
    // A byte order mark stays in the text, where JSON does not allow it: readers disagree about it.
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return { text: decoder.decode(bytes) };
  } catch {
    return { problem: 'the body is no UTF-8' };
  }
}
