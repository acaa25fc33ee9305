import { join } from 'node:path';

import type { Document } from 'yaml';

import { find, MANAGER } from '../support/envoy-config';
import { useRig } from '../support/use-rig';

const FILTERS = [...MANAGER, 'http_filters'];
const NAMESPACE = 'ambit.request';
const LIFT = {
  name: 'envoy.filters.http.json_to_metadata',
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.filters.http.json_to_metadata.v3.JsonToMetadata',
    request_rules: {
      rules: [
        {
          selectors: [{ key: 'model' }],
          on_present: { metadata_namespace: NAMESPACE, key: 'model' },
          on_missing: { metadata_namespace: NAMESPACE, key: 'model_state', value: 'missing' },
          on_error: { metadata_namespace: NAMESPACE, key: 'model_state', value: 'error' },
        },
      ],
    },
  },
};

/** As docs/envoy.md says: Envoy lifts the model, and Ambit never sees a body. */
function blind(config: Document): void {
  const ingress = find(config, ['static_resources', 'listeners'], 'ingress');
  const extAuthz = find(ingress, FILTERS, 'envoy.filters.http.ext_authz');
  extAuthz.deleteIn(['typed_config', 'with_request_body']);
  extAuthz.setIn(['typed_config', 'metadata_context_namespaces'], [NAMESPACE]);
  const filters = ingress.getIn(FILTERS) as { items: unknown[] };
  filters.items.unshift(config.createNode(LIFT));
}

const rig = useRig({
  edit: blind,
  prepare: (started) => started.useAmbit(join(__dirname, 'allow-list.yaml')),
});

beforeEach(() => {
  rig().reset();
});

test('the model alone is enough for a policy that asks for nothing that a feature could change', async () => {
  rig().providers['openai-zdr'].answerWith(503);
  const answer = await rig().chat();
  expect(answer.status).toBe(200);
  expect(rig().requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 1 });
});

test.each([
  ['no model', '{"messages": []}'],
  ['a model that is no text', '{"model": {"name": "gpt-5.4-mini"}}'],
  ['no JSON', 'gpt-5.4-mini'],
  ['no body', ''],
])('%s: refused with 400 and sent to nobody', async (_what, text) => {
  const answer = await rig().chat({ text });
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.text)).toHaveProperty('error.code', 'invalid_request');
  expect(rig().contacts()).toBe(0);
});

test('a claim on retention is unknown for a request that could use any feature', async () => {
  await rig().useAmbit(join(__dirname, 'pack.yaml'));
  const answer = await rig().chat();
  expect(answer.status).toBe(403);
  expect(JSON.parse(answer.text)).toHaveProperty('error.code', 'no_compliant_provider');
  expect(rig().contacts()).toBe(0);
});
