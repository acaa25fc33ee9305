import { FEATURES } from '../../../../src/core/model/api';

const ALL = FEATURES.join(', ');

/** One target passes for chat, one for what stores nothing, one never; a team may use fewer, a tenant has to be named. */
export const CHECK_POLICY = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: forms }
spec:
  tenants: [red, blue]
  scope_values: { team: [ads, search] }
---
apiVersion: ambit/v1
kind: Catalog
metadata: { name: forms }
spec:
  providers:
    - id: acme
      claims: { training_opt_out: true, zero_data_retention: true }
      targets:
        - { id: acme-large, model: m-large, serves: [large], apis: [chat_completions, responses] }
        - { id: acme-small, model: m-small, serves: [small] }
    - id: boreal
      claims:
        training_opt_out: { value: true, features: [${ALL}] }
        zero_data_retention: { value: true, features: [${ALL}] }
      targets:
        - { id: boreal-large, model: b-large, serves: [large] }
    - id: cirrus
      claims: { training_opt_out: false }
      targets:
        - { id: cirrus-large, model: c-large, serves: [large] }
        - { id: cirrus-only, model: c-only }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec:
  requirements: { require_no_training: true, require_zero_data_retention: true }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: ads }
spec:
  scope: { team: [ads] }
  providers: { deny: [boreal] }
  on_no_eligible: { status: 451 }
`;
