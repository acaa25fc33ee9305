import type { ConfigEntry, ConfigNode, Spot } from '../yaml/config-node';
import { entries, field, isTrue, text } from './fields';

/** A message whose type is stated beside it. */
export interface Typed {
  /** Without what all of Envoy's extensions begin with: `filters.http.router.v3.Router`. */
  readonly type: string;
  readonly body: ConfigNode;
  /** Where the type stands. */
  readonly at: Spot;
}

const EXTENSIONS = /^envoy\.extensions\./u;
const STRUCTS = ['xds.type.v3.TypedStruct', 'udpa.type.v1.TypedStruct'];

/** The message in an `Any`; a struct that only names its type is looked into, as Envoy does. */
export function typedOf(any: ConfigNode | undefined): Typed | undefined {
  const type = text(any, '@type');
  if (any === undefined || type === undefined) return undefined;
  const typed = { type: nameOf(type), body: any, at: field(any, '@type') ?? any };
  if (!STRUCTS.includes(typed.type)) return typed;
  const inner = text(any, 'type_url');
  return inner === undefined
    ? typed
    : { type: nameOf(inner), body: field(any, 'value') ?? any, at: field(any, 'type_url') ?? any };
}

/** The message in a field such as `typed_config`. */
export function typedConfig(holder: ConfigNode | undefined): Typed | undefined {
  return typedOf(field(holder, 'typed_config'));
}

/** What a route, virtual host or weighted cluster says to a filter. */
export interface Override {
  readonly filter: string;
  readonly entry: ConfigEntry;
  readonly type: string;
  readonly body: ConfigNode;
  /** Where it says that the filter is not to run; absent where it does not. */
  readonly disabledAt?: Spot;
}

/** What `typed_per_filter_config` says, out of the wrapper that can switch a filter off. */
export function overridesIn(holder: ConfigNode): readonly Override[] {
  return entries(field(holder, 'typed_per_filter_config')).flatMap(([filter, at]) => {
    const typed = typedOf(at.value);
    return typed === undefined ? [] : [overrideOf(filter, at, typed)];
  });
}

function overrideOf(filter: string, at: ConfigEntry, { type, body }: Typed): Override {
  if (type !== 'envoy.config.route.v3.FilterConfig') return { filter, entry: at, type, body };
  const inner = typedOf(field(body, 'config'));
  const disabled = field(body, 'disabled');
  return {
    filter,
    entry: at,
    type: inner?.type ?? type,
    body: inner?.body ?? body,
    ...(disabled !== undefined && isTrue(disabled) ? { disabledAt: disabled } : {}),
  };
}

function nameOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1).replace(EXTENSIONS, '');
}
