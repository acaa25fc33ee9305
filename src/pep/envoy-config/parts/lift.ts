import { TYPES } from '../types';
import { yaml } from '../yaml-text';

/** Where the fields of a body are that Envoy lifts out of it. */
export const LIFTED_NAMESPACE = 'ambit.request';

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
              on_present: { metadata_namespace: ${LIFTED_NAMESPACE}, key: model }
              on_missing: { metadata_namespace: ${LIFTED_NAMESPACE}, key: model_state, value: missing }
              on_error: { metadata_namespace: ${LIFTED_NAMESPACE}, key: model_state, value: error }
  `;
}
