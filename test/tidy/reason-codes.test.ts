import { BLOCK_ONLY_CODES, REASON_CODES } from '../../src/core/model/reason';
import { tableRows, textOf } from './support/project-files';

const [REASONS, BLOCKS, WARNINGS] = textOf('docs/reason-codes.md')
  .split(/^## .*$/m)
  .slice(1)
  .map((section) => tableRows(section).slice(2));
const PROTO = textOf('proto/ambit/v1/reason.proto');
const LAYER_TITLES: Readonly<Record<string, string>> = {
  identity: 'Identity',
  request_filters: 'Request filters',
  provider_lists: 'Provider lists',
  model_lists: 'Model lists',
  catalog: 'Catalog',
  requirements: 'Requirements',
};

/** Codes by layer, as the contract's comment lists them. */
function codesOfProto(): Record<string, string> {
  const codes: Record<string, string> = {};
  for (const [layer, title] of Object.entries(LAYER_TITLES)) {
    const section = new RegExp(`// ${title}:\\n((?: *// - .*\\n)+)`).exec(PROTO)?.[1] ?? '';
    for (const match of section.matchAll(/\/\/ - ([a-z_]+):/g)) codes[match[1] ?? ''] = layer;
  }
  return codes;
}

describe('reason codes', () => {
  it('stand in the docs, in the order of the layers, each with its layer', () => {
    const documented = new Map((REASONS ?? []).map(([code, layer]) => [code, layer]));
    expect(documented).toEqual(new Map(Object.entries(REASON_CODES)));
    expect(REASONS).toHaveLength(Object.keys(REASON_CODES).length);
  });

  it('say what would change them', () => {
    expect((REASONS ?? []).filter((cells) => cells.length !== 4 || cells.includes(''))).toEqual([]);
  });

  it('stand in the contract, each below its layer', () => {
    expect(codesOfProto()).toEqual(REASON_CODES);
  });

  it('of blocks alone stand in the docs and in the contract', () => {
    expect((BLOCKS ?? []).map(([code]) => code)).toEqual([...BLOCK_ONLY_CODES]);
    const decision = textOf('proto/ambit/v1/decision.proto');
    for (const code of BLOCK_ONLY_CODES) expect(decision).toContain(code);
  });

  it('of warnings are those of the model and the contract', () => {
    const union: string | undefined = /readonly code: ([^;]+);/.exec(
      textOf('src/core/model/decision.ts').split('interface Warning')[1] ?? '',
    )?.[1];
    const modelled = [...(union ?? '').matchAll(/'([a-z_]+)'/g)].map(([, code]) => code);
    expect((WARNINGS ?? []).map(([code]) => code)).toEqual(modelled);
    const decision = textOf('proto/ambit/v1/decision.proto');
    for (const code of modelled) expect(decision).toContain(code);
  });
});
