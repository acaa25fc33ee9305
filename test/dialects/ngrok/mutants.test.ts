import { Spread } from '../../laws/support/runs';
import { mutantsOf, textOf, type Mutant } from '../native/mutants';
import { nameOf, pathsOf, withoutValue } from '../native/mutate';
import type { Json } from '../native/samples';
import { catalogText, decideBoth, parseGateway } from './support';

/*
 * One node of a valid file is deleted, emptied, nulled, renamed, doubled, moved or given another form. It is then
 * refused, or lets through no target more than before, unless the change is one of DOCUMENTED.
 */

type Change = Omit<Mutant, 'category'> & { readonly category: Mutant['category'] | 'deleted' };

/** Changes that may let more through: what is not stated is off, and what is not disabled is not. */
const DOCUMENTED: readonly RegExp[] = [
  /^empty on_http_request\[\]\.config$/u,
  /^(?:deleted|empty) on_http_request\[\]\.config\.model_selection(?:\.strategy)?$/u,
  /^deleted on_http_request\[\]\.config\.model_selection\.strategy\[\]$/u,
  /^deleted on_http_request\[\]\.config\.providers\[\](?:\.models\[\])?\.disabled$/u,
  /^(?:deleted|empty) access(?:\.providers|\.models)?$/u,
  /^deleted access\.(?:providers|models)\.allow$/u,
];

/** A file in which each statement keeps out a target that the others do not. */
const GATEWAY: Json = {
  on_http_request: [
    {
      type: 'ai-gateway',
      config: {
        only_allow_configured_providers: true,
        only_allow_configured_models: true,
        model_selection: { strategy: ["ai.models.ignoreProviders(['zai'])"] },
        providers: [
          { id: 'openai', models: [{ id: 'm' }, { id: 'n', disabled: true }] },
          { id: 'azure', disabled: true, models: [{ id: 'm' }] },
          { id: 'zai', models: [{ id: 'm' }] },
        ],
      },
    },
  ],
};

const ACCESS: Json = {
  name: 'key',
  access: {
    providers: { allow: ['openai', 'azure'] },
    models: { allow: ['openai/m', 'azure/n', 'zai/m'] },
  },
};

const CATALOG = catalogText({ openai: ['m', 'n'], azure: ['m', 'n'], zai: ['m'], new: ['m'] });

/** What the file lets through of both models. */
function answerOf(gateway: string): readonly string[] | undefined {
  const { document, findings } = parseGateway(gateway);
  if (document === undefined) {
    expect(findings.map(({ severity }) => severity)).toContain('error');
    return undefined;
  }
  return ['m', 'n'].flatMap((model) =>
    decideBoth({ catalog: CATALOG, gateway }, { model }).eligible.map(({ ref }) => ref),
  );
}

function write(value: Json): string {
  return JSON.stringify(value, null, 1);
}

function changesOf(file: Json): readonly Change[] {
  const deletions = pathsOf(file).map((at): Change => ({
    category: 'deleted',
    at,
    name: nameOf(at),
    value: withoutValue(file, at),
  }));
  const value = file as Readonly<Record<string, Json>>;
  return [...deletions, ...mutantsOf({ name: 'gateway', value })];
}

describe.each([
  ['a gateway', GATEWAY, ['openai/m'], 200],
  ['the configuration of a key', ACCESS, ['openai/m', 'azure/n'], 40],
])('%s, of which one node is changed', (_form, file, original, minRefused) => {
  it('lets through as it is what nothing keeps out', () => {
    expect(answerOf(write(file))).toEqual(original);
  });

  it('is refused, or lets no more through, or the change is documented', () => {
    const spread = new Spread();
    const widened = changesOf(file).flatMap((change) => {
      const now = answerOf(textOf(change.value, write));
      const isWider = now?.some((ref) => !original.includes(ref)) === true;
      const isSame = JSON.stringify(now) === JSON.stringify(original);
      spread.add(now === undefined ? 'refused' : isWider ? 'wider' : isSame ? 'same' : 'narrower');
      return isWider ? [`${change.category} ${change.name}`] : [];
    });
    expect(widened.filter((name) => !DOCUMENTED.some((each) => each.test(name)))).toEqual([]);
    expect(['wider', 'same', 'narrower'].filter((kind) => spread.of(kind) === 0)).toEqual([]);
    expect(spread.of('refused')).toBeGreaterThan(minRefused);
  });
});
