import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';

import { errorCodeOf } from '../../src/platform/error-code';
import { textOfError } from '../../src/platform/logging';

/** What a function throws. */
function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** An error that is no `Error` here. */
const foreign = (): unknown =>
  thrownBy(() => runInNewContext('throw Object.assign(new Error("far"), { code: "EFAR" })'));

describe('the code of an error', () => {
  it('is that of the system, whatever realm the error is of', () => {
    expect(errorCodeOf(thrownBy(() => readFileSync('/no/such/file')))).toBe('ENOENT');
    expect(errorCodeOf(foreign())).toBe('EFAR');
  });

  it.each([[undefined], [null], ['ENOENT'], [7], [new Error('x')], [{ code: 7 }], [{}]])(
    'is not there for %p',
    (error) => {
      expect(errorCodeOf(error)).toBeUndefined();
    },
  );
});

describe('the text of an error', () => {
  it('is its message without its kind, whatever realm the error is of', () => {
    expect(textOfError(new TypeError('near'))).toBe('near');
    expect(textOfError(foreign())).toBe('far');
  });

  it.each([
    ['just a text', 'just a text'],
    [undefined, 'undefined'],
    [null, 'null'],
    [7, '7'],
    [{ message: 7 }, '7'],
  ])('is the value itself where it is no error: %p', (thrown, text) => {
    expect(textOfError(thrown)).toBe(text);
  });
});
