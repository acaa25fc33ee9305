import { join } from 'node:path';

import { useAudit, type Audit } from '../support/use-audit';

const POLICY = join(__dirname, 'pack.yaml');

/** Above max_request_bytes of the shipped configuration. */
const TOO_LARGE_CHARS = 5 * 1024 * 1024;

/** Requests that go together, so that lines of different requests stand between each other. */
const TOGETHER = 20;

/** What `sendAll` makes: one attempt, two, two, and two for each of those that go together. */
const ATTEMPTS = 1 + 2 + 2 + 2 * TOGETHER;
const REQUESTS = 3 + TOGETHER + 3;

/** Requests of every kind: the first target, fallbacks, used up, refused by policy, not readable, too large. */
async function sendAll({ rig, settle }: Audit): Promise<void> {
  const { 'openai-zdr': first, 'azure-eu': second } = rig.providers;
  const answers = [await rig.chat()];
  first.answerWith(503);
  answers.push(await rig.chat());
  second.answerWith(500);
  answers.push(await rig.chat());
  rig.reset();
  first.show(rig.issue('other.example', 'trusted'));
  answers.push(...(await Promise.all(Array.from({ length: TOGETHER }, () => rig.chat()))));
  rig.reset();
  answers.push(await rig.chat({ body: { model: 'nobody-serves-this' } }));
  answers.push(await rig.chat({ text: '{' }));
  const tooLarge = await rig.chat({ text: 'x'.repeat(TOO_LARGE_CHARS) });
  expect([...answers, tooLarge].map(({ status }) => status)).toEqual([
    ...[200, 200, 503],
    ...Array<number>(TOGETHER).fill(200),
    ...[403, 400, 413],
  ]);
  await settle(answers, REQUESTS, ATTEMPTS);
}

type Line = ReturnType<Audit['rig']['envoy']['attemptLog']>[number];

const audit = useAudit(POLICY, { send: sendAll });

test('what a real Envoy has sent is what was decided', () => {
  const { code, document } = audit().run(audit().rig.envoy.attemptLog());
  expect(document).toMatchObject({
    clean: true,
    counts: {
      decisions: { allow: 3 + TOGETHER, warn: 0, block: 2 },
      attempts: { all: ATTEMPTS, clean: ATTEMPTS },
      requests: { all: REQUESTS, clean: REQUESTS - 1, undecided: 1 },
      unreadable: 0,
    },
    found: {},
    findings: [],
  });
  expect(code).toBe(0);
});

test.each<[string, (line: Line) => Line, string]>([
  ['an ineligible target', (line) => ({ ...line, target: 'groq-us' }), 'ineligible_target'],
  ['no decision', (line) => ({ ...line, decision_id: null }), 'no_decision'],
])('a line that is forged to tell of %s is found', (_what, forge, code) => {
  const lines = audit().rig.envoy.attemptLog();
  const { code: exitCode, document } = audit().run([...lines, forge(lines[1] ?? {})]);
  expect(document).toMatchObject({
    clean: false,
    counts: { attempts: { all: ATTEMPTS + 1, clean: ATTEMPTS } },
    findings: [
      { code, file: expect.stringContaining('attempts.log') as string, line: ATTEMPTS + 1 },
    ],
  });
  expect(exitCode).toBe(1);
});

test('a line that is left out is missed', () => {
  const { code, document } = audit().run(audit().rig.envoy.attemptLog().slice(1));
  expect(document).toMatchObject({ clean: false, found: { attempt_not_logged: 1 } });
  expect(code).toBe(1);
});
