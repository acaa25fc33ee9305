import { lossyStatuses } from '../../../src/core/lint/lossy-statuses';
import { warnModes } from '../../../src/core/lint/warn-modes';
import { CATALOG, file, markedIn, policy, viewOf } from './support-native';

describe('statuses of blocks', () => {
  it.each([
    [400, 'malformed'],
    [404, 'unknown'],
    [409, 'retry'],
    [422, 'invalid'],
    [451, 'proxies'],
  ])('%i loses something', (status, word) => {
    const text = policy(
      'p',
      `{ requirements: { gdpr: true }, on_no_eligible: { status: ${String(status)} } }`,
    );
    const [finding, ...others] = lossyStatuses(viewOf(text));
    if (finding === undefined) throw new Error('nothing was found');
    expect(others).toEqual([]);
    expect(markedIn(text, finding)).toBe(String(status));
    expect(finding).toMatchObject({ severity: 'info', code: 'lossy_status' });
    expect(finding.message).toContain(`blocks with ${String(status)}: `);
    expect(finding.message).toContain(word);
  });

  it.each(['on_no_eligible: { status: 403 }', 'on_no_eligible: { message: no }', 'mode: enforce'])(
    'lose nothing: %s',
    (more) => {
      expect(
        lossyStatuses(viewOf(policy('p', `{ requirements: { gdpr: true }, ${more} }`))),
      ).toEqual([]);
    },
  );
});

describe('policies that only warn', () => {
  const find = (...policies: readonly string[]): readonly string[] =>
    warnModes(viewOf(file(...policies, CATALOG))).map(({ message }) => message);

  it.each([
    [
      'that something meets',
      [policy('p', '{ mode: warn, requirements: { max_retention_days: 0 } }')],
      'something of the catalog meets it, so that enforcing it would leave something',
    ],
    [
      'that nothing meets',
      [policy('p', '{ mode: warn, requirements: { gdpr: true } }')],
      'nothing of the catalog meets it, so that it lets everything through',
    ],
    [
      'that nothing meets of what others leave',
      [
        policy('w', '{ providers: { allow: [umbra] } }'),
        policy('p', '{ mode: warn, requirements: { max_retention_days: 0 } }'),
      ],
      'nothing of the catalog meets it, so that it lets everything through',
    ],
    [
      'that have lists only',
      [policy('p', '{ mode: warn, providers: { allow: [acme] } }')],
      'it has no requirements, and its lists block in any mode',
    ],
  ])('are found: those %s', (_case, policies, effect) => {
    expect(find(...policies)).toEqual([`policy \`p\` only warns: ${effect}`]);
  });

  it.each(['enforce', 'shadow'])('are not those of mode %s', (mode) => {
    expect(find(policy('p', `{ mode: ${mode}, requirements: { gdpr: true } }`))).toEqual([]);
  });

  it('are marked at their mode', () => {
    const text = policy('p', '{ mode: warn, requirements: { gdpr: true } }');
    const [finding] = warnModes(viewOf(text));
    if (finding === undefined) throw new Error('nothing was found');
    expect(markedIn(text, finding)).toBe('warn');
    expect(finding).toMatchObject({ code: 'warn_mode', severity: 'info' });
  });
});
