import { looseningLevels } from '../../../src/core/lint/loosening-levels';
import { viewForLint } from '../../../src/core/lint/lint-view';
import type { ClaimName, ClaimValue } from '../../../src/core/model/claim';
import { at, claim, credential, endpoint, provider, setOf, target, NOW_MS } from './support';

function lintPair(name: ClaimName, wider: ClaimValue, specific: ClaimValue): number {
  const set = setOf({
    providers: [provider(claim(name, wider))],
    targets: [target({ claims: [claim(name, specific)] })],
  });
  return looseningLevels(viewForLint(set, NOW_MS)).length;
}

describe('levels that loosen', () => {
  it.each([
    ['zero_data_retention', false, true],
    ['training_opt_out', false, true],
    ['prompt_logging', true, false],
    ['in_memory_only', false, true],
    ['accepts_tokenized_input', false, true],
    ['allow_internet_egress', true, false],
    ['local_only_processing', false, true],
    ['analytics_collection', 'allow', 'deny'],
    ['user_data_collection', 'allow', 'deny'],
    ['iso27001', false, true],
    ['gdpr', false, true],
    ['certification:pci_dss', false, true],
    ['soc2', 'type1', 'type2'],
    ['nested_gateway', 'routes_on', 'fallback_off'],
    ['retention_days', 30, 0],
    ['processing_regions', ['eu', 'US'], ['eu']],
    ['storage_regions', ['global'], ['DE']],
    ['headquarters', ['US'], ['DE']],
  ] as const)('are found where %s goes from %p to %p, and not back', (name, wider, specific) => {
    expect(lintPair(name, wider, specific)).toBe(1);
    expect(lintPair(name, specific, specific)).toBe(0);
    // Two places that do not hold each other loosen either way: each satisfies what the other does not.
    expect(lintPair(name, specific, wider)).toBe(name === 'headquarters' ? 1 : 0);
  });

  it.each([
    ['processing_regions', ['DE'], ['eu']],
    ['price_prompt', 5, 1],
    ['processing_regions', ['eu'], ['DE', 'global']],
    ['headquarters', ['US'], []],
    ['quantization', 'int4', 'bf16'],
    ['label:tier', 'tin', 'gold'],
  ] as const)('are not found where %s goes from %p to %p', (name, wider, specific) => {
    expect(lintPair(name, wider, specific)).toBe(0);
  });

  it('are pointed out and no error', () => {
    const set = setOf({
      providers: [provider(claim('gdpr', false, { position: at(11) }))],
      targets: [target({ claims: [claim('gdpr', true, { position: at(41) })] })],
    });
    expect(looseningLevels(viewForLint(set, NOW_MS))).toMatchObject([
      {
        severity: 'info',
        code: 'claim_loosens_wider_level',
        position: at(41),
        related: [{ position: at(11) }],
      },
    ]);
  });

  it('compares with the endpoint before the provider', () => {
    const set = setOf({
      providers: [provider(claim('retention_days', 30))],
      endpoints: [endpoint(claim('retention_days', 0))],
      targets: [target({ endpoint: 'acme-eu', claims: [claim('retention_days', 0)] })],
    });
    expect(looseningLevels(viewForLint(set, NOW_MS)).map(({ message }) => message)).toEqual([
      'endpoint `acme-eu` states `retention_days: 0`, where provider `acme` states `retention_days: 30`',
    ]);
  });

  it('finds credentials and aliases, and nothing across providers', () => {
    const set = setOf({
      providers: [
        provider(claim('gdpr', false)),
        { ...provider(claim('gdpr', false)), id: 'other', aliases: [] },
      ],
      credentials: [credential(claim('gdpr', true))],
      targets: [
        target({ provider: 'acme-ai', claims: [claim('gdpr', true)] }),
        target({ id: 'x', provider: 'elsewhere', claims: [claim('gdpr', true)] }),
      ],
    });
    expect(
      looseningLevels(viewForLint(set, NOW_MS)).map(({ message }) => message.split(' states')[0]),
    ).toEqual(['target `m1`', 'credential `acme-key`']);
  });
});
