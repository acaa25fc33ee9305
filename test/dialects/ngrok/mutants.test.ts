import type { Json } from '../native/samples';
import { leftBy } from '../support/beside-catalog';
import { changesOf, expectNoWider, write } from '../support/changes';
import { isRead } from '../support/whole';
import { catalogText, decideBoth, parseGateway } from './support';

/*
 * One node of a valid file is deleted, emptied, nulled, renamed, doubled, moved or given another form. It is then
 * refused, or lets through no target more than before, unless the change is one of DOCUMENTED.
 */

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
  if (!isRead(parseGateway(gateway))) return undefined;
  return ['m', 'n'].flatMap((model) =>
    leftBy(decideBoth({ catalog: CATALOG, gateway }, { model })),
  );
}

describe.each([
  ['a gateway', GATEWAY, ['openai/m'], 200],
  ['the configuration of a key', ACCESS, ['openai/m', 'azure/n'], 40],
])('%s, of which one node is changed', (_form, file, original, minRefused) => {
  it('lets through as it is what nothing keeps out', () => {
    expect(answerOf(write(file))).toEqual(original);
  });

  it('is refused, or lets no more through, or the change is documented', () => {
    const before = { refs: original, answerOf };
    expectNoWider(changesOf(file), before, { documented: DOCUMENTED, minRefused });
  });
});
