import type { Outcome, Warning } from '../../core/model/decision';
import { BLOCK_ONLY_CODES, LAYERS, REASON_CODES, type BlockCode } from '../../core/model/reason';
import type {
  BlockField,
  ExpectedBlockField,
  ExpectedDecision,
  JsonValue,
  Stated,
} from '../../ports/policy-test';
import type { MapReader, ValueReader } from '../yaml/reader';
import { quote, type Located, type Span } from '../yaml/source-text';
import type { YamlNode } from '../yaml/tree';
import { placeOf } from './contradictions';
import { readVerdicts } from './policy-test-reasons';

const BLOCK_CODES = [...Object.keys(REASON_CODES), ...BLOCK_ONLY_CODES] as readonly BlockCode[];

const WARNING_CODES: readonly Warning['code'][] = [
  'unknown_preference_name',
  'warn_policy_gave_way',
  'unused_scope_key',
];

/** Parts of a block in the order in which docs have them. */
const BLOCK_FIELDS: readonly BlockField[] = [
  'code',
  'layer',
  'policy',
  'message',
  'http_status',
  'content_type',
  'providers_considered',
  'body',
];

/** Reads what must become of the request of a case. Undefined: nothing is expected, which was reported. */
export function readExpectations(map: MapReader, name: Span): ExpectedDecision | undefined {
  const stated = map.choice('outcome', ['allow', 'warn', 'block']);
  const listed = map.texts('eligible', { mayBeEmpty: true });
  const eligible = listed?.value ?? [];
  const blocked = readVerdicts(map.map('blocked')) ?? [];
  const unmet = readVerdicts(map.map('unmet'));
  const block = readBlock(map.map('block'));
  const warnings = readWarnings(map.value('warnings'));
  if (!['outcome', 'eligible', 'blocked', 'block'].some((key) => map.has(key))) {
    map.report.error('states_nothing', name, 'the case expects nothing', {
      help: 'write `eligible` and `blocked`, which together name every candidate',
    });
    return undefined;
  }
  const outcome = stated ?? { ...name, value: eligible.length > 0 ? 'allow' : 'block' };
  rejectBoth(map, eligible, blocked);
  const isReadable = listed !== undefined || !map.has('eligible');
  if (isReadable) rejectOutcome(map, outcome, { eligible, hasBlock: map.has('block') });
  return {
    outcome,
    eligible,
    blocked,
    ...(unmet === undefined ? {} : { unmet }),
    ...(block === undefined ? {} : { block }),
    ...(warnings === undefined ? {} : { warnings }),
  };
}

function readWarnings(reader: ValueReader | undefined): ExpectedDecision['warnings'] {
  const items = reader?.list({ mayBeEmpty: true });
  if (reader === undefined || items === undefined) return undefined;
  return {
    ...reader.span,
    value: items.flatMap((item) => item.choice(WARNING_CODES)?.value ?? []),
  };
}

function readBlock(map: MapReader | undefined): readonly ExpectedBlockField[] | undefined {
  if (map === undefined) return undefined;
  if (map.isEmpty) {
    map.fail('empty_map', `\`${map.path}\` states nothing`, { help: 'write `code:`' });
  }
  const fields = BLOCK_FIELDS.flatMap((name) => {
    const field = map.value(name);
    const read = field === undefined ? undefined : readBlockField(name, field);
    return read === undefined ? [] : [{ ...read, name }];
  });
  map.close();
  return fields;
}

function readBlockField(name: BlockField, field: ValueReader): Stated<JsonValue> | undefined {
  switch (name) {
    case 'code':
      return field.choice(BLOCK_CODES);
    case 'layer':
      return field.choice(LAYERS);
    case 'policy':
    case 'message':
    case 'content_type':
      return field.text();
    case 'http_status':
      return field.integer({ min: 100, max: 599 });
    case 'providers_considered': {
      const texts = field.texts({ mayBeEmpty: true });
      return texts === undefined
        ? undefined
        : { ...texts, value: texts.value.map((text) => text.value) };
    }
    case 'body':
      return field.kind === 'map' ? { ...field.span, value: jsonOf(field.node) } : field.text();
  }
}

/** The value as JSON has it; what strict reading rejects was reported and is not here. */
function jsonOf(node: YamlNode): JsonValue {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(jsonOf);
    case 'map':
      return Object.fromEntries(
        [...node.entries].map(([key, { value }]): [string, JsonValue] => [key, jsonOf(value)]),
      );
  }
}

function rejectBoth(
  map: MapReader,
  eligible: readonly Located<string>[],
  blocked: ExpectedDecision['blocked'],
): void {
  for (const { ref } of blocked) {
    const first = eligible.find(({ value }) => value === ref.value);
    if (first === undefined) continue;
    const message = `${quote(ref.value)} is expected eligible at ${placeOf(first)} and blocked here`;
    map.report.error('contradiction', ref, message, {
      help: 'remove the one that is not meant',
      related: { at: first, message: 'eligible here' },
    });
  }
}

/** Nothing is eligible in a block, and something is in every other outcome. */
function rejectOutcome(
  map: MapReader,
  outcome: Located<Outcome>,
  others: { readonly eligible: readonly Located<string>[]; readonly hasBlock: boolean },
): void {
  const isBlock = outcome.value === 'block';
  const { eligible, hasBlock } = others;
  if (isBlock && eligible.length > 0) {
    reject(map, outcome, 'in a block nothing is eligible', 'remove `eligible`, or the outcome');
  } else if (!isBlock && eligible.length === 0 && map.has('outcome')) {
    const message = `with the outcome \`${outcome.value}\` something is eligible`;
    reject(map, outcome, message, 'name it in `eligible`, in the order to try');
  } else if (!isBlock && hasBlock) {
    const at = map.value('block')?.label ?? outcome;
    reject(map, at, '`block` is expected where something is eligible', 'remove one of the two');
  }
}

function reject(map: MapReader, at: Span, message: string, help: string): void {
  map.report.error('contradiction', at, message, { help });
}
