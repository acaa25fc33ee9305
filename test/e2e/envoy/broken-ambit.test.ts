import {
  answeringCalls,
  grpcMessage,
  takingConnections,
  type Breakage,
  type BrokenAmbit,
} from '../support/broken-ambit';
import { CONFIGURATIONS, rigOptionsOf } from '../support/configurations';
import { errorOf } from '../support/seen';
import { useRig } from '../support/use-rig';
import { until } from '../support/wait';

/** The beginning of HTTP/2 as a server speaks it: an empty frame SETTINGS. */
const SETTINGS = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
const GARBAGE = Buffer.from(
  '\u0000\u00ff\u0007garbage, and nothing that Envoy could read',
  'latin1',
);

const BREAKAGES: Readonly<Record<string, Breakage>> = {
  'closes every connection': takingConnections((connection) => void connection.destroy()),
  'takes connections and says nothing': takingConnections(() => undefined),
  'sends garbage': takingConnections((connection) => void connection.write(GARBAGE)),
  'begins well and sends garbage': takingConnections((connection) => {
    connection.write(Buffer.concat([SETTINGS, GARBAGE]));
  }),
  'answers in HTTP/1.1': takingConnections((connection) => {
    connection.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
  }),
  'answers with an error page': answeringCalls({ status: 502, contentType: 'text/html' }),
  'answers with a page': answeringCalls({ contentType: 'text/html', body: Buffer.from('<p>yes') }),
  'answers with no message': answeringCalls({ grpcStatus: 0 }),
  'answers with no message and no status': answeringCalls({}),
  'answers with a message of garbage': answeringCalls({
    body: grpcMessage(GARBAGE),
    grpcStatus: 0,
  }),
  'answers with half a message': answeringCalls({
    body: grpcMessage(GARBAGE, 5000),
    grpcStatus: 0,
  }),
  'answers with an endless message': answeringCalls({
    body: grpcMessage(GARBAGE, 2 ** 32 - 1),
    grpcStatus: 0,
  }),
  'answers with an empty message, and then a failure': answeringCalls({
    body: grpcMessage(Buffer.alloc(0)),
    grpcStatus: 13,
  }),
  'refuses the call': answeringCalls({ grpcStatus: 7 }),
  'is overloaded': answeringCalls({ grpcStatus: 8 }),
};

describe.each(CONFIGURATIONS)('$title', (configuration) => {
  const rig = useRig(rigOptionsOf(configuration));
  let broken: BrokenAmbit | undefined;

  beforeEach(() => {
    rig().reset();
  });

  afterEach(async () => {
    await broken?.close();
    broken = undefined;
  });

  test.each(Object.keys(BREAKAGES))('Ambit %s: nothing is sent to anybody', async (what) => {
    broken = await BREAKAGES[what]?.(rig().socketFile);
    // Envoy may first have to learn that the one before is gone; that alone sends nothing either.
    const answer = await until('an answer of this one', async () => {
      const tried = await rig().chat();
      return (broken?.asked() ?? 0) > 0 ? tried : undefined;
    });
    expect(answer.status).toBe(503);
    expect(errorOf(answer)).toMatchObject({ type: 'policy_error', code: 'policy_unavailable' });
    expect(rig().contacts()).toBe(0);
  });

  test('no Ambit at all: nothing is sent to anybody', async () => {
    const answer = await rig().chat();
    expect(answer.status).toBe(503);
    expect(errorOf(answer)).toMatchObject({ type: 'policy_error', code: 'policy_unavailable' });
    expect(rig().contacts()).toBe(0);
  });
});
