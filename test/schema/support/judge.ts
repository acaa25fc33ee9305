import { parseAllDocuments } from 'yaml';
import { readConfig } from '../../../src/platform/config/read-config';
import type { Finding } from '../../../src/core/model/finding';
import { native } from '../../dialects/native/support';
import type { Spread } from '../../laws/support/runs';
import { isBeyondSchemas } from './beyond';
import { complaintsOf, isValid, WRITTEN } from './validators';

/** What the schemas and the decoder say of one file. */
export interface Judgement {
  /** What the schemas say against it; empty: it is valid. */
  readonly complaints: readonly string[];
  /** The decoder's errors; empty: it is accepted. */
  readonly errors: readonly Finding[];
  /** What those errors say that the schemas must have found as well. */
  readonly missed: readonly string[];
}

const ANY_KIND = 'ambit.schema.json';
const SERVICE = 'service.schema.json';

/** The schemas of one kind of native documents each. */
const NATIVE_KINDS = [...WRITTEN.keys()].filter((name) => name !== ANY_KIND && name !== SERVICE);

/**
 * The values of a file's documents, as a tool that knows nothing of Ambit reads them: JSON as JSON, where the last of
 * two equal keys counts. Undefined: it cannot be read.
 */
function valuesOf(text: string): readonly unknown[] | undefined {
  if (text.startsWith('{')) return [JSON.parse(text) as unknown];
  const parsed = parseAllDocuments(text, { schema: 'core', version: '1.2', logLevel: 'silent' });
  const documents = Array.isArray(parsed) ? parsed : [];
  if (documents.some(({ errors }) => errors.length > 0)) return undefined;
  const filled = documents.filter(({ contents }) => contents !== null);
  return filled.map((document): unknown => document.toJS());
}

/** What the schema of all kinds says; that of the document's own kind must say the same. */
function complaintsAbout(value: unknown): readonly string[] {
  const complaints = complaintsOf(ANY_KIND, value);
  const own = NATIVE_KINDS.filter((name) => isValid(name, value));
  const kinds = complaints.length === 0 ? 1 : 0;
  expect({ complaints, kinds: own.length }).toEqual({ complaints, kinds });
  return complaints;
}

function judgementOf(
  text: string,
  complain: (value: unknown) => readonly string[],
  findings: readonly Finding[],
): Judgement {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const values = valuesOf(text);
  const complaints = values?.flatMap(complain) ?? ['it cannot be parsed'];
  const missed = errors.filter((error) => !isBeyondSchemas(error, values));
  return { complaints, errors, missed: missed.map(({ code, message }) => `${code}: ${message}`) };
}

/** Judges a text by the schemas and by the decoder that is for it. */
export type Judge = (text: string) => Judgement;

/** Judges a file of policies, catalogs, bundles and tests. */
export function judgeNative(text: string): Judgement {
  const { findings } = native.parse({ name: 'f.yaml', text });
  return judgementOf(text, complaintsAbout, findings);
}

/** Judges a configuration of the service, without any variable of the environment. */
export function judgeService(text: string): Judgement {
  const { findings } = readConfig({ file: { name: 'ambit.yaml', text }, environment: {} });
  return judgementOf(text, (value) => complaintsOf(SERVICE, value), findings);
}

/** The judge of the files that a schema is for. */
export function judgeOf(schema: string): Judge {
  return schema === SERVICE ? judgeService : judgeNative;
}

/**
 * Fails unless both say the same of a text, or the decoder alone refuses it, and only by rules that no schema can
 * say. Counts `accepted`, `refused` and, as `beyond`, the third; and in `beyond CODE` each of those rules.
 */
export function expectAgreement(text: string, judge: Judge, spread: Spread): void {
  const { complaints, errors, missed } = judge(text);
  if (errors.length === 0) {
    expect({ text, complaints }).toEqual({ text, complaints: [] });
    spread.add('accepted');
    return;
  }
  if (complaints.length > 0) {
    spread.add('refused');
    return;
  }
  expect({ text, missed }).toEqual({ text, missed: [] });
  spread.add('beyond');
  for (const code of new Set(errors.map((error) => error.code))) spread.add(`beyond ${code}`);
}
