import { latin1, utf16 } from '../support/documents';
import type { FileCase } from '../support/matrix';

/** What differs between the cases of YAML's own mistakes: everything else is the same in every file format. */
export interface YamlSample {
  /** A file that is right. */
  readonly good: string;
  /** A line of it that has a value, whole. */
  readonly line: string;
}

/** The text with the line replaced. */
const swap = ({ good, line }: YamlSample, to: string): string => good.replace(line, to);

/** The line with another value, its indentation and key kept. */
function withValue({ line }: YamlSample, value: string): string {
  return line.replace(/:.*$/u, `: ${value}`);
}

const indentOf = ({ line }: YamlSample): string => line.replace(/\S.*$/u, '');

const LAUGHS = 9;

/** Nine lists of nine aliases each: some hundred million values once each alias is followed. */
function billionLaughs(indent: string): string {
  const lines = Array.from({ length: LAUGHS }, (_, index) => {
    const items = index === 0 ? '"lol"' : `*a${String(index - 1)}`;
    return `${indent}a${String(index)}: &a${String(index)} [${Array(LAUGHS).fill(items).join(', ')}]`;
  });
  return lines.join('\n');
}

const MEBI = 1024 * 1024;

/** Mistakes that any YAML file can hold. */
export function yamlCases(sample: YamlSample): readonly FileCase[] {
  const { good, line } = sample;
  const indent = indentOf(sample);
  return [
    {
      category: 'malformed',
      name: 'a bracket that is not closed',
      content: swap(sample, withValue(sample, '[')),
    },
    {
      category: 'malformed',
      name: 'a tab as indentation',
      content: swap(sample, `\t${line.trim()}`),
    },
    { category: 'malformed', name: 'no YAML at all', content: '{{ .Values.policy }}: [\n<html>\n' },
    {
      category: 'truncated',
      name: 'cut within a quoted text',
      content: `${good.slice(0, good.indexOf(line))}${indent}"cut`,
    },
    {
      category: 'encoding',
      name: 'UTF-16 with a byte order mark',
      content: utf16(good, 'little', true),
    },
    {
      category: 'encoding',
      name: 'UTF-16, the other order, without a mark',
      content: utf16(good, 'big', false),
    },
    { category: 'encoding', name: 'Latin-1', content: latin1(`# Zürich\n${good}`) },
    { category: 'encoding', name: 'an overlong slash', content: latin1(`# \u00c0\u00af\n${good}`) },
    {
      category: 'encoding',
      name: 'half of a surrogate pair',
      content: latin1(`# \u00ed\u00a0\u0080\n${good}`),
    },
    { category: 'encoding', name: 'UTF-8 with a byte order mark', content: `\uFEFF${good}` },
    { category: 'encoding', name: 'a replacement character', content: `# Z\uFFFDrich\n${good}` },
    { category: 'encoding', name: 'a NUL', content: `${good}\0` },
    {
      category: 'invisible',
      name: 'a terminal escape in a comment',
      content: `# \u001b[2J\u001b]0;owned\u0007\n${good}`,
    },
    {
      category: 'invisible',
      name: 'a text that turns the reading direction',
      content: swap(sample, withValue(sample, '"\u202Eeurt\u202C"')),
    },
    {
      category: 'invisible',
      name: 'a lone carriage return',
      content: `# a comment\rspec: {}\n${good}`,
    },
    {
      category: 'invisible',
      name: 'a key with a space of no width',
      content: swap(sample, line.replace(':', '\u200B:')),
    },
    {
      category: 'prototype',
      name: '__proto__ as a key',
      content: swap(sample, `${line}\n${indent}__proto__: { polluted: true }`),
    },
    {
      category: 'prototype',
      name: 'constructor as a key',
      content: swap(sample, `${line}\n${indent}constructor: { prototype: { polluted: true } }`),
    },
    {
      category: 'prototype',
      name: 'toString as a key',
      content: swap(sample, `${line}\n${indent}toString: x`),
    },
    {
      category: 'expansion',
      name: 'a billion laughs',
      content: swap(sample, `${line}\n${billionLaughs(indent)}`),
    },
    {
      category: 'expansion',
      name: 'a list that holds itself',
      content: swap(sample, withValue(sample, '&a [*a]')),
    },
    {
      category: 'expansion',
      name: 'a merge key',
      content: swap(sample, `${line}\n${indent}<<: { x: 1 }`),
    },
    {
      category: 'foreign',
      name: 'a tag that runs code elsewhere',
      content: swap(sample, withValue(sample, '!!js/function "function () {}"')),
    },
    {
      category: 'foreign',
      name: 'a tag that changes a type',
      content: swap(sample, withValue(sample, '!!str true')),
    },
    { category: 'foreign', name: 'a directive', content: `%YAML 1.1\n---\n${good}` },
    {
      category: 'foreign',
      name: 'a key that is a list',
      content: swap(sample, `${line}\n${indent}? [a, b]\n${indent}: c`),
    },
    { category: 'not a file', name: 'a directory', content: { special: 'directory' } },
    { category: 'not a file', name: 'a pipe that nobody writes to', content: { special: 'pipe' } },
    { category: 'not a file', name: 'a socket', content: { special: 'socket' } },
    { category: 'not a file', name: 'a device without end', content: { special: 'device' } },
    { category: 'not a file', name: 'a link to itself', content: { special: 'circle' } },
    { category: 'not a file', name: 'a link to nothing', content: { special: 'dangling' } },
    { category: 'not a file', name: 'nothing', content: { special: 'missing' } },
    { category: 'not a file', name: 'a file that cannot be read', content: { special: 'failing' } },
    {
      category: 'huge',
      name: 'a file of more than 8 MiB',
      content: () => `${good}${'#'.repeat(8 * MEBI)}`,
    },
    {
      category: 'huge',
      name: 'a line of 2 MiB',
      content: () => swap(sample, withValue(sample, `"${'x'.repeat(2 * MEBI)}"`)),
    },
    {
      category: 'huge',
      name: 'a key of 1 MiB',
      content: () => swap(sample, `${line}\n${indent}${'x'.repeat(MEBI)}: 1`),
    },
    {
      category: 'huge',
      name: '20,000 keys',
      content: () =>
        swap(
          sample,
          `${line}\n${Array.from({ length: 20_000 }, (_, index) => `${indent}k${String(index)}: 1`).join('\n')}`,
        ),
    },
    {
      category: 'huge',
      name: '5,000 documents',
      content: () => `${good}${'---\n{ a: 1 }\n'.repeat(5000)}`,
    },
    {
      category: 'huge',
      name: '200,000 brackets',
      content: () => `${good}x: [${'[],'.repeat(100_000)}]\n`,
    },
    {
      category: 'deep',
      name: '100,000 brackets',
      content: () => swap(sample, withValue(sample, '['.repeat(100_000))),
    },
    {
      category: 'deep',
      name: '100,000 lists in lists',
      content: () => `${good}x:\n  ${'- '.repeat(100_000)}x\n`,
    },
    {
      category: 'deep',
      name: '3,000 levels of indentation',
      content: () =>
        `${good}x:\n${Array.from({ length: 3000 }, (_, index) => `${' '.repeat(index + 1)}x:`).join('\n')}\n`,
    },
    { category: 'duplicate', name: 'a key twice', content: swap(sample, `${line}\n${line}`) },
    { category: 'empty', name: 'no byte', content: '' },
    { category: 'empty', name: 'only comments', content: '# nothing\n\n---\n...\n' },
    {
      category: 'empty',
      name: 'a key without value',
      content: swap(sample, line.replace(/:.*$/u, ':')),
    },
    { category: 'trailing', name: 'a text behind the document', content: `${good}...\ngarbage\n` },
    { category: 'trailing', name: 'a bracket too many', content: `${good}}\n` },
  ];
}
