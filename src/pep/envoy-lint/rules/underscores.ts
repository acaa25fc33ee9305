import { field, keySpot, text } from '../model/fields';
import type { Rule } from '../rule';

/** What takes `x_ambit_tenant` for `x-ambit-tenant`, as CGI does, must not meet it; what is stripped is stripped by its name. */
export const underscoreHeaders: Rule = {
  code: 'underscore_headers',
  severity: 'warning',
  meaning: 'headers with underscores pass, which some servers read as the names that were stripped',
  remedy:
    'write `common_http_protocol_options: { headers_with_underscores_action: DROP_HEADER }` where clients ask',
  check: ({ asking }) =>
    asking
      .filter(({ isInternal }) => !isInternal)
      .filter(({ node }) => !ENDED.includes(actionOf(node) ?? ''))
      .map(({ node }) => ({
        at:
          field(node, 'common_http_protocol_options', 'headers_with_underscores_action') ??
          keySpot(node, 'common_http_protocol_options'),
        message:
          'a client’s `x_ambit_tenant` is not stripped, and a server behind may read it as `x-ambit-tenant`',
      })),
};

const ENDED: readonly string[] = ['DROP_HEADER', '2', 'REJECT_REQUEST', '1'];

function actionOf(node: Parameters<typeof text>[0]): string | undefined {
  return text(node, 'common_http_protocol_options', 'headers_with_underscores_action');
}
