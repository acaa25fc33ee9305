import fc from 'fast-check';
import { NAME } from '../../../src/dialects/native/names';
import { textProblem } from '../../../src/dialects/yaml/scalars';
import { Spread } from '../../laws/support/runs';
import { check } from '../support/check';
import { readText } from './support';

const anyName = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
  fc.constantFrom(
    'a*',
    'a b',
    'a/b:c@d',
    'x'.repeat(251),
    'x'.repeat(252),
    '__proto__',
    '<<',
    '\u0430',
  ),
);

describe('names of a list', () => {
  it('are taken where a native file can state them, and only there', () => {
    const spread = new Spread();
    check(anyName, 600, (name) => {
      const key = JSON.stringify(name);
      const text = `{"acme": {"id": "acme", "models": {${key}: {"id": ${key}}}}}`;
      const result = readText(text);
      const isName = [name, `acme/${name}`].every((each) => textProblem(each, NAME) === undefined);
      const taken = result.document?.targets.map(({ model: own }) => own) ?? [];
      expect(taken).toEqual(isName ? [name] : []);
      spread.add(isName ? 'taken' : 'left out');
    });
    spread.expectAtLeast(60, 'taken', 'left out');
  });
});
