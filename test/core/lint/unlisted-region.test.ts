import { unlistedRegion } from '../../../src/core/lint/unlisted-region';
import { viewForLint } from '../../../src/core/lint/lint-view';
import { at, claim, endpoint, policy, provider, setOf, target, NOW_MS } from './support';

const RESIDENCY = policy({ kind: 'processing_regions', regions: ['eu'] });

function messages(parts: Parameters<typeof setOf>[0]): readonly string[] {
  return unlistedRegion(viewForLint(setOf(parts), NOW_MS)).map(({ message }) => message);
}

describe('regions that lie in nothing', () => {
  it('are found in claims, save `global`, which is meant so', () => {
    const claims = [
      claim('processing_regions', ['eu', 'us-east-1', 'global']),
      claim('storage_regions', ['DE', 'eea']),
      claim('headquarters', ['UK']),
      claim('label:region', 'nowhere'),
    ];
    expect(messages({ providers: [provider(...claims)] })).toEqual([
      'claim `processing_regions` names `us-east-1`, which lies in no region',
      'claim `headquarters` names `UK`, which lies in no region',
    ]);
  });

  it('are found in names of targets and endpoints only where residency is asked for', () => {
    const parts = {
      endpoints: [{ ...endpoint(), region: 'eu-west-1' }],
      targets: [target({ region: 'global' }), target({ id: 'm2', region: 'de' })],
    };
    expect(messages({ ...parts, policies: [policy({ kind: 'gdpr' })] })).toEqual([]);
    expect(messages({ ...parts, policies: [RESIDENCY] })).toEqual([
      'endpoint `acme-eu` is in `eu-west-1`, which lies in no region',
      'target `m1` is in `global`, which lies in no region',
    ]);
  });

  it.each([
    ['processing_regions', { kind: 'processing_regions', regions: ['global', 'eu'] }, 1],
    ['storage_regions', { kind: 'storage_regions', regions: ['europe'] }, 1],
    ['headquarters', { kind: 'headquarters', allow: ['uk', 'DE'], deny: ['XX'] }, 2],
    ['quantizations', { kind: 'quantizations', allowed: ['fp8'] }, 0],
  ] as const)('are found in the requirement %s', (_kind, rule, count) => {
    expect(unlistedRegion(viewForLint(setOf({ policies: [policy(rule)] }), NOW_MS))).toHaveLength(
      count,
    );
  });

  it('are marked, with what may be meant', () => {
    expect(
      unlistedRegion(
        viewForLint(setOf({ providers: [provider(claim('headquarters', ['uk']))] }), NOW_MS),
      ),
    ).toEqual([
      {
        severity: 'warning',
        code: 'unlisted_region',
        message: 'claim `headquarters` names `uk`, which lies in no region',
        help: 'write an ISO 3166-1 country code, `eu` or `eea`; perhaps `GB` is meant',
        position: at(1),
        endColumn: 12,
      },
    ]);
  });
});
