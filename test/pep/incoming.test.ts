import { status } from '@grpc/grpc-js';

import { createDecoder } from '../../src/pep/incoming';

describe('a decoder', () => {
  const decoded: Buffer[] = [];
  const decode = createDecoder((bytes) => {
    decoded.push(bytes);
    if (bytes[0] === 0xff) throw new Error('planted');
    return bytes.toString();
  }, 3);

  beforeEach(() => {
    decoded.length = 0;
  });

  it('gives what it reads', () => {
    expect(decode(Buffer.from('abc'))).toEqual({ message: 'abc' });
    expect(decode(Buffer.alloc(0))).toEqual({ message: '' });
  });

  it('refuses what is too large without a look at it', () => {
    expect(decode(Buffer.from('abcd'))).toEqual({
      failure: {
        code: status.RESOURCE_EXHAUSTED,
        details: 'the message has more than 3 bytes; ask in several requests',
        reason: 'size',
      },
    });
    expect(decoded).toEqual([]);
  });

  it('refuses what cannot be read, and tells nothing of the defect', () => {
    expect(decode(Buffer.of(0xff))).toEqual({
      failure: {
        code: status.INVALID_ARGUMENT,
        details: 'the message is no valid protobuf of this type',
        reason: 'malformed',
      },
    });
  });
});
