import type { Claim } from '../../core/model/claim';
import type { MapReader, ValueReader } from '../yaml/reader';
import type { ListNotes } from './list-notes';
import { PER_TOKEN, readPrice } from './price';
import { priceClaims, type StatedPrice } from './prices';

/** Prices beyond a length of the context, which a request does not choose as it would a service tier. */
const LONG_CONTEXT = /^(input|output)_cost_per_token_above_\d+k?_tokens$/u;

/** What a region or an authorisation adds to all prices of an entry. */
const UPLIFT = 'uplift_multiplier';

/** The claims that the prices of an entry state. */
export function litellmPrices(
  entry: MapReader,
  target: string,
  notes: ListNotes,
): readonly Claim[] {
  const evidence = readEvidence(entry.valueUnlessNull('source'));
  return priceClaims([statedPrice(entry, 'input'), statedPrice(entry, 'output')], {
    shift: PER_TOKEN,
    notes,
    target,
    factor: readFactor(entry),
    ...(evidence === undefined ? {} : { evidence }),
  });
}

function statedPrice(entry: MapReader, side: 'input' | 'output'): StatedPrice {
  const key = `${side}_cost_per_token`;
  const longer = entry.keys.filter((each) => LONG_CONTEXT.exec(each)?.[1] === side);
  const reasoning = side === 'output' ? ['output_cost_per_reasoning_token'] : [];
  return {
    name: side === 'input' ? 'price_prompt' : 'price_completion',
    usual: entry.valueUnlessNull(key),
    others: [
      ...[...longer, ...reasoning].flatMap((each) => entry.valueUnlessNull(each) ?? []),
      ...readTiers(entry).flatMap((tier) => tier.valueUnlessNull(key) ?? []),
    ],
  };
}

function readTiers(entry: MapReader): readonly MapReader[] {
  const tiers = entry.valueUnlessNull('tiered_pricing')?.list({ mayBeEmpty: true }) ?? [];
  return tiers.flatMap((tier) => tier.map() ?? []);
}

/** The highest of what may be added: nobody knows here in which region a request will end. */
function readFactor(entry: MapReader): number {
  const factors = entry.keys
    .filter((key) => key.includes(UPLIFT))
    .flatMap((key) => entry.valueUnlessNull(key) ?? [])
    .flatMap((reader) => readPrice(reader, 0) ?? []);
  return Math.max(1, ...factors);
}

/** UTF-16 units of an address; records repeat it. */
const MAX_ADDRESS_CHARS = 512;

/** An address of the web, without a user or a password. Other sources are remarks, which prove nothing. */
function readEvidence(source: ValueReader | undefined): string | undefined {
  const text = source?.text()?.value ?? '';
  const isAddress = /^https?:\/\/[!-~]+$/u.test(text) && URL.canParse(text);
  if (!isAddress || text.length > MAX_ADDRESS_CHARS) return undefined;
  const { username, password } = new URL(text);
  return username === '' && password === '' ? text : undefined;
}
