import { duplicateIdentity } from '../../../src/core/lint/duplicate-identity';
import { viewForLint } from '../../../src/core/lint/lint-view';
import { at, claim, provider, setOf, target, NOW_MS } from './support';

const GDPR = claim('gdpr', true);

describe('duplicate identities', () => {
  it('are found where the claims differ, and point to both', () => {
    const set = setOf({
      targets: [target({ claims: [GDPR] }), target({ id: 'm2', position: at(41) })],
    });
    expect(duplicateIdentity(viewForLint(set, NOW_MS))).toMatchObject([
      {
        code: 'duplicate_identity',
        message: 'target `m2` is the same as target `m1` and states other claims',
        position: at(41),
        endColumn: 12,
        related: [{ position: at(40) }],
      },
    ]);
  });

  it.each([
    ['the same claims', { claims: [GDPR] }, 0],
    ['the same claims, founded better', { claims: [{ ...GDPR, assurance: 'audited' }] }, 0],
    ['another value', { claims: [claim('gdpr', false)] }, 1],
    ['another cover', { claims: [{ ...GDPR, apis: ['embeddings'] }] }, 1],
    ['the provider by its alias', { provider: 'acme-ai' }, 1],
    ['another provider', { provider: 'other' }, 0],
    ['another model', { model: 'M' }, 0],
    ['another endpoint', { endpoint: 'acme-eu' }, 0],
    ['another region', { region: 'DE' }, 0],
    ['another credential', { credential: 'acme-key' }, 0],
    ['the same id, which the check of identities judges', { id: 'm1' }, 0],
  ] as const)('compare %s', (_label, more, count) => {
    const targets = [target({ claims: [GDPR] }), target({ id: 'm2', ...more })];
    expect(
      duplicateIdentity(viewForLint(setOf({ providers: [provider()], targets }), NOW_MS)),
    ).toHaveLength(count);
  });
});
