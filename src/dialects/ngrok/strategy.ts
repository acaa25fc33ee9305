/** What one link of a strategy's chain keeps. Order and choice among what is left keep everything. */
export type StrategyLink =
  | { readonly kind: 'only_providers'; readonly names: readonly string[] }
  | { readonly kind: 'ignore_providers'; readonly names: readonly string[] }
  | { readonly kind: 'label'; readonly key: string; readonly value: string };

/** A text in quotes without anything that is escaped. */
const TEXT = String.raw`(?:'[^'"\\\n]*'|"[^'"\\\n]*")`;
const TEXTS = String.raw`\[\s*(?:${TEXT}(?:\s*,\s*${TEXT})*)?\s*\]`;

const ONLY_PROVIDERS = new RegExp(String.raw`^\.onlyProviders\(\s*(${TEXTS})\s*\)`, 'u');
const IGNORE_PROVIDERS = new RegExp(String.raw`^\.ignoreProviders\(\s*(${TEXTS})\s*\)`, 'u');
/** Order by price or chance, and one by chance: each that is left may be it. */
const CHOOSING = /^(?:\.sortBy\(\s*(?:'price'|"price")\s*\)|\.randomize\(\s*\)|\.random\(\s*\))/u;
const FILTER = /^\.filter\(\s*([A-Za-z_]\w*)\s*,/u;

const PROVIDER_IS = new RegExp(String.raw`^(\w+)\.provider_id\s*==\s*(${TEXT})`, 'u');
const PROVIDER_IS_NOT = new RegExp(String.raw`^(\w+)\.provider_id\s*!=\s*(${TEXT})`, 'u');
const PROVIDER_IN = new RegExp(String.raw`^(\w+)\.provider_id\s+in\s+(${TEXTS})`, 'u');
/** A dot in a key would go down into nested metadata, which is no label. */
const METADATA_IS = new RegExp(
  String.raw`^(\w+)\.getMetadata\(\s*('[\w-]+'|"[\w-]+")\s*\)\s*==\s*(${TEXT})`,
  'u',
);

/** The rest of a text, behind what was read of it. */
interface Read {
  readonly links: readonly StrategyLink[];
  readonly rest: string;
}

/**
 * What a step of `model_selection.strategy` keeps: `ai.models` and a chain behind it. Undefined: it says more than
 * is understood here, so that what it keeps is not known.
 */
export function parseStrategy(text: string): readonly StrategyLink[] | undefined {
  let rest = text.trim();
  if (!/^ai\.models(?![\w])/u.test(rest)) return undefined;
  rest = rest.slice('ai.models'.length);
  const links: StrategyLink[] = [];
  while (rest.trim() !== '') {
    const read = readLink(rest.trim());
    if (read === undefined) return undefined;
    links.push(...read.links);
    ({ rest } = read);
  }
  return links;
}

function readLink(text: string): Read | undefined {
  const choosing = CHOOSING.exec(text)?.[0];
  if (choosing !== undefined) return { links: [], rest: text.slice(choosing.length) };
  return (
    readNames(text, ONLY_PROVIDERS, 'only_providers') ??
    readNames(text, IGNORE_PROVIDERS, 'ignore_providers') ??
    readFilter(text)
  );
}

function readNames(
  text: string,
  pattern: RegExp,
  kind: 'only_providers' | 'ignore_providers',
): Read | undefined {
  const found = pattern.exec(text);
  if (found === null) return undefined;
  return { links: [{ kind, names: textsIn(found[1] ?? '') }], rest: text.slice(found[0].length) };
}

/** A condition whose parts all must hold. */
function readFilter(text: string): Read | undefined {
  const head = FILTER.exec(text);
  if (head === null) return undefined;
  const [start, variable = ''] = head;
  let rest = text.slice(start.length).trimStart();
  const links: StrategyLink[] = [];
  for (;;) {
    const part = readCondition(rest, variable);
    if (part === undefined) return undefined;
    links.push(part.link);
    rest = rest.slice(part.length).trimStart();
    if (rest.startsWith(')')) return { links, rest: rest.slice(1) };
    if (!rest.startsWith('&&')) return undefined;
    rest = rest.slice(2).trimStart();
  }
}

function readCondition(
  text: string,
  variable: string,
): { readonly link: StrategyLink; readonly length: number } | undefined {
  const forms: readonly (readonly [RegExp, (first: string, second: string) => StrategyLink])[] = [
    [PROVIDER_IS, (name) => ({ kind: 'only_providers', names: textsIn(name) })],
    [PROVIDER_IN, (names) => ({ kind: 'only_providers', names: textsIn(names) })],
    [PROVIDER_IS_NOT, (name) => ({ kind: 'ignore_providers', names: textsIn(name) })],
    [METADATA_IS, labelOf],
  ];
  for (const [pattern, make] of forms) {
    const found = pattern.exec(text);
    if (found?.[1] !== variable) continue;
    return { link: make(found[2] ?? '', found[3] ?? ''), length: found[0].length };
  }
  return undefined;
}

function labelOf(key: string, value: string): StrategyLink {
  return { kind: 'label', key: textsIn(key)[0] ?? '', value: textsIn(value)[0] ?? '' };
}

function textsIn(text: string): readonly string[] {
  return [...text.matchAll(new RegExp(TEXT, 'gu'))].map(([quoted]) => quoted.slice(1, -1));
}
