import type { TargetList, TargetPattern } from '../../core/model/policy';
import { foldedId } from '../../core/policy/identifier';
import type { TextListRules } from '../yaml/lists';
import { OPENROUTER_PROVIDERS } from './provider-names';
import type { ReadKey } from './read-key';
import { entriesOf, readList } from './read-list';

/** Two names of one provider are the same word twice. */
const PROVIDERS: TextListRules = {
  pattern: /^[^\s*/]+(?:\/[^\s*/]+)*$/u,
  form: "a provider's slug, such as `google-vertex` or `google-vertex/us-east5`, without spaces or `*`",
  maxChars: 200,
  fold: (slug) => foldedId(OPENROUTER_PROVIDERS.get(slug) ?? slug),
};

/**
 * Service tiers, whose endpoints OpenRouter keeps apart from what a provider's bare slug names. Such an endpoint is
 * a provider of its own here (`openai/priority`), with claims of its own.
 */
const SERVICE_TIERS = ['fast', 'flex', 'priority', 'ultrafast'] as const;

/** Reads the providers that are allowed, and those that are ignored. */
export function providerLists(read: ReadKey): readonly TargetList[] {
  const common = { subject: 'provider', rules: PROVIDERS } as const;
  return [
    ...readList(read, {
      ...common,
      key: 'allowed_providers',
      effect: 'allow',
      entriesOf: (slug) => entriesOf(slug, patternsOf(slug.value)),
    }),
    ...readList(read, {
      ...common,
      key: 'ignored_providers',
      effect: 'deny',
      entriesOf: (slug) => entriesOf(slug, bannedBy(slug.value)),
    }),
  ];
}

/**
 * What a slug names. With a suffix it is an endpoint of a provider: by the endpoint's id, by its region, by the
 * target that is named so in full, or a provider of its own. Never the provider as a whole.
 */
function patternsOf(slug: string): readonly TargetPattern[] {
  const at = slug.indexOf('/');
  if (at < 0) return [{ provider: slug }];
  const [provider, suffix] = [slug.slice(0, at), slug.slice(at + 1)];
  return [
    { provider: slug },
    { provider, endpoint: suffix },
    { provider, region: suffix },
    { provider, target: slug },
  ];
}

/**
 * What a ban of a slug holds for: the same, under every other name of the provider, and of a bare slug the service
 * tiers, too. At OpenRouter a request could ask for those; here no request opts out of a ban.
 */
function bannedBy(slug: string): readonly TargetPattern[] {
  const [base = slug, ...suffix] = slug.split('/');
  const slugs = namesOf(base).map((name) => [name, ...suffix].join('/'));
  const tiers = suffix.length > 0 ? [] : SERVICE_TIERS;
  return [
    ...slugs.flatMap(patternsOf),
    ...tiers.flatMap((tier) => slugs.map((name) => ({ provider: `${name}/${tier}` }))),
  ];
}

/** A provider's name as it is written, and all others that OpenRouter and catalogs have for it. */
function namesOf(name: string): readonly string[] {
  const rows = [...OPENROUTER_PROVIDERS];
  const isNamed = (row: readonly string[]): boolean =>
    row.some((each) => foldedId(each) === foldedId(name));
  const ids = new Set(rows.filter(isNamed).map(([, id]) => id));
  return [...new Set([name, ...rows.filter(([, id]) => ids.has(id)).flat()])];
}
