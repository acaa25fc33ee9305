import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import type { Schema } from '../../../schema/source/json-schema';

const FOLDER = join(__dirname, '../../../schema');

/** The published schemas as their files have them, by name. */
export const PUBLISHED: ReadonlyMap<string, Schema> = new Map(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.schema.json'))
    .sort()
    .map((name) => [name, JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Schema]),
);

/** The schemas of what Ambit writes itself. */
export const RECORD = 'decision-record.schema.json';
export const REPORT = 'audit-report.schema.json';

/** True for one of them. */
export const isOfOutput = (name: string): boolean => name === RECORD || name === REPORT;

/** The schemas of files that people write. */
export const WRITTEN: ReadonlyMap<string, Schema> = new Map(
  [...PUBLISHED].filter(([name]) => !isOfOutput(name)),
);

/** Compiles a schema as strictly as the library can: an unknown keyword or an odd combination throws. */
export function compile(schema: Schema): ValidateFunction {
  return new Ajv2020({ strict: true, strictTypes: true, strictRequired: false }).compile(schema);
}

const VALIDATORS = new Map([...PUBLISHED].map(([name, schema]) => [name, compile(schema)]));

/** True if a value is valid under a published schema. */
export function isValid(name: string, value: unknown): boolean {
  const validate = VALIDATORS.get(name);
  if (validate === undefined) throw new Error(`there is no schema ${name}`);
  return validate(value);
}

/** What a published schema says against a value, for messages of tests. */
export function complaintsOf(name: string, value: unknown): readonly string[] {
  if (isValid(name, value)) return [];
  const { errors } = VALIDATORS.get(name) ?? {};
  return (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
