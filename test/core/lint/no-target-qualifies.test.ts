import { noTargetQualifies } from '../../../src/core/lint/no-target-qualifies';
import { viewForLint } from '../../../src/core/lint/lint-view';
import { DEFAULT_SETTINGS, type PolicyDocument } from '../../../src/core/model/policy-set';
import { forTeam, messages, NOW_MS, pack, setOf } from './support-packs';

const ZDR = 'require_zero_data_retention: true';
const NOTHING = ['no target of the catalog qualifies under policy `x/data-routing-policy`'];

describe('a policy under which no target qualifies', () => {
  it.each([
    ['nothing is declared', { a: '', b: '' }, NOTHING],
    ['all is contrary', { a: 'zero_data_retention: false' }, NOTHING],
    ['one target qualifies', { a: '', b: 'zero_data_retention: true' }, []],
  ])('is found where %s', (_case, targets, expected) => {
    const document = pack('x', targets, ZDR);
    expect(messages(noTargetQualifies(viewForLint(setOf(document), NOW_MS)))).toEqual(expected);
  });

  it('is marked where it stands', () => {
    const [finding] = noTargetQualifies(viewForLint(setOf(pack('x', { a: '' }, ZDR)), NOW_MS));
    expect(finding).toMatchObject({
      severity: 'warning',
      code: 'no_target_qualifies',
      position: { file: 'x.yaml', line: 6, column: 10 },
      endColumn: 10 + 'data-routing-policy'.length,
    });
  });

  it('is not one that requires nothing', () => {
    expect(noTargetQualifies(viewForLint(setOf(pack('x', { a: '' }, '')), NOW_MS))).toEqual([]);
  });

  it('is not one that sees no targets', () => {
    const document = { ...pack('x', { a: '' }, ZDR), targets: [], providers: [] };
    expect(noTargetQualifies(viewForLint(setOf(document), NOW_MS))).toEqual([]);
  });

  it('relies on no claims of files that are bound elsewhere', () => {
    const good = forTeam(pack('y', { b: 'zero_data_retention: true' }, ZDR), 'blue');
    const set = {
      settings: DEFAULT_SETTINGS,
      documents: [forTeam(pack('x', { a: '' }, ZDR), 'red'), good],
    };
    expect(messages(noTargetQualifies(viewForLint(set, NOW_MS)))).toEqual(NOTHING);
  });

  it('is one whose claims have expired, and not one whose claims cover some requests', () => {
    const change = (document: PolicyDocument, claim: object): PolicyDocument => ({
      ...document,
      targets: document.targets.map((target) => ({
        ...target,
        claims: target.claims.map((each) => ({ ...each, ...claim })),
      })),
    });
    const document = pack('x', { a: 'zero_data_retention: true' }, ZDR);
    const find = (claim: object): readonly string[] =>
      messages(noTargetQualifies(viewForLint(setOf(change(document, claim)), NOW_MS)));
    expect(find({ expiresAtMs: NOW_MS })).toEqual(NOTHING);
    expect(find({ apis: ['embeddings'] })).toEqual([]);
  });

  it('is one whose lists leave nothing, whatever the targets declare', () => {
    const document = pack('x', { a: 'zero_data_retention: true' }, ZDR);
    const policies = document.policies.map((policy) => ({
      ...policy,
      lists: [
        {
          subject: 'provider' as const,
          effect: 'allow' as const,
          entries: [],
          position: policy.position,
        },
      ],
    }));
    expect(
      messages(noTargetQualifies(viewForLint(setOf({ ...document, policies }), NOW_MS))),
    ).toEqual(NOTHING);
  });
});
