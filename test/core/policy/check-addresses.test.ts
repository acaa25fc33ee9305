import { checkAddresses } from '../../../src/core/policy/check-addresses';
import type { PolicyDocument } from '../../../src/core/model/policy-set';
import { endpoint, file, provider, setOf, target } from '../engine/support/build';

const AT = 'https://acme.example/v1';

/** What is found where a gateway reaches `acme` at an address, and another file says the rest. */
function found(other: Partial<PolicyDocument>, dialect = 'ngrok'): readonly string[] {
  const gateway = file({
    dialect,
    providers: [provider('acme')],
    endpoints: [endpoint('own', 'acme', { baseUrl: AT })],
  });
  return checkAddresses(setOf(gateway, file(other))).map(
    ({ code, severity }) => `${severity} ${code}`,
  );
}

describe('the address at which a gateway reaches a provider', () => {
  test.each<[string, Partial<PolicyDocument>]>([
    ['declared without one', { providers: [provider('acme')] }],
    ['declared by another name', { providers: [provider('x', { aliases: ['acme'] })] }],
    [
      'declared at another one',
      {
        providers: [provider('acme')],
        endpoints: [endpoint('e', 'acme', { baseUrl: 'https://other.example' })],
      },
    ],
    ['known by a target only', { targets: [target('t', { provider: 'acme' })] }],
  ])('is an error where the provider is %s', (_, other) => {
    expect(found(other)).toEqual(['error other_address']);
  });

  test.each<[string, Partial<PolicyDocument>]>([
    ['nobody else declares the provider', { providers: [provider('other')] }],
    [
      'a catalog has it, too',
      {
        providers: [provider('acme')],
        endpoints: [endpoint('e', 'acme', { baseUrl: `${AT}/` })],
      },
    ],
    [
      'another gateway of the same system does',
      { dialect: 'ngrok', providers: [provider('acme')] },
    ],
  ])('is none where %s', (_, other) => {
    expect(found(other)).toEqual([]);
  });

  test('is a catalog`s own business in a native file', () => {
    expect(found({ dialect: 'ngrok', providers: [provider('acme')] }, 'native')).toEqual([]);
  });
});
