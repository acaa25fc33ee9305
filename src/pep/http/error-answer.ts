import { status } from '@grpc/grpc-js';

import { GRPC_STATUS_NAMES } from '../../ports/telemetry';
import type { CallFailure } from '../incoming';
import type { HttpAnswer } from './http-server';

/** What an error says. */
export interface ErrorText {
  readonly status: number;
  /** In snake_case; clients act on it, and not on the message. */
  readonly code: string;
  readonly message: string;
  /** Who decided so: a policy, or the service itself. Absent: the service. */
  readonly isPolicy?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** From here on a status is Ambit's own trouble, which another try may not meet. */
const FIRST_OWN_FAILURE = 500;

/** An error in the envelope that OpenAI's clients read, with what keeps them from asking in vain. */
export function errorAnswer(text: ErrorText): HttpAnswer {
  const { code, message, headers = {} } = text;
  const isOwn = text.status >= FIRST_OWN_FAILURE;
  const retry: Readonly<Record<string, string>> = isOwn
    ? { 'Retry-After': '1' }
    : { 'X-Should-Retry': 'false' };
  const error = { message, type: typeOf(text), param: null, code };
  return {
    status: text.status,
    contentType: 'application/json',
    body: JSON.stringify({ error }),
    headers: { ...retry, ...headers },
  };
}

function typeOf({ status: httpStatus, isPolicy }: ErrorText): string {
  if (httpStatus >= FIRST_OWN_FAILURE) return 'server_error';
  return isPolicy === true ? 'policy_error' : 'invalid_request_error';
}

/** The statuses of refusals that are not Ambit's own trouble. */
const HTTP_STATUSES: Partial<Readonly<Record<status, number>>> = {
  [status.INVALID_ARGUMENT]: 400,
  [status.UNAUTHENTICATED]: 401,
  [status.PERMISSION_DENIED]: 403,
};

/** The answer to a call that is refused. */
export function failureAnswer(failure: CallFailure): HttpAnswer {
  const { code, details } = failure;
  return errorAnswer({
    status: HTTP_STATUSES[code] ?? 503,
    code: failure.reason === 'overload' ? 'overloaded' : nameOf(code),
    message: details,
  });
}

function nameOf(code: status): string {
  return GRPC_STATUS_NAMES[code].toLowerCase();
}
