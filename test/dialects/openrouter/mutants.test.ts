import type { Json } from '../native/samples';
import { leftBy } from '../support/beside-catalog';
import { changesOf, deletionsOf, expectNoWider, widenedBy, write } from '../support/changes';
import { nativeCatalog } from '../support/documents';
import { isRead } from '../support/whole';
import { decideBoth, parseSettings } from './support';

/*
 * One node of valid settings is deleted, emptied, nulled, renamed, doubled, moved or given another form. They are then
 * refused, or let through no target more than before, unless the change is one of DOCUMENTED.
 */

/** Changes that may let more through: what is not stated, or a guardrail's null, demands nothing, nor an empty list. */
const DOCUMENTED: readonly RegExp[] = [
  /^(?:deleted|empty) openrouter\.(?:account|guardrails\[\])\.(?:allowed|ignored)_(?:providers|models)(?:\[\])?$/u,
  /^no value openrouter\.guardrails\[\]\.(?:allowed|ignored|en)_?\w+$/u,
  /^deleted openrouter\.(?:account|guardrails(?:\[\])?)$/u,
  /^deleted openrouter\.(?:account|guardrails\[\])\.(?:zdr|data_collection|allowed_data_regions|en\w+)$/u,
];

/** Settings in which each statement keeps out a target that the others do not. */
const SETTINGS: Json = {
  openrouter: {
    account: {
      allowed_providers: ['good', 'bad', 'tiers'],
      ignored_providers: ['bad'],
      allowed_models: ['openai/m', 'openai/ignored', 'x-ai/m'],
      data_collection: 'deny',
    },
    guardrails: [
      {
        name: 'one',
        ignored_models: ['openai/ignored'],
        enforce_zdr_openai: true,
        enable_paid_model_training: false,
        allowed_data_regions: ['us'],
      },
      { name: 'two', allowed_providers: ['good', 'bad', 'new'], enforce_zdr_xai: true },
    ],
  },
};

const CLAIMS = {
  zero_data_retention: true,
  training_opt_out: true,
  user_data_collection: 'deny',
  processing_regions: ['US'],
};

function target(id: string, claims: object, model = 'openai/m'): object {
  return { id, model, serves: ['any'], claims: { ...CLAIMS, ...claims } };
}

const CATALOG = nativeCatalog([
  {
    id: 'good',
    targets: [
      target('good', {}),
      target('retains', { zero_data_retention: false }),
      target('trains', { training_opt_out: false }),
      target('collects', { user_data_collection: 'allow' }),
      target('elsewhere', { processing_regions: ['CN'] }),
      target('ignored', {}, 'openai/ignored'),
      target('unlisted', {}, 'openai/unlisted'),
      target('retains-too', { zero_data_retention: false }, 'x-ai/m'),
    ],
  },
  { id: 'bad', targets: [target('bad', {})] },
  { id: 'tiers', targets: [target('tiers', {})] },
  { id: 'new', targets: [target('new', {})] },
]);

/** What the settings let through. */
function answerOf(settings: string): readonly string[] | undefined {
  if (!isRead(parseSettings(settings))) return undefined;
  return leftBy(decideBoth({ catalog: CATALOG, settings }, { model: 'any' }));
}

const BEFORE = { refs: ['good'], answerOf };

describe('settings of which one node is changed', () => {
  it('let through as they are what nothing keeps out', () => {
    expect(answerOf(write(SETTINGS))).toEqual(['good']);
  });

  it('are refused, or let no more through, or the change is documented', () => {
    expectNoWider(changesOf(SETTINGS), BEFORE, { documented: DOCUMENTED, minRefused: 100 });
  });

  it('let more through where any one of the statements is deleted', () => {
    const deletions = deletionsOf(SETTINGS);
    const names = new Set(widenedBy(deletions, BEFORE));
    const statements = deletions
      .map(({ category, name }) => `${category} ${name}`)
      .filter((name) => DOCUMENTED.some((each) => each.test(name)) && !name.endsWith('[]'));
    expect(statements.filter((name) => !names.has(name))).toEqual([]);
  });
});
