import type { PolicyDialect } from '../../src/ports/policy-dialect';
import { createSourceReader } from '../../src/service/source-reader';
import type { SourceReader } from '../../src/service/source-reader';
import { createMemoryReader } from '../cli/support/memory-reader';

/** A dialect that takes texts with its name in them, and notes what it was given. */
function dialect(name: string, parsed: string[]): PolicyDialect {
  return {
    name,
    detects: ({ text }) => text.includes(name),
    parse: ({ name: file }) => {
      parsed.push(`${name} ${file}`);
      return { findings: [] };
    },
  };
}

let parsed: string[];
let reader: SourceReader;

beforeEach(() => {
  parsed = [];
  reader = createSourceReader({
    reader: createMemoryReader({ a: 'one', b: 'two', both: 'one two', none: '', '-': 'one' }),
    dialects: [dialect('one', parsed), dialect('two', parsed)],
  });
});

const AT = { file: 'root.yaml', line: 7, column: 3 };

describe('the dialect of a file', () => {
  it('is the only one that detects it, or the one that is named', async () => {
    expect(await reader.parse({ path: 'a' })).toMatchObject({
      dialect: 'one',
      source: { name: 'a', text: 'one' },
    });
    await reader.parse({ path: 'a', dialect: 'two' });
    await reader.parse({ path: 'both', dialect: 'two' });
    await reader.parse({ path: '-' });
    expect(parsed).toEqual(['one a', 'two a', 'two both', 'one stdin']);
  });

  it.each([
    [
      { path: 'none' },
      {
        code: 'unknown_dialect',
        message: 'this is no dialect that Ambit reads',
        position: { file: 'none', line: 0, column: 0 },
        help: 'a policy file starts with `apiVersion: ambit/v1`; name another dialect as `DIALECT:FILE` (`one`, `two`)',
      },
    ],
    [
      { path: 'both' },
      {
        code: 'ambiguous_dialect',
        message: 'this looks like `one` and `two`',
        position: { file: 'both', line: 0, column: 0 },
        help: 'name the one that is meant as `DIALECT:FILE`',
      },
    ],
    [
      { path: 'a', dialect: 'three' },
      {
        code: 'unknown_dialect',
        message: 'there is no dialect `three`',
        position: { file: 'a', line: 0, column: 0 },
        help: 'the dialects are `one`, `two`',
      },
    ],
    [
      { path: 'a', dialect: 'three', namedAt: AT },
      { code: 'unknown_dialect', message: 'there is no dialect `three`', position: AT },
    ],
    [
      { path: 'gone' },
      {
        code: 'unreadable_file',
        message: 'cannot read `gone`: there is no such file',
        position: { file: 'gone', line: 0, column: 0 },
      },
    ],
    [
      { path: 'gone', namedAt: AT },
      {
        code: 'unreadable_file',
        message: 'cannot read `gone`: there is no such file',
        position: AT,
      },
    ],
  ])('is an error for %j', async (request, finding) => {
    const { result } = await reader.parse(request);
    expect(result).not.toHaveProperty('document');
    expect(result.findings).toMatchObject([{ severity: 'error', ...finding }]);
    expect(parsed).toEqual([]);
  });
});

describe('the texts for reports', () => {
  it('are those of all files that could be read, each once, also where no dialect was found', async () => {
    for (const path of ['b', 'none', 'gone', 'a', 'b']) await reader.parse({ path });
    expect(reader.sources().map(({ name }) => name)).toEqual(['b', 'none', 'a']);
  });
});
