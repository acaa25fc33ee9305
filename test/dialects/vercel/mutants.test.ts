import type { Json } from '../native/samples';
import { leftBy } from '../support/beside-catalog';
import { changesOf, expectNoWider, write } from '../support/changes';
import { nativeCatalog } from '../support/documents';
import { isRead } from '../support/whole';
import { decideBoth, parseSettings } from './support';

/*
 * One node of valid settings is deleted, emptied, nulled, renamed, doubled, moved or given another form. They are then
 * refused, or let through no target more than before, unless the change is one of DOCUMENTED.
 */

/** Changes that may let more through: what is not stated is off, and what is not excluded is not. */
const DOCUMENTED: readonly RegExp[] = [
  /^deleted vercel\.team\.(?:zdr|disallow_prompt_training|model_allowlist|headquarters)$/u,
  /^(?:deleted|empty) vercel\.team\.disabled(?:\[\])?$/u,
  /^deleted vercel\.team\.headquarters\.deny\[\]$/u,
];

/** Settings in which each statement keeps out a target that the others do not. */
const BY_DISABLED: Json = {
  vercel: {
    team: {
      name: 'acme',
      allowlist_on: true,
      disabled: ['deepseek', 'azure'],
      as_of: '2026-06-01',
      providers: ['openai', 'azure', 'deepseek', 'groq', 'mistral', 'zai'],
      zdr: true,
      disallow_prompt_training: true,
      headquarters: { deny: ['CN', 'RU'] },
    },
  },
};

const BY_ENABLED: Json = {
  vercel: {
    team: {
      allowlist_on: true,
      enabled: ['openai', 'groq', 'mistral', 'zai'],
      disallow_prompt_training: true,
      model_allowlist: ['openai/m', 'groq/m', 'mistral/m', 'zai/m'],
      headquarters: { allow: ['US', 'FR'] },
    },
  },
};

const CLAIMS = { zero_data_retention: true, training_opt_out: true, headquarters: ['US'] };

/** A model that is on the first settings' way only: they name none. */
const OTHER = { id: 'openai/other', model: 'other' };

const CATALOG = nativeCatalog(
  Object.entries({
    openai: {},
    azure: {},
    deepseek: {},
    groq: { training_opt_out: false },
    mistral: { zero_data_retention: false, headquarters: ['FR'] },
    zai: { headquarters: ['CN'] },
    new: {},
  }).map(([id, claims]) => ({
    id,
    claims: { ...CLAIMS, ...claims },
    targets: [{ id: `${id}/m`, model: 'm' }, ...(id === 'openai' ? [OTHER] : [])],
  })),
);

/** What the settings let through of both models. */
function answerOf(settings: string): readonly string[] | undefined {
  if (!isRead(parseSettings(settings))) return undefined;
  return ['m', 'other'].flatMap((model) =>
    leftBy(decideBoth({ catalog: CATALOG, settings }, { model, api: 'chat_completions' })),
  );
}

describe.each([
  ['what is disabled', BY_DISABLED, ['openai/m', 'openai/other']],
  ['what is enabled', BY_ENABLED, ['openai/m', 'mistral/m']],
])('settings of %s, of which one node is changed', (_form, settings, original) => {
  it('let through as they are what nothing keeps out', () => {
    expect(answerOf(write(settings))).toEqual(original);
  });

  it('are refused, or let no more through, or the change is documented', () => {
    const before = { refs: original, answerOf };
    expectNoWider(changesOf(settings), before, { documented: DOCUMENTED, minRefused: 100 });
  });
});
