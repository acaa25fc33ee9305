import { looksSecret } from '../../core/model/secret-word';
import { looksRandom } from './looks-random';

/** A name without spaces, such as a model's: no sentence has this form. */
const NAME = /^[\w.:/@+~-]{1,256}$/;

/** One printable line, as policy files state them. */
const LINE = /^[^\p{C}\p{Zl}\p{Zp}]{1,512}$/u;

/** A name and a password before a host, and other forms of an address that may hide one. */
const USER_PART = /:[^@]*@/;

/** Stands where something is not recorded. It is no name, so that it is withheld again where it is decided again. */
const WITHHELD_MARK = '(withheld)';

/** Lets through what is of a form that may be recorded, and notes what is not, so that nothing is dropped unseen. */
export interface Capture {
  /** A text of a request: a name, or what the bundle states itself, letter for letter. */
  text(path: string, text: string): string;
  /** The same for an address, without user, query and fragment. */
  address(path: string, text: string): string;
  /** A line that is made of what a policy file says, and of texts of the request that were let through. */
  line(path: string, text: string): string;
  /** Notes that something is not recorded, and gives what stands for it. */
  withhold(path: string): string;
  /** The paths of what was not let through. */
  readonly withheld: readonly string[];
}

/** Creates a capture for one record. `isStated` is asked about texts that are no names. */
export function createCapture(isStated: (text: string) => boolean): Capture {
  const withheld: string[] = [];
  const withhold = (path: string): string => {
    withheld.push(path);
    return WITHHELD_MARK;
  };
  const text = (path: string, given: string): string =>
    isName(given) || (isLine(given) && isStated(given)) ? given : withhold(path);
  return {
    withheld,
    withhold,
    text,
    address: (path, given) => {
      const bare = bareAddress(given);
      if (bare === given) return text(path, given);
      const mark = withhold(path);
      return isName(bare) ? bare : mark;
    },
    line: (path, given) => (isLine(given) ? given : withhold(path)),
  };
}

/** A name as it is, and a mark for a text that is none: for lines that say of a request no more than a record does. */
export function nameOrMark(text: string): string {
  return isName(text) ? text : WITHHELD_MARK;
}

/** True if it is a name that may be recorded, whoever wrote it. */
function isName(text: string): boolean {
  if (text === '') return true;
  return NAME.test(text) && !USER_PART.test(text) && !looksSecret(text) && !looksRandom(text);
}

/** True if it is a line that may be recorded. */
function isLine(text: string): boolean {
  return text === '' || (LINE.test(text) && !looksSecret(text));
}

function bareAddress(text: string): string {
  return text.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/@]*@/iu, '$1').replace(/[?#].*$/su, '');
}
