import { POLICY } from '../cli/support/files';
import { EXPIRING, previewOf } from './support/previews';

describe('the changes of a preview', () => {
  it('are the instants at which a model has other targets, with the claims that expire', async () => {
    const shown = await previewOf({ 'all.yaml': `${POLICY}---\n${EXPIRING}` });
    expect(shown.validUntil).toBe('2026-06-01T00:00:00.000Z');
    const position = { file: 'all.yaml', line: 16, column: 9 };
    expect(shown.changes.notLookedAt).toBe(0);
    expect(shown.changes.list).toMatchObject([
      {
        at: '2026-06-01T00:00:00.000Z',
        claims: [{ level: 'provider', id: 'short', claim: 'training_opt_out: true', position }],
        models: [
          {
            names: ['chat'],
            from: 'allow',
            to: 'allow',
            becomesBlocked: [
              { ref: 'short/chat', reasons: [{ code: 'claim_expired', claimPosition: position }] },
            ],
            becomesEligible: [],
          },
          { names: ['code'], from: 'allow', to: 'block', becomesBlocked: [{ ref: 'short/code' }] },
        ],
      },
      {
        at: '2026-09-01T00:00:00.000Z',
        models: [
          { names: ['chat'], from: 'allow', to: 'block', becomesBlocked: [{ ref: 'long/chat' }] },
        ],
      },
    ]);
  });

  it('are none where what expires is relied on by nobody', async () => {
    const policyOnly = POLICY.replace('    require_no_training: true\n', '');
    const shown = await previewOf({ 'all.yaml': `${policyOnly}---\n${EXPIRING}` });
    expect(shown.validUntil).toBe('2026-06-01T00:00:00.000Z');
    expect(shown.changes).toEqual({ list: [], notLookedAt: 0 });
  });

  it('are in the past at an instant after them', async () => {
    const shown = await previewOf(
      { 'all.yaml': `${POLICY}---\n${EXPIRING}` },
      {},
      Date.UTC(2026, 8, 1),
    );
    expect(shown.validUntil).toBeUndefined();
    expect(shown.changes.list).toEqual([]);
    expect(shown.counts.models).toEqual({ allow: 0, warn: 0, block: 2 });
  });

  it('are looked for at a bounded number of instants, and the rest is counted', async () => {
    const providers = Array.from(
      { length: 20 },
      (_, day) => `    - id: p${String(day)}
      claims:
        training_opt_out: { value: true, expires_at: 2026-03-${String(day + 1).padStart(2, '0')} }
        retention_days: 0
      targets: [{ model: chat }]
`,
    );
    const catalog = `${EXPIRING.slice(0, EXPIRING.indexOf('    - id'))}${providers.join('')}`;
    const shown = await previewOf({ 'all.yaml': `${POLICY}---\n${catalog}` });
    expect(shown.changes.list).toHaveLength(16);
    expect(shown.changes.notLookedAt).toBe(4);
  });
});
