import type { Block } from '../../core/model/decision';
import {
  HeaderValueOption_HeaderAppendAction,
  type CheckResponse,
  type DeniedHttpResponse,
  type HeaderValueOption,
} from '../../gen/envoy/service/auth/v3/external_auth';
import type { DynamicMetadata } from './dynamic-metadata';

/** google.rpc.Code. Anything but 0 makes Envoy deny. */
const PERMISSION_DENIED = 7;
const UNAVAILABLE = 14;

/** What a client is told; a Block without what is for records. */
export type Denial = Pick<Block, 'httpStatus' | 'contentType' | 'body'>;

/** From here on the status is Ambit's own trouble, which another try may not meet. */
const FIRST_OWN_FAILURE = 500;

/** From here on the status is a refusal. */
const FIRST_REFUSAL = 400;

/** An answer with which nothing goes on: a denial, or where Ambit itself failed, an error. */
export function deny(
  { httpStatus, contentType, body }: Denial,
  metadata: DynamicMetadata,
  headers: readonly HeaderValueOption[],
): CheckResponse {
  const isOwnFailure = httpStatus >= FIRST_OWN_FAILURE;
  // Some client libraries repeat what policy has refused; what Ambit could not answer they may repeat.
  const isRefusal = !isOwnFailure && httpStatus >= FIRST_REFUSAL;
  const final = isRefusal ? [overwrite('x-should-retry', 'false')] : [];
  const value: DeniedHttpResponse = {
    status: { code: httpStatus },
    headers: [overwrite('content-type', contentType), ...final, ...headers],
    body,
  };
  return {
    status: { code: isOwnFailure ? UNAVAILABLE : PERMISSION_DENIED, message: '' },
    httpResponse: isOwnFailure
      ? { $case: 'errorResponse', value }
      : { $case: 'deniedResponse', value },
    dynamicMetadata: metadata,
  };
}

/** A header in place of whatever was there under its name; the default would append. */
export function overwrite(key: string, value: string): HeaderValueOption {
  return {
    header: { key, value, rawValue: Buffer.alloc(0) },
    append: undefined,
    appendAction: HeaderValueOption_HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD,
  };
}
