import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const SCHEMA_FILE = join(__dirname, '../../fixtures/sarif/sarif-schema-2.1.0.json');

/** What the official schema finds wrong with a log; empty for one that is valid. */
export function schemaProblems(log: unknown): readonly string[] {
  if (validate(log)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath}: ${message ?? ''}`,
  );
}

const validate = createValidator();

// The schema is written in draft 4, of which it uses nothing that draft 7 reads otherwise but the name of its id.
function createValidator() {
  const { id, ...schema } = JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')) as {
    readonly id: string;
    readonly $schema: string;
  };
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats(ajv);
  return ajv.compile({ ...schema, $id: id, $schema: 'http://json-schema.org/draft-07/schema#' });
}
