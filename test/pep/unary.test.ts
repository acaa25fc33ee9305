import { status } from '@grpc/grpc-js';
import type { ServerUnaryCall } from '@grpc/grpc-js';

import type { Incoming } from '../../src/pep/incoming';
import { createUnaryHandler, invalidArgument, replySoon } from '../../src/pep/unary';
import type { Reply } from '../../src/pep/unary';
import { createTestRules, FACTS } from './support/test-rules';
import type { TestRules } from './support/test-rules';

let asked: string[];
let told: TestRules;

beforeEach(() => {
  asked = [];
  told = createTestRules();
});

function answer(message: string): Reply<string> {
  asked.push(message);
  if (message === 'throw') throw new Error('planted');
  return message === 'refuse' ? invalidArgument('no') : { answer: `to ${message}` };
}

type Call = ServerUnaryCall<Incoming<string>, string>;

/** Calls a handler with as much of a call as it looks at; returns what it calls back with. */
function handle(request: Incoming<string>, deadline: Date | number = Infinity): unknown[] {
  const replies: unknown[] = [];
  const call: Partial<Call> = { request, getDeadline: () => deadline };
  const handler = createUnaryHandler(answer, told.rules);
  handler(call as unknown as Call, (error, value) => void replies.push(error ?? value));
  return replies;
}

describe('a unary handler', () => {
  it.each([Infinity, Date.now() + 60_000, new Date(Date.now() + 60_000)])(
    'answers a message that is in time: %p',
    (deadline) => {
      expect(handle({ message: 'x' }, deadline)).toEqual(['to x']);
    },
  );

  it.each([0, Date.now() - 1, new Date(Date.now() - 1)])(
    'does not start what can no longer be in time: %p',
    (deadline) => {
      expect(handle({ message: 'x' }, deadline)).toMatchObject([
        { code: status.DEADLINE_EXCEEDED },
      ]);
      expect(asked).toEqual([]);
    },
  );

  it('passes on what is wrong with the message, and asks nothing', () => {
    const failure = { code: status.RESOURCE_EXHAUSTED, details: 'large', reason: 'size' } as const;
    expect(handle({ failure })).toEqual([failure]);
    expect(told.refused).toEqual([failure]);
    expect(asked).toEqual([]);
  });

  it('passes on a refusal', () => {
    expect(handle({ message: 'refuse' })).toEqual([
      { code: status.INVALID_ARGUMENT, details: 'no', reason: 'invalid' },
    ]);
    expect(told.defects).toEqual([]);
  });

  it('makes an error of a defect, tells of it, and tells the caller nothing about it', () => {
    expect(handle({ message: 'throw' })).toEqual([
      {
        code: status.INTERNAL,
        details: 'the service failed to answer; nothing is eligible',
        reason: 'defect',
      },
    ]);
    expect(told.defects).toEqual([new Error('planted')]);
  });
});

describe('one reply', () => {
  it('is the same without a call', () => {
    const on = { facts: FACTS, rules: told.rules };
    expect(replySoon(answer, { message: 'x' }, on)).toEqual({ answer: 'to x' });
    expect(replySoon(answer, { message: 'throw' }, on)).toMatchObject({
      failure: { code: status.INTERNAL },
    });
    expect(told.defects).toHaveLength(1);
  });

  it('is the same where it comes later', async () => {
    const on = { facts: FACTS, rules: told.rules };
    const later = async (message: string): Promise<Reply<string>> => {
      await Promise.resolve();
      return answer(message);
    };
    expect(await replySoon(later, { message: 'x' }, on)).toEqual({ answer: 'to x' });
    expect(await replySoon(later, { message: 'throw' }, on)).toMatchObject({
      failure: { code: status.INTERNAL },
    });
    expect(told.defects).toHaveLength(1);
  });
});
