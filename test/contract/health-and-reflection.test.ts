import { credentials, loadPackageDefinition } from '@grpc/grpc-js';
import type { Client, ClientDuplexStream } from '@grpc/grpc-js';
import { loadFileDescriptorSetFromBuffer, loadSync } from '@grpc/proto-loader';
import { protoPath as healthProto } from 'grpc-health-check';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor';

import { answerOf, call, serviceOf } from './support/client';
import type { Message } from './support/client';
import { REFLECTION_PROTO } from './support/reflection-proto';
import { startService } from './support/service';
import type { TestService } from './support/service';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

function open(name: string, loaded: ReturnType<typeof loadPackageDefinition>): Client {
  const Service = serviceOf(name, loaded);
  return new Service(service.addresses[0] ?? '', credentials.createInsecure());
}

describe('grpc.health.v1', () => {
  const loaded = loadPackageDefinition(loadSync(healthProto, { enums: String }));

  it.each([
    '',
    'ambit.v1.DecisionService',
    'ambit.v1.PolicyService',
    'envoy.service.auth.v3.Authorization',
  ])('is serving for `%s`', async (name) => {
    const client = open('grpc.health.v1.Health', loaded);
    expect(await answerOf(client, 'Check', { service: name })).toEqual({ status: 'SERVING' });
    client.close();
  });

  it('does not know other services', async () => {
    const client = open('grpc.health.v1.Health', loaded);
    expect(await call(client, 'Check', { service: 'x' })).toMatchObject({ code: 'NOT_FOUND' });
    client.close();
  });
});

/** Asks reflection one question. */
function reflect(client: Client, request: Message): Promise<Message> {
  const methods = client as unknown as {
    ServerReflectionInfo: () => ClientDuplexStream<Message, Message>;
  };
  return new Promise((resolve, reject) => {
    const stream = methods.ServerReflectionInfo();
    stream.once('data', resolve);
    stream.once('error', reject);
    stream.write(request);
    stream.end();
  });
}

describe.each(['v1', 'v1alpha'])('reflection %s', (version) => {
  const file = protobuf.parse(REFLECTION_PROTO.replaceAll('VERSION', version), { keepCase: true });
  const loaded = loadPackageDefinition(
    loadFileDescriptorSetFromBuffer(
      Buffer.from(descriptor.FileDescriptorSet.encode(file.root.toDescriptor('proto3')).finish()),
      { keepCase: true },
    ),
  );
  const name = `grpc.reflection.${version}.ServerReflection`;

  it('lists the services', async () => {
    const client = open(name, loaded);
    const { list_services_response: list } = await reflect(client, { list_services: '' });
    client.close();
    const names = (list as { service: { name: string }[] }).service.map((each) => each.name);
    expect(names).toEqual(
      expect.arrayContaining([
        'ambit.v1.DecisionService',
        'ambit.v1.PolicyService',
        'envoy.service.auth.v3.Authorization',
        'grpc.health.v1.Health',
      ]),
    );
  });

  it('gives descriptors from which a client that knew nothing can be built', async () => {
    const client = open(name, loaded);
    const symbol = { file_containing_symbol: 'ambit.v1.DecisionService' };
    const { file_descriptor_response: response } = await reflect(client, symbol);
    client.close();
    const files = (response as { file_descriptor_proto: Uint8Array[] }).file_descriptor_proto.map(
      (bytes) => descriptor.FileDescriptorProto.decode(bytes),
    );
    const set = descriptor.FileDescriptorSet.encode({ file: files }).finish();
    const built = loadPackageDefinition(
      loadFileDescriptorSetFromBuffer(Buffer.from(set), { keepCase: true, enums: String }),
    );
    const decisions = open('ambit.v1.DecisionService', built);
    const request = { context: { tenant: 'red' }, candidates: [{ target: 'acme/large' }] };
    const answer = await answerOf(decisions, 'Decide', request);
    decisions.close();
    expect(answer).toMatchObject({ outcome: 'OUTCOME_ALLOW', eligible: ['acme/large'] });
  });
});
