import type { Client } from '@grpc/grpc-js';

import { answerOf, call, openClient } from './support/client';
import type { Message } from './support/client';
import { POLICY_FILE, startService } from './support/service';
import type { TestService } from './support/service';

const ALL = [
  { target: 'acme/large' },
  { target: 'boreal/large' },
  { ref: 'c', target: 'cirrus/large' },
];

/** The line of the policy file that says so. */
function lineOf(text: string): number {
  return POLICY_FILE.split('\n').findIndex((line) => line.includes(text)) + 1;
}

let service: TestService;
const clients: Client[] = [];

beforeAll(async () => {
  service = await startService();
  clients.push(
    ...service.addresses.map((address) => openClient('ambit.v1.DecisionService', address)),
  );
});

afterAll(async () => {
  for (const client of clients) client.close();
  await service.stop();
});

/** Asks over every listener; all of them must answer alike but for the decision's id. */
async function decide(request: Message): Promise<Message> {
  const answers = await Promise.all(clients.map((client) => answerOf(client, 'Decide', request)));
  const [first, ...others] = answers.map(({ decision_id: id, ...answer }) => {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    return answer;
  });
  for (const other of others) expect(other).toEqual(first);
  expect(new Set(answers.map(({ decision_id: id }) => id)).size).toBe(answers.length);
  return first ?? {};
}

describe('Decide', () => {
  it('listens on a free port and on a socket that only owner and group may use', () => {
    expect(service.addresses).toHaveLength(2);
    expect(service.addresses[0]).toMatch(/^127\.0\.0\.1:[1-9]\d*$/);
    expect(service.addresses[1]).toBe(`unix:${service.directory}/ambit.sock`);
  });

  it('answers with the eligible ones, and why not the others, at which line', async () => {
    const answer = await decide({ request_id: 'r1', context: { tenant: 'red' }, candidates: ALL });
    expect(answer).toMatchObject({
      request_id: 'r1',
      outcome: 'OUTCOME_ALLOW',
      eligible: ['acme/large'],
      verdicts: [
        { ref: 'acme/large', target: 'acme/large', eligible: true, send_model: 'm-large' },
        {
          ref: 'boreal/large',
          reasons: [
            {
              code: 'claim_contrary',
              policy: 'base',
              requirement: 'require_no_training',
              claim: 'training_opt_out',
              state: 'REASON_STATE_CONTRARY',
              source: {
                file: `${service.directory}/policy.yaml`,
                line: lineOf('require_no_training'),
                column: 5,
              },
              claim_source: { line: lineOf('training_opt_out: false') },
              layer: 'LAYER_REQUIREMENTS',
            },
          ],
        },
        { ref: 'c', target: 'cirrus/large', reasons: [{ code: 'claim_unknown' }] },
      ],
      bundle: { revision: '7', sequence: '1', digest: expect.stringMatching(/^sha256:/) as string },
    });
    expect(answer['block']).toBeUndefined();
  });

  it('answers a block with a body that is ready to send', async () => {
    const answer = await decide({
      context: { tenant: 'red', api: 'API_CHAT_COMPLETIONS', model: 'large' },
      candidates: [{ target: 'cirrus/large' }],
    });
    expect(answer).toMatchObject({
      outcome: 'OUTCOME_BLOCK',
      block: {
        code: 'no_compliant_provider',
        http_status: 403,
        content_type: 'application/json',
        layer: 'LAYER_REQUIREMENTS',
        policy: 'base',
        providers_considered: ['cirrus'],
      },
    });
    expect(answer['eligible'] ?? []).toEqual([]);
    const { body } = answer['block'] as { body: string };
    expect(JSON.parse(body)).toMatchObject({ error: { code: 'no_compliant_provider' } });
  });

  it('says what an enforcement point gets wrong with a status, and decides nothing', async () => {
    const twice = {
      candidates: [
        { ref: 'a', target: 'acme/large' },
        { ref: 'a', target: 'x' },
      ],
    };
    const outcomes = await Promise.all(clients.map((client) => call(client, 'Decide', twice)));
    for (const outcome of outcomes) {
      expect(outcome).toEqual({
        code: 'INVALID_ARGUMENT',
        details: '`candidates[1].ref` is that of candidates[0], too; each needs its own',
      });
    }
  });

  it('writes one line for each decision, where the policy wants it, without anything of the content', async () => {
    await decide({
      request_id: 'logged',
      context: { tenant: 'red', model: 'canary-model', attributes: { a: 'canary-attribute' } },
      candidates: ALL,
    });
    const lines = service.log.filter((line) => line['request_id'] === 'logged');
    expect(lines).toHaveLength(clients.length);
    expect(lines[0]).toMatchObject({
      msg: 'decision',
      tenant: 'red',
      outcome: 'allow',
      eligible: ['acme/large'],
      blocked: [
        { ref: 'boreal/large', code: 'claim_contrary' },
        { ref: 'c', code: 'claim_unknown' },
      ],
      policies: ['base'],
    });
    expect(JSON.stringify(service.log)).not.toContain('canary');
  });
});
