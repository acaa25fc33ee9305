import protobuf from 'protobufjs';

import type { FieldSchema, MessageSchema } from '../../../src/pep/grpc/wire-schema';
import { REQUEST_SCHEMAS } from '../../../src/pep/grpc/wire-schema';
import { loadContract } from '../../contract/support/contract';

const CONTRACT = loadContract();

/** What a field is, in the words of the schema. */
function describeField(field: protobuf.Field): string {
  const type =
    field.resolvedType instanceof protobuf.Type
      ? field.resolvedType.fullName.slice(1)
      : field.resolvedType instanceof protobuf.Enum
        ? 'int32'
        : field.type;
  const real =
    field.partOf !== null && field.partOf.fieldsArray.length > 1 ? field.partOf.name : '';
  const shape = field.map ? 'map' : field.repeated ? 'list' : 'one';
  return [field.name, shape === 'map' ? '' : type, shape, real].join(' ');
}

function describeSchema(
  field: FieldSchema,
  siblings: readonly (FieldSchema | undefined)[],
): string {
  const type = typeof field.type === 'string' ? field.type : field.type.name;
  const group = siblings.filter((each) => each?.shape === 'one' && each.onceBit === field.onceBit);
  const oneof = field.shape === 'one' && group.length > 1 ? oneofName(group) : '';
  return [field.name, type, field.shape, oneof].join(' ');
}

/** The schema does not keep the names of oneofs; their members tell them. */
function oneofName(group: readonly (FieldSchema | undefined)[]): string {
  return group.some((each) => each?.name === 'revision') ? 'bound' : 'value';
}

/** A message and all that it holds. */
function withNested(schema: MessageSchema, seen = new Map<string, MessageSchema>()) {
  if (schema.name === '' || seen.has(schema.name)) return seen;
  seen.set(schema.name, schema);
  for (const field of schema.fields) {
    if (typeof field?.type === 'object') withNested(field.type, seen);
  }
  return seen;
}

const ALL = new Map(REQUEST_SCHEMAS.flatMap((schema) => [...withNested(schema)]));

describe('the schema of what clients send', () => {
  it('holds every request of the services', () => {
    const requests = ['DecisionService', 'PolicyService'].flatMap((name) =>
      CONTRACT.lookupService(`ambit.v1.${name}`).methodsArray.map((method) => method.requestType),
    );
    const short = REQUEST_SCHEMAS.map(({ name }) => name.replace('ambit.v1.', ''));
    expect(new Set(short)).toEqual(new Set(requests));
  });

  it.each([...ALL.keys()])('has the fields of %s', (name) => {
    const expected = CONTRACT.lookupType(name).fieldsArray.map((field) => [
      field.id,
      describeField(field),
    ]);
    const fields = ALL.get(name)?.fields ?? [];
    const actual = fields.flatMap((field, number) =>
      field === undefined ? [] : [[number, describeSchema(field, fields)]],
    );
    expect(actual).toEqual(expected);
  });
});
