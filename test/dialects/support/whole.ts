import fc from 'fast-check';
import type { DialectResult } from '../../../src/ports/policy-dialect';
import { Spread } from '../../laws/support/runs';
import { check } from './check';
import { anyEdit, applyEdit, type Edit } from './edits';

/** Reads the text of a file. */
export type ReadText = (text: string) => DialectResult;

/** The same, and fails the test if the result is not whole. */
export function readingWhole(read: ReadText): ReadText {
  return (text) => {
    const result = read(text);
    expectWhole(result);
    return result;
  };
}

/** A document or an error, never both and never neither. */
function expectWhole({ document, bundle, findings }: DialectResult): void {
  const hasErrors = findings.some(({ severity }) => severity === 'error');
  expect(document === undefined).toBe(hasErrors);
  expect(bundle).toBeUndefined();
}

/** True if the file gives a document; one that gives none has an error that says why. */
export function isRead({ document, findings }: DialectResult): boolean {
  if (document !== undefined) return true;
  expect(findings.map(({ severity }) => severity)).toContain('error');
  return false;
}

/** Files of which a few places are edited. */
export interface EditedFiles {
  /** Must fail the test if the result is not whole. */
  readonly read: ReadText;
  readonly text: fc.Arbitrary<string>;
  readonly maxEdits: number;
  readonly edit?: fc.Arbitrary<Edit>;
  readonly runs: number;
  /** How many must be refused, and how many be read. */
  readonly least: number;
}

/** Checks that files are read or refused, and neither threw nor read half, whatever becomes of their text. */
export function checkEdited({
  read,
  text: anyText,
  maxEdits,
  edit = anyEdit,
  runs,
  least,
}: EditedFiles): void {
  const edits = fc.array(edit, { minLength: 1, maxLength: maxEdits });
  const spread = new Spread();
  check(fc.record({ text: anyText, edits }), runs, ({ text, edits: own }) => {
    const result = read(own.reduce(applyEdit, text));
    spread.add(result.document === undefined ? 'refused' : 'read');
  });
  spread.expectAtLeast(least, 'refused', 'read');
}

/** Any bytes, the same behind what a file begins with, and any text. */
export function anyBytes(beginning: string): readonly fc.Arbitrary<string>[] {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each).toString('utf8'));
  return [bytes, bytes.map((text) => `${beginning}${text}`), fc.string({ unit: 'binary' })];
}

/** Checks that what is no file of a dialect is refused, even behind what one begins with. */
export function checkBytes(read: ReadText, beginning: string, runs: number): void {
  check(fc.oneof(...anyBytes(beginning)), runs, (text) => {
    expect(read(text).document).toBeUndefined();
  });
}
