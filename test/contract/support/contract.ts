import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import protobuf from 'protobufjs';

import { PROTO_DIRECTORY } from './service';

/** The contract as protobufjs reads it, which is what the loader of gRPC uses, too. */
export function loadContract(): protobuf.Root {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => join(PROTO_DIRECTORY, target);
  const files = readdirSync(join(PROTO_DIRECTORY, 'ambit', 'v1'));
  root.loadSync(
    files.map((file) => `ambit/v1/${file}`),
    { keepCase: true },
  );
  root.resolveAll();
  return root;
}
