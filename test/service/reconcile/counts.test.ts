import {
  attemptLine,
  blockLine,
  decisionLine,
  idAt,
  reconciled,
  requestLine,
  timeAt,
  toldBy,
} from './support/lines';

describe('the counts', () => {
  it('are of decisions by outcome, attempts and requests', async () => {
    const decisions = [
      decisionLine(),
      decisionLine(),
      decisionLine({ decision_id: idAt(0, 1), outcome: 'warn' }),
      blockLine({ decision_id: idAt(0, 2) }),
    ];
    const blocked = { decision_id: idAt(0, 2), outcome: 'BLOCK', eligible: [], attempts: 0 };
    const undecided = requestLine({ decision_id: null, attempts: 0, target: null });
    const { counts } = await reconciled(decisions, [
      attemptLine(),
      requestLine(),
      requestLine(blocked),
      undecided,
    ]);
    expect(counts).toEqual({
      decisions: { allow: 1, warn: 1, block: 1 },
      attempts: { all: 1, clean: 1 },
      requests: { all: 3, clean: 2, undecided: 1 },
      outside: 0,
      unreadable: 0,
    });
  });

  it.each([
    ['nothing', [], []],
    ['decisions alone', [decisionLine()], []],
    ['lines outside the window', [decisionLine()], [attemptLine(), requestLine()]],
  ])('of %s are zeros, which prove nothing', async (_, decisions, envoy) => {
    const result = await reconciled(decisions, envoy, { toMs: 0 });
    expect(result.counts.attempts).toEqual({ all: 0, clean: 0 });
    const { isClean, isEmpty, hasFindings } = result;
    expect({ isClean, isEmpty, hasFindings }).toEqual({
      isClean: false,
      isEmpty: true,
      hasFindings: false,
    });
    expect(result.advice).toHaveLength(1);
  });

  it('of blocked requests alone prove that nothing was sent', async () => {
    const told = { outcome: 'BLOCK', eligible: [], attempts: 0, target: null };
    const { isClean } = await reconciled([blockLine()], [requestLine(told)]);
    expect(isClean).toBe(true);
  });
});

describe('a window', () => {
  const WINDOW = { fromMs: Date.parse(timeAt(6)), toMs: Date.parse(timeAt(10)) };

  it('leaves out attempts and requests before its first instant, and from its last one on', async () => {
    const envoy = [
      ...[5, 6, 9, 10].map((ms) => attemptLine({ target: 'third', time: timeAt(ms) })),
      requestLine({ time: timeAt(5), bundle: 'other' }),
    ];
    const result = await reconciled([decisionLine()], envoy, WINDOW);
    expect(toldBy(result)).toEqual([
      'ineligible_target envoy.log:2',
      'ineligible_target envoy.log:3',
    ]);
    expect(result.counts).toMatchObject({
      attempts: { all: 2 },
      requests: { all: 0 },
      outside: 3,
    });
  });

  it('judges an attempt by those outside it, and tells only of it', async () => {
    const before = attemptLine({ target: 'second', time: timeAt(5) });
    const inside = attemptLine({ time: timeAt(7) });
    const after = attemptLine({ time: timeAt(11) });
    const result = await reconciled([decisionLine()], [before, inside, after], WINDOW);
    expect(toldBy(result)).toEqual(['out_of_order envoy.log:2']);
    expect(result.counts.attempts).toEqual({ all: 1, clean: 0 });
  });

  it('keeps an attempt outside it for the request inside it', async () => {
    const request = requestLine({ time: timeAt(9) });
    const later = attemptLine({ time: timeAt(11) });
    expect(toldBy(await reconciled([decisionLine()], [request, later], WINDOW))).toEqual([]);
  });

  it('without one of its ends reaches as far as the logs do', async () => {
    const envoy = [5, 7].map((ms) => attemptLine({ target: 'third', time: timeAt(ms) }));
    const lines = async (window: object): Promise<readonly string[]> =>
      toldBy(await reconciled([decisionLine()], envoy, window));
    expect(await lines({ fromMs: WINDOW.fromMs })).toEqual(['ineligible_target envoy.log:2']);
    expect(await lines({ toMs: WINDOW.fromMs })).toEqual(['ineligible_target envoy.log:1']);
  });
});
