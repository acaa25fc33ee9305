import type { Client } from '@grpc/grpc-js';
import protobuf from 'protobufjs';

import { call, openClient } from './support/client';
import { FIELD_CASES } from './support/field-cases';
import type { FieldCase } from './support/field-cases';
import { loadContract } from './support/contract';
import { POLICY_FILE, startService } from './support/service';
import type { TestService } from './support/service';

const CONTRACT = loadContract();

let service: TestService;
const clients: Client[] = [];

beforeAll(async () => {
  service = await startService(POLICY_FILE);
  for (const address of service.addresses) {
    clients.push(openClient('ambit.v1.DecisionService', address));
  }
});

afterAll(async () => {
  for (const client of clients) client.close();
  await service.stop();
});

/** A short form of what a request gives: what is eligible, else the code of the block or the status of the call. */
async function tell(client: Client, { method = 'Decide', request }: FieldCase): Promise<string> {
  const outcome = await call(client, method, request);
  if (!('answer' in outcome)) return outcome.code;
  const { block, eligible = [] } = outcome.answer as {
    block?: { code: string };
    eligible?: string[];
  };
  return block?.code ?? eligible.join(' ');
}

describe('each field of a request, absent, zero and empty', () => {
  it.each(FIELD_CASES.map((each) => [`${each.field} ${each.form}`, each] as const))(
    '%s',
    async (_, each) => {
      for (const client of clients) expect(await tell(client, each)).toBe(each.gives);
    },
  );

  it('is there for every field of every request of DecisionService', () => {
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
  for (const name of ['DecideRequest', 'ListEligibleRequest']) {
    visit(CONTRACT.lookupType(`ambit.v1.${name}`));
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
