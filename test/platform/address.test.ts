import { formatAddress, isLoopback, parseAddress } from '../../src/platform/address';

const LONGEST_PATH = `/${'x'.repeat(106)}`;

describe('an address', () => {
  it.each([
    ['localhost:50051', { kind: 'tcp', host: 'localhost', port: 50051 }],
    ['127.0.0.1:0', { kind: 'tcp', host: '127.0.0.1', port: 0 }],
    ['0.0.0.0:65535', { kind: 'tcp', host: '0.0.0.0', port: 65535 }],
    ['ambit.example:00080', { kind: 'tcp', host: 'ambit.example', port: 80 }],
    ['[::1]:1', { kind: 'tcp', host: '::1', port: 1 }],
    ['[2001:db8::1]:443', { kind: 'tcp', host: '2001:db8::1', port: 443 }],
    ['unix:/run/ambit.sock', { kind: 'unix', path: '/run/ambit.sock' }],
    ['unix:///run/ambit.sock', { kind: 'unix', path: '/run/ambit.sock' }],
    [`unix:${LONGEST_PATH}`, { kind: 'unix', path: LONGEST_PATH }],
  ])('is read: `%s`', (text, address) => {
    expect(parseAddress(text)).toEqual(address);
  });

  it.each([
    '',
    'localhost',
    ':50051',
    'localhost:',
    'localhost:-1',
    'localhost:65536',
    'localhost:500510',
    'localhost:5e3',
    'localhost: 1',
    ' localhost:1',
    'localhost:1 ',
    'localhost:1\n',
    'a b:1',
    '::1:50051',
    '[::1]',
    '[127.0.0.1]:1',
    '[localhost]:1',
    '[]:1',
    'http://localhost:1',
    'unix:',
    'unix:ambit.sock',
    'unix:./ambit.sock',
    'unix:@abstract',
    `unix:${LONGEST_PATH}x`,
    `unix:/${'ü'.repeat(54)}`,
  ])('is none: %j', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it.each(['localhost:1', '[::1]:50051', '10.0.0.1:0', 'unix:/run/ambit.sock'])(
    'is written as it is read: `%s`',
    (text) => {
      const address = parseAddress(text);
      if (address === undefined) throw new Error('not read');
      expect(formatAddress(address)).toBe(text);
    },
  );
});

describe('plaintext without a word', () => {
  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1'])(
    'is for this machine: %s',
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  it.each([
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '126.255.255.255',
    '128.0.0.1',
    '::2',
    'fe80::1',
    '::ffff:10.0.0.1',
    'localhost.example',
    'localhost.',
    'ambit',
    '127.1',
    '0177.0.0.1',
    '',
  ])('is not for others, nor for names that may lead elsewhere: `%s`', (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});
