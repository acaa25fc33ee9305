import { checkAddresses } from '../../../src/core/policy/check-addresses';
import type { PolicyDocument } from '../../../src/core/model/policy-set';
import { at, endpoint, file, provider, setOf, target } from '../engine/support/build';

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
    ['only another one has a target', { targets: [target('t', { provider: 'other' })] }],
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

  test('is shown with what the file should say, and where the other one speaks of the provider', () => {
    const gateway = file({
      dialect: 'ngrok',
      endpoints: [endpoint('own', 'acme', { baseUrl: AT, position: at(3) })],
    });
    const found = (other: Partial<PolicyDocument>) =>
      checkAddresses(setOf(gateway, file({ file: 'catalog.yaml', ...other })));
    const expected = (line: number) => ({
      severity: 'error',
      code: 'other_address',
      message:
        'provider `acme` is reached at `https://acme.example/v1`, which is no address of it in `catalog.yaml`',
      help: 'give what is there an id of its own, or declare the address as an endpoint of the provider',
      position: at(3),
      endColumn: 2,
      related: [{ position: at(line), message: 'provider `acme` is declared here' }],
    });
    expect(found({ providers: [provider('x'), provider('acme', { position: at(12) })] })).toEqual([
      expected(12),
    ]);
    expect(found({ targets: [target('s', { provider: 'x' }), target('t')] })).toEqual([
      expected(40),
    ]);
  });

  test.each([
    ['another provider`s', { provider: 'boreal', baseUrl: AT }, 1],
    ['a longer one', { provider: 'acme', baseUrl: `${AT}/x` }, 1],
    ['nowhere', { provider: 'acme' }, 1],
    ['the same with slashes behind it', { provider: 'acme', baseUrl: `${AT}//` }, 0],
  ])('is %s', (_, { provider: of, ...more }, count) => {
    const endpoints = [endpoint('e', of, more)];
    expect(found({ providers: [provider('acme')], endpoints })).toHaveLength(count);
  });

  test('is compared by providers in the canonical form', () => {
    const named = (name: string, baseUrl: string): Partial<PolicyDocument> => ({
      providers: [provider(name)],
      endpoints: [endpoint('own', name, { baseUrl })],
    });
    const gateway = { dialect: 'ngrok', ...named('caf\u00e9', AT) };
    const count = (name: string, baseUrl: string) =>
      checkAddresses(setOf(file(gateway), file(named(name, baseUrl)))).length;
    expect(count('cafe\u0301', AT)).toBe(0);
    expect(count('cafe\u0301', 'https://other.example')).toBe(1);
    expect(count('CAF\u00c9', 'https://other.example')).toBe(0);
  });
});
