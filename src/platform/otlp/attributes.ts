/** A value that an attribute can have; numbers are whole. */
export type AttributeValue = string | number | readonly string[];

/** An attribute in OTLP's JSON, in which 64-bit numbers are strings. */
export function otlpAttribute([key, value]: readonly [string, AttributeValue]) {
  return { key, value: valueOf(value) };
}

function valueOf(value: AttributeValue) {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'number') return { intValue: String(value) };
  return { arrayValue: { values: value.map((stringValue) => ({ stringValue })) } };
}

/** The resource that everything of this service belongs to. */
export function otlpResource(more: Readonly<Record<string, string>> = {}) {
  return { attributes: Object.entries({ 'service.name': 'ambit', ...more }).map(otlpAttribute) };
}
