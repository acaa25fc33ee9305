import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SET_FINDING_CODES } from '../../../src/core/policy/set-finding';
import { NGROK_PROVIDERS } from '../../../src/dialects/ngrok/provider-names';
import { FILE_FINDING_CODES } from '../../../src/dialects/yaml/finding-codes';
import { gatewayText, parseGateway } from './support';

const PAGE = readFileSync(join(__dirname, '../../../docs/dialects/ngrok.md'), 'utf8');

/** The blocks of YAML on the page. */
const BLOCKS = [...PAGE.matchAll(/```yaml\n([\s\S]*?)```/gu)].map(([, text = '']) => text);

/** The keys that an error about an unknown one lists. */
function knownKeys(text: string): readonly string[] {
  const { findings } = parseGateway(text);
  const help = findings.find(({ code }) => code === 'unknown_key')?.help ?? '';
  return [...help.matchAll(/`(\w+)`/gu)].map(([, key = '']) => key);
}

describe('the page of the dialect', () => {
  it('shows files that are right', () => {
    expect(BLOCKS.length).toBeGreaterThan(1);
    expect(BLOCKS.flatMap((text) => parseGateway(text).findings)).toEqual([]);
  });

  it('names every provider that catalogs have under another id', () => {
    const others = [...NGROK_PROVIDERS].filter(([name, id]) => name !== id);
    const text = PAGE.replaceAll(/\s+/gu, ' ');
    expect(others.filter(([name, id]) => !text.includes(`\`${name}\` is \`${id}\``))).toEqual([]);
  });

  it('names findings that there are', () => {
    const section = PAGE.split('## Findings of this dialect')[1] ?? '';
    const codes = [...section.matchAll(/`([a-z]+_[a-z_]+)`(?=[^|]*\| (?:error|warning))/gu)].map(
      ([, code = '']) => code,
    );
    expect(codes.length).toBeGreaterThan(14);
    const known = new Set([...Object.keys(FILE_FINDING_CODES), ...Object.keys(SET_FINDING_CODES)]);
    expect(codes.filter((code) => !known.has(code))).toEqual([]);
  });

  it.each([
    [
      'a gateway',
      gatewayText('qqqqqqqqqqqqqqqq: 1'),
      ['max_input_tokens', 'max_output_tokens', 'total_timeout', 'per_request_timeout'],
    ],
    [
      'a provider',
      gatewayText('providers: [{id: a, qqqqqqqqqqqqqqqq: 1}]'),
      ['display_name', 'description', 'website'],
    ],
    ['an access key', '{"name": "n", "access": {"qqqqqqqqqqqqqqqq": 1}}', []],
  ])('names every key of %s that means something', (_what, text, meaningless) => {
    const keys = knownKeys(text);
    expect(keys.length).toBeGreaterThan(1);
    const named = keys.filter((key) => !meaningless.includes(key));
    expect(named.filter((key) => !new RegExp(`\\b${key}\\b`, 'u').test(PAGE))).toEqual([]);
  });
});
