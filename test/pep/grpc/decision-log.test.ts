import { makeReason } from '../../../src/core/engine/ranked-reason';
import type { Decision } from '../../../src/core/model/decision';
import { createDecisionLog } from '../../../src/pep/grpc/decision-log';
import type { RecordedDecisions } from '../../../src/ports/service-config';
import { CALL_METHODS } from '../../../src/ports/telemetry';
import type { CallMethod } from '../../../src/ports/telemetry';
import { CATALOG, POLICY } from '../../cli/support/files';
import { ask } from '../../service/support/asks';
import { createTestPoint, loadText } from '../../service/support/world';
import type { TestPoint } from '../../service/support/world';
import { now } from '../../service/support/now';

type Asked = Parameters<typeof ask>[0];

const SILENT = POLICY.replace('spec:', 'spec:\n  log_provider_selection: false');

let logging: TestPoint;
let silent: TestPoint;

beforeAll(async () => {
  logging = createTestPoint(await loadText(`${CATALOG}---\n${POLICY}`));
  silent = createTestPoint(await loadText(`${CATALOG}---\n${SILENT}`));
});

/** The records that are written of a decision. */
function recordsOf(
  tested: TestPoint,
  asked: Asked,
  { via = 'check', recorded = 'all' }: { via?: CallMethod; recorded?: RecordedDecisions } = {},
): readonly Readonly<Record<string, unknown>>[] {
  const lines: string[] = [];
  const log = createDecisionLog(
    { logLevel: 'info', recordedDecisions: recorded },
    { write: (line) => void lines.push(line) },
  );
  const made = ask(asked);
  log.record(made, now(tested.point.decide(made, via)), via);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('which decisions are recorded', () => {
  it.each([
    ['policies', 1, 0],
    ['all', 1, 1],
  ] as const)(
    'where `%s` are: under a policy that logs %i, under one that does not %i',
    (recorded, ...counts) => {
      const asked = { targets: ['good/chat-large'] };
      const written = [logging, silent].map((tested) => recordsOf(tested, asked, { recorded }));
      expect(written.map(({ length }) => length)).toEqual(counts);
      for (const record of written.flat()) expect(record).toMatchObject({ recorded });
    },
  );

  it('are those over no bundle, too, where all are', () => {
    const asked = { targets: ['good/chat-large'] };
    expect(recordsOf(createTestPoint(), asked, { recorded: 'policies' })).toEqual([]);
    expect(recordsOf(createTestPoint(), asked)).toMatchObject([
      { outcome: 'block', eligible: [], policies: [] },
    ]);
  });
});

describe('a record', () => {
  it.each(CALL_METHODS)('says when and how it was asked for: %s', (via) => {
    const [record] = recordsOf(logging, { targets: ['good/chat-large'] }, { via });
    expect(record).toMatchObject({
      via,
      decision_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
    expect(Number.isNaN(Date.parse(String(record?.['time'])))).toBe(false);
  });

  it.each(['Summarise the letter of Mr Smith', 'sk-proj-0123456789abcdef0123'])(
    'has a mark in the place of what is no name: %s',
    (text) => {
      const targets = ['good/chat-large', text];
      const asked = { requestId: text, context: { tenant: text }, targets };
      const [record] = recordsOf(logging, asked);
      expect(record).toMatchObject({ request_id: '(withheld)', tenant: '(withheld)' });
      expect(record?.['blocked']).toContainEqual({ ref: '(withheld)', code: 'unknown_target' });
      expect(JSON.stringify(record)).not.toContain(text);
    },
  );

  it('names targets of the catalog by their ids, without a word more where those are the names', () => {
    const [record] = recordsOf(logging, {});
    expect(record).toMatchObject({ outcome: 'allow', eligible: ['good/chat-large'] });
    expect(record).not.toHaveProperty('targets');
  });

  it.each([
    ['backend', 'backend'],
    ['the letter of Mr Smith', '(withheld)'],
  ])(
    'names the targets beside the names that the enforcement point has for them: %s',
    (name, written) => {
      const made = ask({ targets: ['good/chat-large', 'keeps/chat'] });
      const candidates = (made.request.candidates ?? []).map((each) => ({
        ...each,
        ref: each.target === 'keeps/chat' ? 'other' : name,
      }));
      const renamed = { ...made, request: { ...made.request, candidates } };
      const lines: string[] = [];
      const log = createDecisionLog(
        { logLevel: 'info', recordedDecisions: 'all' },
        { write: (line) => void lines.push(line) },
      );
      log.record(renamed, now(logging.point.decide(renamed, 'decide')), 'decide');
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({
        eligible: [written],
        targets: ['good/chat-large'],
        blocked: [{ ref: 'other' }],
      });
    },
  );
});

const WARN: Decision = {
  outcome: 'warn',
  eligible: [
    { eligible: true, ref: 'a', target: 'a', provider: 'p', sendModel: 'm', reasons: [] },
    {
      eligible: true,
      ref: 'b',
      target: 'b',
      provider: 'p',
      sendModel: 'm',
      reasons: (['claim_unknown', 'claim_unknown', 'claim_contrary'] as const).map((code) =>
        makeReason({ code, message: 'm', state: 'unknown' }),
      ),
    },
  ],
  verdicts: [],
  warnings: [],
  policies: [],
  shadow: [],
};

describe('a decision in which a warn policy gave way', () => {
  const lineOf = (decision: Decision): Record<string, unknown> | undefined => {
    const lines: string[] = [];
    const log = createDecisionLog(
      { logLevel: 'info', recordedDecisions: 'policies' },
      { write: (line) => void lines.push(line) },
    );
    const made = ask({ targets: ['good/chat-large'] });
    const answer = { requestId: 'r', decisionId: 'd', detail: 'summary', decision } as const;
    log.record(made, answer, 'check');
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>)[0];
  };

  it('is recorded with what is not met, wanted or not', () => {
    expect(lineOf(WARN)).toMatchObject({
      msg: 'decision',
      outcome: 'warn',
      decision_id: 'd',
      eligible: ['a', 'b'],
      unmet: { b: ['claim_unknown', 'claim_contrary'] },
    });
  });

  it('and no other one, where no policy wants it', () => {
    expect(lineOf({ ...WARN, outcome: 'allow' })).toBeUndefined();
    const policies = [{ id: 'p', mode: 'enforce', counts: true, logSelection: true }] as const;
    const wanted = lineOf({ ...WARN, outcome: 'allow', policies });
    expect(wanted).toMatchObject({ outcome: 'allow' });
    expect(wanted).not.toHaveProperty('unmet');
  });
});
