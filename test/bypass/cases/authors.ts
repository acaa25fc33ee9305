import {
  honest,
  IN_REQUEST,
  nothing,
  nothingSent,
  ONLY_BY_PROVIDER,
  SENT,
} from '../support/shapes';
import type { Trick, World } from '../support/trick';

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: authors }
spec:
  providers:
    - id: venue
      models: any
      claims: { training_opt_out: true }
    - id: shop
      claims: { training_opt_out: true }
      targets:
        - { id: shop/bare, model: gpt, serves: [gpt] }
        - { id: shop/served, model: other/x, serves: [openai/gpt, hidden-gpt] }
        - { id: shop/other, model: other/y, serves: [other/y] }
`;

const POLICY = `apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec: { requirements: { require_no_training: true } }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: openai-models }
spec:
  applies_to: { model_authors: [openai] }
  requirements: { require_zero_data_retention: true }
`;

type SpeltRow = readonly [id: string, model: string, trick: string];

/** A model of the author at a provider that takes any name. */
const spelt = ([id, model, trick]: SpeltRow): Trick => ({
  id,
  trick,
  rule: 'A policy for some authors’ models judges wherever it is in doubt whose a model is.',
  laws: ['L1', 'L12'],
  candidates: [{ ref: 'x', provider: 'venue', model }],
  closed: [
    nothingSent('claim_unknown'),
    { on: ['list'], context: { model: `venue/${model}` }, eligible: [], code: 'claim_unknown' },
  ],
  cannot: { ...IN_REQUEST, ...ONLY_BY_PROVIDER },
  control: 'venue',
});

type InCatalogRow = readonly [id: string, model: string, target: string, trick: string];

const inCatalog = ([id, model, target, trick]: InCatalogRow): Trick => ({
  ...spelt([id, model, trick]),
  context: { model },
  candidates: [target],
  closed: [
    ...nothing('claim_unknown', 'no_compliant_provider'),
    { on: ['file'], eligible: [], code: 'claim_unknown' },
  ],
  cannot: {},
  control: 'plain',
});

export const AUTHORS: World = {
  name: 'authors',
  title: 'Whose model it is',
  about: 'OpenAI’s models need zero retention, wherever they are; nobody there claims it.',
  files: { 'catalog.yaml': CATALOG, 'policy.yaml': POLICY },
  controls: {
    plain: honest({ model: 'other/y' }, ['shop/other'], ['shop/other']),
    venue: [
      {
        on: SENT,
        candidates: [{ ref: 'x', provider: 'venue', model: 'other/gpt' }],
        eligible: ['x'],
      },
      { on: ['list'], context: { model: 'venue/other/gpt' }, eligible: ['venue/other/gpt'] },
    ],
  },
  tricks: [
    inCatalog([
      'no-author',
      'gpt',
      'shop/bare',
      'The target’s name does not say whose model it is.',
    ]),
    inCatalog([
      'author-served',
      'hidden-gpt',
      'shop/served',
      'The target’s own model names another author than a name that it serves.',
    ]),
    spelt(['author-in-capitals', 'OpenAI/gpt', 'The author is written in other letters.']),
    spelt(['author-encoded', 'openai%2Fgpt', 'The slash behind the author is percent-encoded.']),
    spelt(['author-in-the-middle', 'x/openai/gpt', 'Another word stands before the author.']),
    spelt(['author-with-sign', '~openai/gpt', 'A sign stands before the author.']),
    spelt(['author-after-slash', '/openai/gpt', 'A slash stands before the author.']),
    spelt([
      'author-after-dot',
      './openai/gpt',
      'A path that goes nowhere stands before the author.',
    ]),
    spelt(['author-with-variant', 'OPENAI/gpt:free', 'A variant stands behind the model.']),
  ],
};
