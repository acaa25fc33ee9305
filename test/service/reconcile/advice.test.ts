import { attemptLine, decisionLine, idAt, reconciled } from './support/lines';

describe('advice', () => {
  const unknown = attemptLine({ decision_id: idAt(0) });

  it.each([
    ['all', unknown, []],
    ['policies', unknown, ['log.decisions']],
    ['policies', attemptLine({ decision_id: null }), []],
    ['all', attemptLine({ decision_id: idAt(500) }), ['--from']],
    ['policies', attemptLine({ decision_id: idAt(500) }), ['log.decisions', '--from']],
  ])('where `%s` are recorded, on %s', async (recorded, line, words) => {
    const records = [-100, 100].map((ms) => decisionLine({ decision_id: idAt(ms), recorded }));
    const { advice } = await reconciled(records, [line]);
    expect(advice).toHaveLength(words.length);
    words.forEach((word, index) => {
      expect(advice[index]).toContain(word);
    });
  });

  it.each([
    [
      'swapped files',
      [attemptLine()],
      [decisionLine()],
      '`--decisions` is what `ambit serve` writes',
    ],
    ['no line at all', [], [], 'Envoy writes its log with a delay'],
    ['records alone, and lines of others', [decisionLine()], [decisionLine()], 'with a delay'],
  ])('on %s', async (_what, records, log, words) => {
    const { advice, isClean } = await reconciled(records, log);
    expect(isClean).toBe(false);
    expect(advice).toEqual([expect.stringContaining(words)]);
  });
});
