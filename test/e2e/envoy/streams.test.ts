import { join } from 'node:path';

import { waitForAmbit } from '../support/edits';
import type { Answering } from '../support/provider';
import type { Rig } from '../support/rig';
import { openStream, type StreamedAnswer } from '../support/stream-client';
import { useRig } from '../support/use-rig';
import { VARIANTS } from '../support/variants';
import { until } from '../support/wait';

const FIRST = 'data: {"part":1}\n\n';
const SECOND = 'data: {"part":2}\n\n';

/** A stream of events: the first one at once, and what comes then when the test says so. */
interface Script {
  readonly answering: Answering;
  /** The provider sends the second event and ends. */
  finish(): void;
  /** The provider's connection breaks. */
  breakOff(): void;
}

function createScript(): Script {
  let goOn: (how: 'finish' | 'break') => void = () => undefined;
  const step = new Promise<'finish' | 'break'>((resolve) => (goOn = resolve));
  return {
    answering: async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(FIRST);
      if ((await step) === 'finish') response.end(SECOND);
      else response.destroy();
    },
    finish: () => {
      goOn('finish');
    },
    breakOff: () => {
      goOn('break');
    },
  };
}

const stream = ({ envoy }: Rig): Promise<StreamedAnswer> =>
  openStream({
    port: envoy.port,
    path: '/v1/chat/completions',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-5.4-mini', stream: true, messages: [] }),
  });

describe.each(VARIANTS)('%s', (variant) => {
  const rig = useRig({
    variant,
    edit: waitForAmbit,
    prepare: (started) => started.useAmbit(join(__dirname, 'pack.yaml')),
  });

  beforeEach(() => {
    rig().reset();
  });

  /** The line of the request, which is written when it has ended, for good. */
  const lineOf = ({ decisionId }: StreamedAnswer): Promise<Readonly<Record<string, unknown>>> =>
    until('the line of the request', () =>
      rig()
        .envoy.requestLog()
        .find((line) => line['decision_id'] === decisionId),
    );

  test('the client sees an event before the provider has sent the next one', async () => {
    const script = createScript();
    rig().providers['openai-zdr'].answer(script.answering);
    const answer = await stream(rig());
    expect([answer.status, answer.contentType]).toEqual([200, 'text/event-stream']);
    // The provider waits: nothing but this event can be on its way.
    expect(await answer.readUntil(FIRST)).toBe(FIRST);
    script.finish();
    expect(await answer.end()).toEqual({ isComplete: true, text: FIRST + SECOND });
    expect(await lineOf(answer)).toMatchObject({ target: 'openai-zdr', attempts: 1 });
  });

  test('a stream that breaks is not begun again elsewhere', async () => {
    const script = createScript();
    rig().providers['openai-zdr'].answer(script.answering);
    const answer = await stream(rig());
    await answer.readUntil(FIRST);
    script.breakOff();
    expect(await answer.end()).toEqual({ isComplete: false, text: FIRST });
    expect(await lineOf(answer)).toMatchObject({ target: 'openai-zdr', attempts: 1 });
    expect(rig().requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 0 });
    expect(rig().providers['azure-eu'].contacts() + rig().providers['groq-us'].contacts()).toBe(0);
  });

  test('a stream that fails before it begins is begun at the next target', async () => {
    const script = createScript();
    rig().providers['openai-zdr'].breakConnections();
    rig().providers['azure-eu'].answer(script.answering);
    const answer = await stream(rig());
    await answer.readUntil(FIRST);
    script.finish();
    expect(await answer.end()).toEqual({ isComplete: true, text: FIRST + SECOND });
    expect(rig().requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 1 });
  });

  test('a client that leaves ends the stream at the provider, and no other one is asked', async () => {
    const left = new Promise<void>((resolve) => {
      rig().providers['openai-zdr'].answer((_request, response) => {
        response.once('close', resolve);
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(FIRST);
      });
    });
    const answer = await stream(rig());
    await answer.readUntil(FIRST);
    answer.leave();
    await left;
    expect(await lineOf(answer)).toMatchObject({ target: 'openai-zdr', attempts: 1 });
    expect(rig().requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 0 });
  });
});
