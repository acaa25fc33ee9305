import { latin1, utf16 } from '../support/documents';
import type { FileCase } from '../support/matrix';

/** A request that is allowed; the cases change it. */
const GOOD = '{"context":{"tenant":"t"},"candidates":[{"target":"openai/gpt-4o"}]}';

const KIBI = 1024;

/** The good request with more in its context. */
const inContext = (more: string): string => GOOD.replace('"tenant":"t"', `"tenant":"t",${more}`);

/** The good request with preferences. */
const inPreferences = (more: string): string => inContext(`"preferences":{${more}}`);

/** The good request with more in its candidate. */
const inCandidate = (more: string): string => GOOD.replace('gpt-4o"', `gpt-4o",${more}`);

/** The good request with a claim of its candidate. */
const inClaim = (claim: string): string => inCandidate(`"claims":[{${claim}}]`);

/** The good request with more beside its candidates. */
const beside = (more: string): string => GOOD.replace('"context"', `${more},"context"`);

/** What can be wrong with a request that is JSON. */
export const REQUEST_CASES: readonly FileCase[] = [
  { category: 'malformed', name: 'no JSON', content: 'candidates: []' },
  { category: 'malformed', name: 'a comma too many', content: GOOD.replace(']}', '],}') },
  { category: 'malformed', name: 'single quotes', content: GOOD.replaceAll('"', "'") },
  { category: 'truncated', name: 'cut within a text', content: GOOD.slice(0, 24) },
  { category: 'truncated', name: 'cut before the last bracket', content: GOOD.slice(0, -1) },
  {
    category: 'encoding',
    name: 'UTF-16 with a byte order mark',
    content: utf16(GOOD, 'little', true),
  },
  {
    category: 'encoding',
    name: 'UTF-16, the other order, without a mark',
    content: utf16(GOOD, 'big', false),
  },
  { category: 'encoding', name: 'UTF-8 with a byte order mark', content: `\uFEFF${GOOD}` },
  { category: 'encoding', name: 'Latin-1', content: latin1(inContext('"model":"\u00fc"')) },
  {
    category: 'encoding',
    name: 'half of a surrogate pair, escaped',
    content: inContext('"model":"\\ud800"'),
  },
  {
    category: 'invisible',
    name: 'a control in a text',
    content: inContext('"model":"a\u001b[2Jb"'),
  },
  {
    category: 'invisible',
    name: 'an escaped control in a key',
    content: inContext('"\\u001b[2J":1'),
  },
  {
    category: 'invisible',
    name: 'an escaped control in a reference',
    content: inCandidate('"ref":"\\u001b[2J\\u0007"'),
  },
  {
    category: 'invisible',
    name: 'a target with a space of no width',
    content: GOOD.replace('gpt-4o', 'gpt-4o\u200b'),
  },
  {
    category: 'lookalike',
    name: 'a key in another case',
    content: GOOD.replace('"candidates"', '"Candidates"'),
  },
  { category: 'lookalike', name: 'a key in another width', content: inContext('"\uff4dodel":"x"') },
  {
    category: 'lookalike',
    name: 'a target in another case',
    content: GOOD.replace('openai/', 'OpenAI/'),
  },
  {
    category: 'lookalike',
    name: 'a target in Cyrillic',
    content: GOOD.replace('openai/', '\u043epenai/'),
  },
  {
    category: 'prototype',
    name: '__proto__ as a key',
    content: beside('"__proto__":{"candidates":[]}'),
  },
  {
    category: 'prototype',
    name: 'constructor as a key of the context',
    content: inContext('"constructor":{"prototype":{}}'),
  },
  {
    category: 'prototype',
    name: '__proto__ as a scope key',
    content: inContext('"scope":{"__proto__":"x"}'),
  },
  {
    category: 'prototype',
    name: 'toString as the name of an enum',
    content: inContext('"api":"toString"'),
  },
  {
    category: 'prototype',
    name: '__proto__ as a target',
    content: GOOD.replace('openai/gpt-4o', '__proto__'),
  },
  {
    category: 'prototype',
    name: 'hasOwnProperty as a claim',
    content: inClaim('"name":"hasOwnProperty","boolValue":true'),
  },
  { category: 'foreign', name: 'a comment', content: `// a request\n${GOOD}` },
  { category: 'foreign', name: 'a list of requests, one a line', content: `${GOOD}\n${GOOD}\n` },
  {
    category: 'foreign',
    name: 'the wrapper of a list that has none in JSON',
    content: inPreferences('"only":{"values":["openai"]}'),
  },
  {
    category: 'path',
    name: 'an endpoint that is a file',
    content: inCandidate('"endpoint":"file:///etc/passwd"'),
  },
  {
    category: 'path',
    name: 'an endpoint that climbs',
    content: inCandidate('"endpoint":"https://api.openai.com/v1/../../x"'),
  },
  { category: 'not a file', name: 'a directory', content: { special: 'directory' } },
  { category: 'not a file', name: 'a pipe that nobody writes to', content: { special: 'pipe' } },
  { category: 'not a file', name: 'a device without end', content: { special: 'device' } },
  { category: 'not a file', name: 'nothing', content: { special: 'missing' } },
  {
    category: 'huge',
    name: 'a file of more than 8 MiB',
    content: () => GOOD + ' '.repeat(8 * KIBI * KIBI),
  },
  {
    category: 'huge',
    name: 'a message of more than 1 MiB',
    content: () => inContext(`"models":["${'x'.repeat(KIBI * KIBI)}"]`),
  },
  {
    category: 'huge',
    name: '1,025 candidates',
    content: () =>
      `{"candidates":[${Array.from({ length: 1025 }, (_, index) => `{"ref":"r${String(index)}"}`).join(',')}]}`,
  },
  {
    category: 'huge',
    name: '100,000 keys',
    content: () =>
      beside(Array.from({ length: 100_000 }, (_, index) => `"k${String(index)}":1`).join(',')),
  },
  {
    category: 'huge',
    name: '65 scope keys',
    content: inContext(
      `"scope":{${Array.from({ length: 65 }, (_, index) => `"k${String(index)}":"v"`).join(',')}}`,
    ),
  },
  {
    category: 'huge',
    name: 'a tenant of 257 bytes',
    content: GOOD.replace('"t"', `"${'t'.repeat(257)}"`),
  },
  {
    category: 'deep',
    name: '100,000 lists',
    content: () => beside(`"x":${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  },
  {
    category: 'deep',
    name: '65 objects',
    content: beside(`"x":${'{"a":'.repeat(65)}1${'}'.repeat(65)}`),
  },
  {
    category: 'contradictory',
    name: 'a target, and another provider',
    content: inCandidate('"provider":"other"'),
  },
  {
    category: 'contradictory',
    name: 'two values of one claim',
    content: inClaim('"name":"gdpr","boolValue":true,"stringValue":"x"'),
  },
  {
    category: 'contradictory',
    name: 'two bounds of the bundle',
    content: beside('"minBundle":{"revision":1,"digest":"x"}'),
  },
  {
    category: 'contradictory',
    name: 'only and not the same provider',
    content: inPreferences('"only":["openai"],"ignore":["openai"]'),
  },
  { category: 'duplicate', name: 'a key twice', content: beside('"candidates":[]') },
  {
    category: 'duplicate',
    name: 'a key twice, once with an escape',
    content: beside('"c\\u0061ndidates":[]'),
  },
  {
    category: 'duplicate',
    name: 'a key in both spellings',
    content: beside('"request_id":"a","requestId":"b"'),
  },
  {
    category: 'duplicate',
    name: 'a reference twice',
    content: GOOD.replace(']}', ',{"target":"openai/gpt-4o"}]}'),
  },
  {
    category: 'duplicate',
    name: 'a scope key twice',
    content: inContext('"scope":{"team":"a","team":"b"}'),
  },
  { category: 'version', name: 'a field of a later version', content: beside('"dryRun":true') },
  {
    category: 'version',
    name: 'a bundle that is newer',
    content: beside('"minBundle":{"revision":2}'),
  },
  { category: 'type', name: 'a list for the request', content: `[${GOOD}]` },
  { category: 'type', name: 'null', content: 'null' },
  { category: 'type', name: 'null for a field', content: inPreferences('"only":null') },
  { category: 'type', name: 'a number for a text', content: GOOD.replace('"t"', '1') },
  {
    category: 'type',
    name: 'a truth value as a text',
    content: inPreferences('"zeroDataRetention":"true"'),
  },
  {
    category: 'type',
    name: 'a number as a text',
    content: inPreferences('"maxRetentionDays":"0"'),
  },
  { category: 'type', name: 'a text for a list', content: inPreferences('"only":"openai"') },
  { category: 'type', name: 'a list for a map', content: inContext('"scope":["team"]') },
  { category: 'empty', name: 'no byte', content: '' },
  { category: 'empty', name: 'an empty object', content: '{}' },
  { category: 'empty', name: 'no candidate', content: '{"candidates":[]}' },
  { category: 'empty', name: 'an empty only', content: inPreferences('"only":[]') },
  { category: 'empty', name: 'an empty target', content: GOOD.replace('openai/gpt-4o', '') },
  { category: 'empty', name: 'an empty model', content: inContext('"model":""') },
  { category: 'unknown key', name: 'of the request', content: beside('"candidate":[]') },
  { category: 'unknown key', name: 'of the preferences', content: inPreferences('"zdr":true') },
  { category: 'unknown value', name: 'an api', content: inContext('"api":"API_CHAT"') },
  { category: 'unknown value', name: 'an api as a number', content: inContext('"api":99') },
  { category: 'unknown value', name: 'a feature', content: inContext('"features":["telepathy"]') },
  { category: 'unknown value', name: 'a detail', content: beside('"detail":"DETAIL_ALL"') },
  { category: 'unknown value', name: 'a claim', content: inClaim('"name":"zdr","boolValue":true') },
  { category: 'unknown value', name: 'a target', content: GOOD.replace('gpt-4o', 'gpt-5') },
  { category: 'number', name: 'below zero', content: inPreferences('"maxRetentionDays":-1') },
  { category: 'number', name: 'a fraction', content: inPreferences('"maxRetentionDays":0.5') },
  {
    category: 'number',
    name: 'beyond 32 bits',
    content: inPreferences('"maxRetentionDays":2147483648'),
  },
  {
    category: 'number',
    name: 'beyond what a number holds',
    content: inPreferences('"maxPrice":{"prompt":1e309}'),
  },
  { category: 'number', name: 'not a number', content: inPreferences('"maxPrice":{"prompt":NaN}') },
  { category: 'number', name: 'a leading zero', content: inPreferences('"maxRetentionDays":007') },
  {
    category: 'number',
    name: 'beyond exact whole numbers',
    content: beside('"minBundle":{"revision":9007199254740993}'),
  },
  {
    category: 'number',
    name: 'beyond 64 bits',
    content: beside('"minBundle":{"revision":"9223372036854775808"}'),
  },
  {
    category: 'number',
    name: 'a price below zero',
    content: inPreferences('"maxPrice":{"prompt":-0.1}'),
  },
  { category: 'trailing', name: 'a second request', content: `${GOOD}{}` },
  { category: 'trailing', name: 'a NUL', content: `${GOOD}\0` },
  { category: 'trailing', name: 'a bracket too many', content: `${GOOD}}` },
  { category: 'missing', name: 'candidates', content: '{"context":{"tenant":"t"}}' },
  { category: 'missing', name: 'all of a candidate', content: '{"candidates":[{}]}' },
  { category: 'missing', name: 'the name of a claim', content: inClaim('"boolValue":true') },
  { category: 'missing', name: 'the value of a claim', content: inClaim('"name":"gdpr"') },
];
