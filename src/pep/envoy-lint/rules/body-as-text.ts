import { entry, field, isTrue } from '../model/fields';
import type { Rule } from '../rule';

/** As text, bytes that are no UTF-8 are replaced: Ambit sees another body than the provider. */
export const bodyAsText: Rule = {
  code: 'body_as_text',
  severity: 'warning',
  meaning: 'Ambit is shown the body as text, which changes what is no UTF-8',
  remedy:
    'write `pack_as_bytes: true` in `with_request_body` of the filter; on a route it has no effect',
  check: ({ askingFilters }) =>
    askingFilters
      .flatMap(({ filter }) => field(filter.body, 'with_request_body') ?? [])
      .filter((settings) => !isTrue(settings, 'pack_as_bytes'))
      .map((settings) => ({
        at: entry(settings, 'pack_as_bytes')?.value ?? settings,
        message:
          'bytes that are no UTF-8 reach Ambit changed, so it judges another body than is sent',
      })),
};
