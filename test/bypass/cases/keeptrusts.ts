import { honest, IN_FILE, nothing, refused, SENT } from '../support/shapes';
import type { World } from '../support/trick';

const PACK = `pack: { name: zero, version: 1.0.0, enabled: true }
providers:
  targets:
    - id: local
      provider: openai
      model: local-model
      data_policy: { zero_data_retention: true, training_opt_out: true, retention_days: 0 }
    - id: cloud
      provider: openai
      model: cloud-model
      data_policy: { zero_data_retention: false, training_opt_out: true, retention_days: 30 }
policies:
  chain: [data-routing-policy]
  policy:
    data-routing-policy:
      require_zero_data_retention: true
      max_retention_days: 0
`;

const NATIVE = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: root }
spec: { scope_values: { team: [packs, native] } }
---
apiVersion: ambit/v1
kind: Catalog
metadata: { name: native }
spec:
  providers:
    - { id: acme, claims: { gdpr: true, zero_data_retention: true, retention_days: 0 }, targets: [{ model: chat }] }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: native }
spec: { scope: { team: [native] }, requirements: { gdpr: true } }
`;

const TEAM = { scope: { team: 'packs' } };

export const KEEPTRUSTS: World = {
  name: 'keeptrusts',
  title: 'Packs of Keeptrusts',
  about: 'A pack demands zero retention of its targets, one of which keeps for 30 days.',
  files: { 'pack.yaml': PACK, 'native.yaml': NATIVE },
  controls: {
    native: honest({ scope: { team: 'native' }, model: 'chat' }, ['acme/chat'], ['acme/chat']),
    plain: honest({ ...TEAM, model: 'local-model' }, ['local'], ['local', 'cloud']),
  },
  tricks: [
    {
      id: 'pool',
      trick:
        'The model of a target that passes is asked for, and the pack’s other target comes along.',
      rule: 'A pack is one pool, and each of its targets is judged alone.',
      laws: ['L6'],
      context: { ...TEAM, model: 'cloud-model' },
      candidates: ['cloud'],
      closed: [
        { on: ['file', ...SENT], eligible: [], code: 'claim_contrary' },
        { on: ['list'], eligible: ['local'], code: 'claim_contrary' },
        { on: ['check'], eligible: ['local'] },
        { on: ['models'], eligible: ['cloud-model'] },
      ],
      cannot: {},
    },
    {
      id: 'pack-off',
      trick: 'The pack is switched off, so that its policies do not run.',
      rule: 'A disabled pack does not count as a policy that applies.',
      laws: ['L10'],
      files: { 'pack.yaml': PACK.replace('enabled: true', 'enabled: false') },
      context: { ...TEAM, model: 'cloud-model' },
      candidates: ['cloud'],
      closed: [
        ...nothing('no_policy_applies'),
        { on: ['file'], eligible: [], code: 'pack_disabled' },
      ],
      cannot: {},
      control: 'native',
    },
    {
      id: 'not-in-chain',
      trick: 'The policy is configured, and the chain does not name it.',
      rule: 'A rule that the chain does not name does not run, and is no policy that applies.',
      laws: ['L10'],
      files: {
        'pack.yaml': PACK.replace('chain: [data-routing-policy]', 'chain: [prompt-injection]'),
      },
      context: { ...TEAM, model: 'cloud-model' },
      candidates: ['cloud'],
      closed: [
        ...nothing('no_policy_applies'),
        { on: ['file'], eligible: [], code: 'policy_not_in_chain' },
      ],
      cannot: {},
      control: 'native',
    },
    {
      id: 'misspelt-policy',
      trick: 'The policy’s name is misspelt in the chain.',
      rule: 'A policy that is not known cannot be left out in silence: the pack is refused.',
      laws: ['L1'],
      closed: [
        refused('unknown_policy_kind', {
          'pack.yaml': PACK.replaceAll('data-routing-policy', 'data-routing-polciy'),
        }),
      ],
      cannot: IN_FILE,
    },
    {
      id: 'claim-one-level-up',
      trick: 'A claim of a target stands one level deeper, among words that users choose.',
      rule: 'A key that is not known at its place is an error.',
      laws: ['L1'],
      closed: [
        refused('unknown_key', {
          'pack.yaml': PACK.replace(
            'data_policy: { zero_data_retention: false',
            'data_policy: { zero_retention: true, zero_data_retention: false',
          ),
        }),
      ],
      cannot: IN_FILE,
    },
  ],
};
