import type { Json } from '../native/samples';
import { changesOf, expectNoWider, write } from '../support/changes';
import { nativeCatalog } from '../support/documents';
import { isRead } from '../support/whole';
import { eligibleOf, parseSettings } from './support';

/*
 * One node of valid settings is deleted, emptied, nulled, renamed, doubled, moved or given another form. They are then
 * refused, or let through no target more than before, unless the change is one of DOCUMENTED.
 */

/** Changes that may let more through: what is not stated is off, and an empty list of the policy restricts nothing. */
const DOCUMENTED: readonly RegExp[] = [
  /^deleted llmgateway\.(?:policy|restriction)$/u,
  /^deleted llmgateway\.policy\.(?!enabled)\w+$/u,
  /^(?:deleted|empty) llmgateway\.policy\.(?:blocked|allowed)\w+(?:\[\])?$/u,
  // What a restriction no longer denies; LLMGateway itself writes its empty lists out.
  /^(?:deleted|empty) llmgateway\.restriction\.(?:providers|mappings)(?:\[\])?$/u,
];

const CLAIMS = {
  soc2: 'type2',
  iso27001: true,
  gdpr: true,
  training_opt_out: true,
  prompt_logging: false,
  retention_days: 0,
  headquarters: ['US'],
  processing_regions: ['US'],
  labels: { stealth: 'false' },
};

/** Settings in which each statement keeps out a target that the others do not. */
const STRICT: Json = {
  llmgateway: {
    name: 'acme',
    policy: {
      enabled: true,
      requireSoc2: true,
      requireIso27001: true,
      requireGdpr: true,
      blockApiTraining: true,
      zeroDataRetention: true,
      blockStealthProviders: true,
      blockedProviders: ['azure'],
      blockedModels: ['x'],
      allowedCountries: ['US', 'DE'],
      dataResidency: 'us',
    },
    restriction: { mode: 'deny', providers: ['groq'], mappings: ['openai/y'] },
  },
};

const LISTED: Json = {
  llmgateway: {
    policy: {
      enabled: true,
      requireSoc2Type2: true,
      requireSoc2OrIso27001: true,
      blockPromptLogging: true,
      allowedProviders: ['openai', 'xai', 'zai', 'soc2'],
      allowedModels: ['m', 'y'],
    },
    restriction: { mode: 'allow', providers: ['openai'], models: ['m'], mappings: ['azure/y'] },
  },
};

const PROVIDERS = {
  openai: {},
  azure: {},
  groq: {},
  xai: { labels: { stealth: 'true' }, prompt_logging: true },
  zai: { headquarters: ['CN'] },
  soc2: { soc2: 'none' },
  iso: { iso27001: false },
  gdpr: { gdpr: false },
  trains: { training_opt_out: false },
  keeps: { retention_days: 30 },
  abroad: { processing_regions: ['global'] },
};

const MODELS = ['m', 'x', 'y'];

const CATALOG = nativeCatalog(
  Object.entries(PROVIDERS).map(([id, claims]) => ({
    id,
    claims: { ...CLAIMS, ...claims },
    targets: MODELS.map((model) => ({ id: `${id}/${model}`, model })),
  })),
);

/** What the settings let through of all models. */
function answerOf(settings: string): readonly string[] | undefined {
  if (!isRead(parseSettings(settings))) return undefined;
  return MODELS.flatMap((model) =>
    eligibleOf({ catalog: CATALOG, settings }, { model, api: 'chat_completions' }),
  );
}

describe.each([
  ['what is demanded', STRICT, ['openai/m']],
  ['what is listed', LISTED, ['openai/m', 'zai/m', 'openai/y']],
])('settings of %s, of which one node is changed', (_form, settings, original) => {
  it('let through as they are what nothing keeps out', () => {
    expect(answerOf(write(settings))).toEqual(original);
  });

  it('are refused, or let no more through, or the change is documented', () => {
    const before = { refs: original, answerOf };
    expectNoWider(changesOf(settings), before, { documented: DOCUMENTED, minRefused: 100 });
  });
});
