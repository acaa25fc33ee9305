import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { isObject } from '../../../../src/service/json-values';

const SCHEMA: unknown = JSON.parse(
  readFileSync(join(__dirname, '../../../fixtures/ocsf/ocsf-1.5.0-subset.json'), 'utf8'),
);

// One of several keys is demanded beside the list of keys, which the mode would have said again in each place.
const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
ajv.addSchema(SCHEMA as object);

/** What OCSF 1.5.0 does not allow of an event of its class; empty: it is valid. */
export function violationsOf(event: unknown): readonly string[] {
  const classUid = isObject(event) ? String(event['class_uid']) : 'none';
  const reference = `https://schema.ocsf.io/1.5.0/ambit-subset#/definitions/class_${classUid}`;
  const validate = ajv.getSchema(reference);
  if (validate === undefined) return [`no class ${classUid}`];
  if (validate(event) === true) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message = '' }) => `${instancePath} ${message}`,
  );
}
