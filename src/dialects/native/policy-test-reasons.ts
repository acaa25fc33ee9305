import { LAYERS, REASON_CODES, type ReasonCode, type ReasonState } from '../../core/model/reason';
import {
  REASON_FIELDS,
  type ExpectedReason,
  type ExpectedReasons,
  type ExpectedVerdict,
  type ReasonField,
} from '../../ports/policy-test';
import type { MapReader, ValueReader } from '../yaml/reader';
import type { Located } from '../yaml/source-text';

const CODES = Object.keys(REASON_CODES) as readonly ReasonCode[];

/** The states that a reason can have. */
const STATES = [
  'contrary',
  'unknown',
  'expired',
  'conflicting',
  'error',
  'not_listed',
  'denied',
  'filtered',
  'refused',
] as const satisfies readonly ReasonState[];

/** Reads `blocked` or `unmet`: the ref of a candidate, and the reasons that it must have. */
export function readVerdicts(map: MapReader | undefined): readonly ExpectedVerdict[] | undefined {
  if (map === undefined) return undefined;
  return map.entries().flatMap(({ key, value }) => {
    const reasons = readReasons(value);
    return reasons === undefined ? [] : [{ ref: key, reasons }];
  });
}

/** A code or a mapping is the reason that leads; a list is all of them. */
function readReasons(reader: ValueReader): ExpectedReasons | undefined {
  if (reader.kind !== 'list') {
    const reason = readReason(reader);
    return reason === undefined ? undefined : { kind: 'first', reason };
  }
  const items = reader.list();
  if (items === undefined) return undefined;
  return { kind: 'all', reasons: items.flatMap((item) => readReason(item) ?? []), at: reader.span };
}

function readReason(reader: ValueReader): ExpectedReason | undefined {
  if (reader.kind !== 'map') {
    const code = reader.choice(CODES);
    if (code === undefined) return undefined;
    return { ...reader.span, fields: [{ ...code, name: 'code' }] };
  }
  const map = reader.map();
  if (map === undefined) return undefined;
  if (map.isEmpty) {
    map.fail('empty_map', `\`${map.path}\` states nothing`, { help: 'write `code:`' });
  }
  const fields = REASON_FIELDS.flatMap((name) => {
    const field = map.value(name);
    const text = field === undefined ? undefined : readField(name, field);
    return text === undefined ? [] : [{ ...text, name }];
  });
  map.close();
  return { ...reader.span, fields };
}

function readField(name: ReasonField, field: ValueReader): Located<string> | undefined {
  switch (name) {
    case 'code':
      return field.choice(CODES);
    case 'layer':
      return field.choice(LAYERS);
    case 'state':
      return field.choice(STATES);
    case 'policy':
    case 'requirement':
    case 'claim':
    case 'expected':
    case 'observed':
    case 'message':
      return field.text();
  }
}
