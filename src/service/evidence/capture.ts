import { looksSecret } from '../../core/model/secret-word';

/** What an end client may have written: a name without spaces, such as a model's. */
const NAME = /^[\w.:/@+~-]{1,256}$/;

/** A name in which something random runs on, as in keys. */
const RANDOM_RUN = /[A-Za-z0-9]{32}/;

/** What an enforcement point or a policy file says: one printable line. */
const LINE = /^[^\p{C}\p{Zl}\p{Zp}]{1,512}$/u;

/** What is not known to decide anything: records of it are worth no risk. */
const WITHHELD_MARK = '(withheld)';

/** Lets through what is of a form that may be recorded, and notes what is not, so that nothing is dropped unseen. */
export interface Capture {
  /** A name that an end client may have written. */
  name(path: string, text: string): string;
  /** A line that an enforcement point or a policy file says. */
  line(path: string, text: string): string;
  /** The address without user, query and fragment. */
  address(path: string, text: string): string;
  /** Notes that something is not recorded at all. */
  withhold(path: string): void;
  /** The paths of what was not let through. */
  readonly withheld: readonly string[];
}

/** Creates a capture for one record. */
export function createCapture(): Capture {
  const withheld: string[] = [];
  const withhold = (path: string): void => {
    withheld.push(path);
  };
  const unless = (isFit: boolean, path: string, text: string): string => {
    if (isFit) return text;
    withhold(path);
    return WITHHELD_MARK;
  };
  return {
    withheld,
    withhold,
    name: (path, text) => unless(isName(text), path, text),
    line: (path, text) => unless(isLine(text), path, text),
    address: (path, text) => {
      const bare = text.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/@]*@/iu, '$1').replace(/[?#].*$/su, '');
      if (bare !== text) withhold(path);
      return unless(isLine(bare), path, bare);
    },
  };
}

/** True if it is a name that may be recorded. */
export function isName(text: string): boolean {
  return NAME.test(text) && !RANDOM_RUN.test(text) && !looksSecret(text);
}

/** True if it is a line that may be recorded. */
export function isLine(text: string): boolean {
  return text === '' || (LINE.test(text) && !looksSecret(text));
}
