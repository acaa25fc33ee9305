import { Spread } from '../../laws/support/runs';
import { mutantsOf, textOf, type Mutant } from '../native/mutants';
import { nameOf, pathsOf, withoutValue } from '../native/mutate';
import type { Json } from '../native/samples';
import { catalogText, decideBoth, leftBy, parseSettings } from './support';

/*
 * One node of valid settings is deleted, emptied, nulled, renamed, doubled, moved or given another form. They are then
 * refused, or let through no target more than before, unless the change is one of DOCUMENTED.
 */

type Change = Omit<Mutant, 'category'> & { readonly category: Mutant['category'] | 'deleted' };

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

const CATALOG = catalogText([
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
  const { document, findings } = parseSettings(settings);
  if (document === undefined) {
    expect(findings.map(({ severity }) => severity)).toContain('error');
    return undefined;
  }
  return leftBy(decideBoth({ catalog: CATALOG, settings }, { model: 'any' }));
}

function write(value: Json): string {
  return JSON.stringify(value, null, 1);
}

const DELETIONS = pathsOf(SETTINGS).map((at): Change => ({
  category: 'deleted',
  at,
  name: nameOf(at),
  value: withoutValue(SETTINGS, at),
}));

const OTHERS: readonly Change[] = mutantsOf({
  name: 'settings',
  value: SETTINGS,
});

/** What changes let through more by, and how often each outcome came. */
function tryAll(changes: readonly Change[], spread: Spread): readonly string[] {
  return changes.flatMap((change) => {
    const now = answerOf(textOf(change.value, write));
    const isWider = now?.some((ref) => ref !== 'good') === true;
    const isSame = JSON.stringify(now) === '["good"]';
    spread.add(now === undefined ? 'refused' : isWider ? 'wider' : isSame ? 'same' : 'narrower');
    return isWider ? [`${change.category} ${change.name}`] : [];
  });
}

describe('settings of which one node is changed', () => {
  it('let through as they are what nothing keeps out', () => {
    expect(answerOf(write(SETTINGS))).toEqual(['good']);
  });

  it('are refused, or let no more through, or the change is documented', () => {
    const spread = new Spread();
    const widened = tryAll([...DELETIONS, ...OTHERS], spread);
    expect(widened.filter((name) => !DOCUMENTED.some((each) => each.test(name)))).toEqual([]);
    expect(['wider', 'same', 'narrower'].filter((kind) => spread.of(kind) === 0)).toEqual([]);
    expect(spread.of('refused')).toBeGreaterThan(100);
  });

  it('let more through where any one of the statements is deleted', () => {
    const names = new Set(tryAll(DELETIONS, new Spread()));
    const statements = DELETIONS.map(({ category, name }) => `${category} ${name}`).filter(
      (name) => DOCUMENTED.some((each) => each.test(name)) && !name.endsWith('[]'),
    );
    expect(statements.filter((name) => !names.has(name))).toEqual([]);
  });
});
