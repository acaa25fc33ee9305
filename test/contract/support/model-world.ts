import type { ServiceConfig } from '../../../src/ports/service-config';
import { callerOf } from './callers';

/** Models that pass for chat, for embeddings or never, and one that a team may not use. */
export const MODEL_POLICY = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: contract }
spec:
  tenants: [red, blue]
  scope_values: { team: [ads, search] }
---
apiVersion: ambit/v1
kind: Catalog
metadata: { name: contract }
spec:
  providers:
    - id: acme
      claims: { training_opt_out: { value: true, apis: [chat_completions] } }
      targets:
        - { id: acme/large, model: m-large, serves: [large, org/large] }
        - { id: acme/tuned, model: m-tuned }
        - { id: acme/vectors, model: m-vectors, apis: [embeddings] }
    - id: boreal
      claims: { training_opt_out: true }
      targets:
        - { id: boreal/vectors, model: b-vectors, serves: [vectors], apis: [embeddings] }
        - { id: boreal/large, model: b-large, serves: [large] }
    - id: cirrus
      targets:
        - { id: cirrus/small, model: c-small, serves: [small] }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec:
  log_provider_selection: true
  requirements:
    require_no_training: true
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: ads }
spec:
  scope: { team: [ads] }
  models: { deny: [m-tuned] }
`;

/** Every name by which a client may ask for something there. */
export const MODEL_NAMES = ['large', 'org/large', 'm-tuned', 'm-vectors', 'vectors', 'small'];

/** Who may ask: one for all tenants and teams, one for a single tenant and team. */
export const MODEL_CALLERS: ServiceConfig['callers'] = [
  callerOf('any', { tenants: 'any', scopes: 'any', certificateUris: ['spiffe://test/any'] }),
  callerOf('red', {
    scopes: new Map([['team', ['search']]]),
    certificateUris: ['spiffe://test/red'],
  }),
];
