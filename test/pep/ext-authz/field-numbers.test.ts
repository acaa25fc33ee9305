import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import protobuf from 'protobufjs';

const PROTO = join(__dirname, '../../../proto');
const FIXTURE = join(__dirname, '../../fixtures/envoy/api-1.40.json');

/** By message, then by field: number, label and type, such as `2 repeated envoy.config.core.v3.HeaderValue`. */
type Facts = Readonly<Record<string, Readonly<Record<string, string>>>>;

const { messages } = JSON.parse(readFileSync(FIXTURE, 'utf8')) as { readonly messages: Facts };

/** Enums are sent as int32 and are that in our file. */
const ENUMS = ['envoy.type.v3.StatusCode', 'envoy.config.core.v3.SocketAddress.Protocol'];

function loadOurs(): readonly protobuf.Type[] {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => join(PROTO, target);
  root.loadSync('envoy/service/auth/v3/external_auth.proto', { keepCase: true });
  root.resolveAll();
  const found: protobuf.Type[] = [];
  const visit = (namespace: protobuf.NamespaceBase): void => {
    for (const item of namespace.nestedArray) {
      if (item instanceof protobuf.Type) found.push(item);
      if (item instanceof protobuf.Namespace) visit(item);
    }
  };
  visit(root.lookup('envoy.service.auth.v3') as protobuf.Namespace);
  return found;
}

/** Envoy's message of the same short name; names are not sent, so that ours stand in one package. */
function factsOf(type: protobuf.Type): Readonly<Record<string, string>> {
  const entries = Object.entries(messages).filter(([name]) => name.split('.').at(-1) === type.name);
  expect(entries).toHaveLength(1);
  return entries[0]?.[1] ?? {};
}

/** A type as both sides can be compared: the last name of a message, `message` for one in a map. */
function typeOf(text: string): string {
  return ENUMS.includes(text) ? 'int32' : (text.split('.').at(-1) ?? '');
}

function ourFact(field: protobuf.Field): string {
  const isMessage = field.resolvedType instanceof protobuf.Type;
  if (field instanceof protobuf.MapField) {
    return `${String(field.id)} map<${field.keyType},${isMessage ? 'message' : field.type}>`;
  }
  const label = field.repeated ? 'repeated ' : '';
  return `${String(field.id)} ${label}${typeOf(field.type)}`;
}

function theirFact(fact: string): string {
  if (fact.includes('map<')) return fact;
  const [number = '', ...rest] = fact.split(' ');
  return [number, ...rest.slice(0, -1), typeOf(rest.at(-1) ?? '')].join(' ');
}

const TYPES = loadOurs();

test('the trimmed file holds messages, and the descriptors more fields than it', () => {
  expect(TYPES.length).toBeGreaterThan(15);
  const ours = TYPES.reduce((sum, { fieldsArray }) => sum + fieldsArray.length, 0);
  expect(ours).toBeGreaterThanOrEqual(60);
});

test.each(TYPES.map((type) => [type.fullName, type] as const))(
  'every field of %s has Envoy’s number, label and type',
  (_name, type) => {
    const facts = factsOf(type);
    for (const field of type.fieldsArray) {
      expect([field.name, ourFact(field)]).toEqual([
        field.name,
        theirFact(facts[field.name] ?? 'no such field'),
      ]);
    }
  },
);

test('the path of the service is Envoy’s', () => {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => join(PROTO, target);
  root.loadSync('envoy/service/auth/v3/external_auth.proto');
  const service = root.lookupService('envoy.service.auth.v3.Authorization');
  expect(Object.keys(service.methods)).toEqual(['Check']);
});
