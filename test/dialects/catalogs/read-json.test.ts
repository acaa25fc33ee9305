import fc from 'fast-check';
import { readJson } from '../../../src/dialects/catalogs/read-json';
import { MAX_DEPTH, MAX_FILE_BYTES, MAX_WORDS } from '../../../src/dialects/yaml/limits';
import { readYaml } from '../../../src/dialects/yaml/read-yaml';
import type { YamlNode } from '../../../src/dialects/yaml/tree';
import { Spread } from '../../laws/support/runs';
import { placesAndCodes } from '../support/findings';
import { check } from '../support/check';
import { readText } from './support';

/** A tree without its places, which differ where a value has several lines. */
function valueOf(node: YamlNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'list') return node.items.map(valueOf);
  if (node.kind === 'scalar') return [node.value, node.quoted];
  return [...node.entries].map(([key, entry]) => [key, valueOf(entry.value)]);
}

/** A tree as lines and columns of its words. */
function startsOf(node: YamlNode | undefined): readonly string[] {
  if (node === undefined) return [];
  const own = `${String(node.position.line)}:${String(node.position.column)}`;
  if (node.kind === 'scalar') return [own];
  if (node.kind === 'list') return [own, ...node.items.flatMap(startsOf)];
  return [own, ...[...node.entries.values()].flatMap(({ value }) => startsOf(value))];
}

function read(text: string, reader: typeof readJson): ReturnType<typeof readJson> {
  return reader({ name: 'list.json', text });
}

describe('reading JSON', () => {
  it('reads what the reader of policies reads, at the same places', () => {
    const spread = new Spread();
    const anyText = fc
      .tuple(fc.jsonValue({ maxDepth: 4, noUnicodeString: true }), fc.constantFrom(0, 2))
      .map(([value, indent]) => JSON.stringify({ value }, undefined, indent));
    check(anyText, 500, (text) => {
      const own = read(text, readJson);
      const other = read(text, readYaml);
      if (other.report.hasErrors) {
        // YAML gives a meaning to a key such as `<<`, and none to some numbers.
        spread.add('refused as YAML');
        return;
      }
      const [node, expected] = [own, other].map(({ documents: [first] }) => first?.node);
      expect(own.report.findings()).toEqual([]);
      expect(valueOf(node)).toEqual(valueOf(expected));
      expect(startsOf(node)).toEqual(startsOf(expected));
      spread.add('same');
    });
    spread.expectAtLeast(300, 'same');
  });

  it('decodes escapes in keys and values', () => {
    const { documents } = read('{"a\\u0062": "\\u00e9\\n\\"\\\\"}', readJson);
    expect(valueOf(documents[0]?.node)).toEqual([['ab', ['é\n"\\', true]]]);
  });

  it.each([
    ['as it stands', '{"a": 1, "a": 2}', '1:10-13'],
    ['as an escape', '{"a": 1, "\\u0061": 2}', '1:10-18'],
    ['in a mapping below', '{"x": [{"b": 1, "b": 1}]}', '1:17-20'],
  ])('refuses a key that stands twice %s', (_, text, place) => {
    const { report } = read(text, readJson);
    expect(placesAndCodes(report.findings())).toEqual([`${place} duplicate_key`]);
  });

  it('refuses a text with a NUL, a byte order mark or too many bytes', () => {
    const codes = (text: string): readonly string[] =>
      readText(text).findings.map(({ code }) => code);
    expect(codes('{"a": 1}\0')).toEqual(['binary_file']);
    expect(codes('\uFEFF{"a": {"models": {}}}')).toContain('byte_order_mark');
    expect(codes('{"a\u200Bb": {"id": "a\u200Bb", "models": {}}}')).toContain('control_character');
    expect(codes(`"${' '.repeat(MAX_FILE_BYTES)}"`)).toEqual(['file_too_large']);
  });

  it('refuses what is nested too deep, however deep', () => {
    for (const depth of [MAX_DEPTH + 1, 100_000]) {
      const text = '['.repeat(depth) + ']'.repeat(depth);
      expect(
        read(text, readJson)
          .report.findings()
          .map(({ code }) => code),
      ).toEqual(['too_deep']);
    }
    const most = '['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH);
    expect(read(most, readJson).report.findings()).toEqual([]);
  });

  it('refuses too many words before anything is made of them', () => {
    const list = (count: number): string => `[${'1,'.repeat(count)}1]`;
    const { report, documents } = read(list(MAX_WORDS / 2), readJson);
    expect(report.findings().map(({ code }) => code)).toEqual(['file_too_large']);
    expect(documents).toEqual([]);
    expect(read(list(MAX_WORDS / 2 - 2), readJson).report.findings()).toEqual([]);
  });

  it('finds what is wrong with a text that is no JSON', () => {
    const { report } = read('{"a": [1, 2}', readJson);
    expect(report.findings().map(({ code }) => code)).toContain('syntax_error');
  });

  it.each([
    ['', 'empty_file'],
    ['null', 'null_value'],
    ['[]', 'wrong_type'],
    ['"models"', 'wrong_type'],
    ['{}', 'unknown_list'],
    ['{"a": {"b": 1}}', 'unknown_list'],
    ['{"apiVersion": "ambit/v1", "kind": "Catalog"}', 'unknown_list'],
    ['{"about": "x", "catalog": {"openai": ["gpt"]}}', 'unknown_list'],
    ['{"a": {"id": "a", "models": {}}}\n---\n{}', 'contradiction'],
  ])('refuses %j, which is no list', (text, code) => {
    const { document, findings } = readText(text);
    expect(document).toBeUndefined();
    expect(findings.map((finding) => finding.code)).toEqual([code]);
  });
});
