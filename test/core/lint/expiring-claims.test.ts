import { expiringClaims } from '../../../src/core/lint/expiring-claims';
import { viewForLint } from '../../../src/core/lint/lint-view';
import { at, claim, credential, endpoint, NOW_MS, provider, setOf, target } from './support';

const DAY_MS = 86_400_000;

function lintOne(expiresAtMs: number) {
  const stated = claim('gdpr', true, { expiresAtMs });
  return expiringClaims(viewForLint(setOf({ providers: [provider(stated)] }), NOW_MS)).map(
    ({ code }) => code,
  );
}

describe('expiring claims', () => {
  it.each([
    ['long ago', NOW_MS - 400 * DAY_MS, ['expired_claim']],
    ['at this very instant', NOW_MS, ['expired_claim']],
    ['in a moment', NOW_MS + 1, ['expiring_claim']],
    ['in thirty days', NOW_MS + 30 * DAY_MS, ['expiring_claim']],
    ['later', NOW_MS + 30 * DAY_MS + 1, []],
  ])('reports a claim that expires %s', (_label, expiresAtMs, codes) => {
    expect(lintOne(expiresAtMs)).toEqual(codes);
  });

  it('finds them at every level, and none without an end', () => {
    const ending = (line: number) =>
      claim('gdpr', true, { expiresAtMs: NOW_MS, position: at(line) });
    const set = setOf({
      providers: [provider(ending(1), claim('iso27001', true))],
      endpoints: [endpoint(ending(2))],
      targets: [target({ claims: [ending(3)] })],
      credentials: [credential(ending(4))],
    });
    expect(expiringClaims(viewForLint(set, NOW_MS)).map(({ position }) => position.line)).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it('marks the word and says when', () => {
    const stated = claim('certification:pci_dss', true, { expiresAtMs: NOW_MS + DAY_MS });
    expect(expiringClaims(viewForLint(setOf({ providers: [provider(stated)] }), NOW_MS))).toEqual([
      {
        severity: 'warning',
        code: 'expiring_claim',
        message: '`certification:pci_dss: true` expires at 2026-07-02T00:00:00.000Z',
        help: 'check that it still holds, then raise its `expires_at`',
        position: at(1),
        endColumn: 12,
      },
    ]);
  });
});
