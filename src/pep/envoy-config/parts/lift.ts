import { TYPES } from '../types';
import { yaml } from '../yaml-text';

/** Where the fields of a body are that Envoy lifts out of it. */
export const LIFTED_NAMESPACE = 'ambit.request';

/** Single values that Ambit judges beside the model: what the hop lets pass and a claim may not cover, and narrowings. */
const VALUES = [
  'stream',
  'provider.zdr',
  'provider.data_collection',
  'provider.allow_fallbacks',
  'providerOptions.gateway.zeroDataRetention',
  'providerOptions.gateway.disallowPromptTraining',
];

/** Lifts what Ambit is shown in place of the body. A key that stands twice is seen once; the hop refuses such a body. */
export function liftFilter(): string {
  return yaml`
    # Ambit sees what stands here, and no byte of a prompt. Only a JSON body has a model; all else is refused.
    - name: envoy.filters.http.json_to_metadata
      typed_config:
        '@type': ${TYPES.jsonToMetadata}
        request_rules:
          rules:
            - selectors: [{ key: model }]
              on_present: ${into('model')}
              on_missing: ${into('model_state', 'missing')}
              on_error: ${into('model_state', 'error')}
            # A stream is a feature that a claim may not cover; the others are what clients ask for beside the policy. Lists
            # cannot be lifted: not even that they are there, for \`on_present\` with a value asks only for what is above.
            ${VALUES.map(rule).join('\n')}
  `;
}

function rule(path: string): string {
  const selectors = path.split('.').map((key) => `{ key: ${key} }`);
  return yaml`
    - selectors: [${selectors.join(', ')}]
      on_present: ${into(path)}
  `;
}

/** Where something is put: the value that was found, or a word in its place. */
function into(key: string, word?: string): string {
  const value = word === undefined ? '' : `, value: ${word}`;
  return `{ metadata_namespace: ${LIFTED_NAMESPACE}, key: ${key}${value} }`;
}
