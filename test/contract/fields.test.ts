import { status } from '@grpc/grpc-js';
import type { Client, ClientDuplexStream } from '@grpc/grpc-js';
import protobuf from 'protobufjs';

import { call, openClient } from './support/client';
import type { Message } from './support/client';
import { FIELD_CASES } from './support/field-cases';
import type { FieldCase } from './support/field-cases';
import { loadContract } from './support/contract';
import { POLICY_FILE, startService } from './support/service';
import type { TestService } from './support/service';

const CONTRACT = loadContract();

let service: TestService;
const clients: { decisions: Client; policies: Client }[] = [];

beforeAll(async () => {
  service = await startService(POLICY_FILE);
  for (const address of service.addresses) {
    clients.push({
      decisions: openClient('ambit.v1.DecisionService', address),
      policies: openClient('ambit.v1.PolicyService', address),
    });
  }
});

afterAll(async () => {
  for (const { decisions, policies } of clients) {
    decisions.close();
    policies.close();
  }
  await service.stop();
});

/** An answer as the services give it, as far as this test looks at it. */
interface Told {
  readonly block?: { readonly code: string };
  readonly eligible?: readonly string[];
  readonly targets?: readonly { readonly target: string }[];
}

/** A short form of what a request gives: what is eligible, else the code of the block or the status of the call. */
async function tell(
  { decisions, policies }: (typeof clients)[number],
  { method = 'Decide', request }: FieldCase,
): Promise<string> {
  if (method === 'DecideStream') return tellOfStream(decisions, request);
  const ofPolicies = method === 'GetCatalog' || method === 'Explain';
  const outcome = await call(ofPolicies ? policies : decisions, method, request);
  if (!('answer' in outcome)) return outcome.code;
  const { block, eligible, targets } = (outcome.answer['decision'] ?? outcome.answer) as Told;
  const listed = targets?.map(({ target }) => target) ?? eligible ?? [];
  return block?.code ?? listed.join(' ');
}

/** What the first answer of a stream says; those of this test are refusals. */
async function tellOfStream(client: Client, request: Message): Promise<string> {
  const { DecideStream: open } = client as unknown as {
    DecideStream: () => ClientDuplexStream<Message, { error?: { code: number } }>;
  };
  const stream = open.call(client);
  const first = new Promise<{ error?: { code: number } }>((resolve, reject) => {
    stream.once('data', resolve);
    stream.once('error', reject);
  });
  stream.write(request);
  stream.end();
  const { error } = await first;
  return error === undefined ? 'decided' : (status[error.code] ?? 'unknown');
}

describe('each field of a request, absent, zero and empty', () => {
  it.each(FIELD_CASES.map((each) => [`${each.field} ${each.form}`, each] as const))(
    '%s',
    async (_, each) => {
      for (const client of clients) expect(await tell(client, each)).toBe(each.gives);
    },
  );

  it('is there for every field of every request', () => {
    const missing = requestFields().flatMap(([field, forms]) =>
      forms
        .filter((form) => !FIELD_CASES.some((each) => each.field === field && each.form === form))
        .map((form) => `${field} ${form}`),
    );
    expect(missing).toEqual([]);
  });
});

/** Every field below the requests, with the forms that it can have. */
function requestFields(): readonly (readonly [string, readonly string[]])[] {
  const found = new Map<string, readonly string[]>();
  const visit = (type: protobuf.Type): void => {
    for (const field of type.fieldsArray) {
      const name = `${type.name}.${field.name}`;
      if (found.has(name)) continue;
      found.set(name, formsOf(field));
      if (field.resolvedType instanceof protobuf.Type) visit(field.resolvedType);
    }
  };
  for (const service of ['DecisionService', 'PolicyService']) {
    for (const { requestType } of CONTRACT.lookupService(`ambit.v1.${service}`).methodsArray) {
      visit(CONTRACT.lookupType(`ambit.v1.${requestType}`));
    }
  }
  return [...found];
}

/** Numbers, switches and enums can be zero, texts and what holds several can be empty; all can be absent. */
function formsOf(field: protobuf.Field): readonly string[] {
  if (field.repeated || field.map || field.resolvedType instanceof protobuf.Type) {
    return ['absent', 'empty'];
  }
  return field.type === 'string' ? ['absent', 'empty'] : ['absent', 'zero'];
}
