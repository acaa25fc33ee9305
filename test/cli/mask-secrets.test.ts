import { excerptOf } from '../../src/cli/reporters/excerpt';
import { sourceLines } from '../../src/cli/reporters/source-lines';

/** The line of a finding as a report shows it; the mark begins at `word`. */
function shown(line: string, word: string, code = 'unknown_key'): string | undefined {
  const position = { file: 'f', line: 1, column: line.indexOf(word) + 1 };
  const finding = { severity: 'error', code, message: 'm', position } as const;
  const endColumn = position.column + word.length;
  return excerptOf({ ...finding, endColumn }, sourceLines([{ name: 'f', text: line }]))?.line;
}

describe('a line that a report shows', () => {
  it.each([
    ['api_key: canary-1 2', 'api_key: **********'],
    ['- secret_key: "canary"', '- secret_key: ********'],
    ['{id: a, api_key: canary-1, zdr: true}', '{id: a, api_key: ********, zdr: true}'],
    ['{"api_keys": [canary-1, canary-2], b: 1}', '{"api_keys": ********************, b: 1}'],
    ['{token: "canary, 1"}', '{token: ***********}'],
    ["{password: 'canary}", '{password: ********'],
    ['env: sk-canary12345678', 'env: *****************'],
    ['key: "-----BEGIN PRIVATE KEY-----canary"', 'key: "**********************************'],
    [
      'base_url: https://user:canary@acme.example/v1',
      'base_url: https://***********@acme.example/v1',
    ],
    ['pem: -----BEGIN EC PRIVATE KEY----- canary', 'pem: *************************************'],
    [
      '- header: { key: x-api-key, value: canary0 }',
      '- header: { key: x-api-key, value: ********}',
    ],
    ["path: '/v1?key=canary&alt=sse'", "path: '/v1?key=******&alt=sse'"],
    ["prefix: 'Bearer canary-12'", "prefix: 'Bearer *********'"],
    ['{"clientSecret":"canary","b":1}', '{"clientSecret":********,"b":1}'],
    ['secret_access_key: canary', 'secret_access_key: ******'],
    ['- { key: canary, client: app }', '- { key: ******, client: app }'],
    ['{ name: x-auth, exact_match: canary }', '{ name: x-auth, exact_match: *******}'],
    ['{ key: &a api-key, value: canary }', '{ key: &a api-key, value: *******}'],
    ['{ value: canary, key: authorization }', '{ value: ******, key: authorization }'],
    ['{"key":"api-key","a":1,"value":"x\\"canary"}', '{"key":"api-key","a":1,"value":***********}'],
    ['{"api_key":"x\\"canary","b":1}', '{"api_key":***********,"b":1}'],
    [
      "- { name: 'authorization', value: 'canary' }",
      "- { name: 'authorization', value: ******** }",
    ],
  ])('keeps the secret of %s to itself', (line, expected) => {
    expect(shown(line, line.slice(0, 3))).toBe(expected);
  });

  it.each(['secret_key_ref: {env: OPENAI_API_KEY}', '{id: a, tokenized: true}', 'keys: [a]'])(
    'leaves %s as it is',
    (line) => {
      expect(shown(line, line.slice(0, 3))).toBe(line);
    },
  );

  it.each([
    ['above', 'key: x-api-key\nvalue: canary', 2],
    ['below', 'value: canary\nkey: x-api-key', 1],
  ])('keeps the value to itself of a header whose name stands %s', (_, text, line) => {
    const position = { file: 'f', line, column: 1 };
    const finding = { severity: 'error', code: 'c', message: 'm', position, endColumn: 6 } as const;
    const lines = sourceLines([{ name: 'f', text }]);
    expect(excerptOf(finding, lines)?.line).toBe('value: ******');
  });

  it('shows nothing of what a finding says to be a secret', () => {
    expect(shown('{env: Canary0, b: 1}', 'Canary0', 'secret_value')).toBe('{env: **************');
    expect(shown('{key: Canary0, b: 1}', 'key', 'secret_value')).toBe('{key: **************');
    expect(shown('{env: Canary0, b: 1}', 'Canary0')).toBe('{env: Canary0, b: 1}');
  });
});
