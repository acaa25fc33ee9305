import { TEXT_ONLY_SCRIPT } from '../../shared/hop-scripts';
import { KEPT_FIELDS } from '../../shared/kept-fields';
import { TYPES } from '../types';
import { scalar, yaml } from '../yaml-text';
import type { PartContext } from './context';
import { CLEARED, mark } from './marks';

/** What is kept of a body of this API, in the place of all of it. */
export function clearedBody(api: string, { shared, remark }: PartContext): string {
  const fields = (KEPT_FIELDS[api] ?? []).map(
    (name) => `${scalar(name)}: '%REQUEST_BODY(${name})%'`,
  );
  const store = api === 'responses' ? ['store: false'] : [];
  return yaml`
    ${remark('What is not listed is gone: other models, providers, tools, files, earlier answers, background work.')}
    typed_per_filter_config:
      fields: ${shared(
        `${api}_fields`,
        yaml`
          '@type': ${TYPES.transform}
          request_transformation:
            headers_mutations: ${mark(CLEARED)}
            body_transformation:
              action: REPLACE
              body_format:
                omit_empty_values: true
                json_format:
                  ${[...fields, ...store].join('\n')}
        `,
      )}
  `;
}

/** What keeps the listed fields, and refuses what stands deeper than they do and is no text. */
export function clearingFilters({ shared }: PartContext): string {
  return yaml`
    - ${shared('clear_fields', `{ name: fields, typed_config: { '@type': ${TYPES.transform} } }`)}
    - ${shared('text_only', textOnly())}
  `;
}

function textOnly(): string {
  return yaml`
    # Messages may have parts that refer to stored files or earlier answers, which nobody has judged. \`fields\` writes JSON
    # without spaces, in which a quote within a text has a backslash before it: so this finds every
    # key that a provider could know. \`stream\` is judged as a single value, and must be one.
    name: text-only
    typed_config:
      '@type': ${TYPES.lua}
      default_source_code:
        inline_string: |
          ${TEXT_ONLY_SCRIPT.trim()}
  `;
}
