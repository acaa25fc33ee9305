import type { Claim } from '../../core/model/claim';
import type { ValueReader } from '../yaml/reader';
import type { ListNotes } from './list-notes';
import { readPrice, roundPrice } from './price';

/** What a list says of one price of a target. */
export interface StatedPrice {
  readonly name: 'price_prompt' | 'price_completion';
  /** The usual price first; without it the others say nothing. */
  readonly usual: ValueReader | undefined;
  /** What the same tokens cost in other cases that a request does not choose, such as a long context. */
  readonly others: readonly ValueReader[];
}

/** How the prices of a list are read. */
interface PriceForm {
  /** Powers of ten between what the list counts in and USD per million tokens. */
  readonly shift: number;
  readonly notes: ListNotes;
  /** The name of the target in notes. */
  readonly target: string;
  /** True: the list documents the target as free, so that 0 is its price. */
  readonly isFree?: boolean;
  /** What the price may be multiplied by in other cases that a request does not choose; absent: 1. */
  readonly factor?: number;
  readonly evidence?: string;
}

/**
 * The claims that prices state: the highest that the list names, so that a bound holds in every case. Lists write 0
 * and -1 also where nobody knows the price, so these state nothing.
 */
export function priceClaims(prices: readonly StatedPrice[], form: PriceForm): readonly Claim[] {
  return prices.flatMap(({ name, usual, others }): readonly Claim[] => {
    if (usual === undefined) return [];
    const price = readPrice(usual, form.shift);
    const more = others.flatMap((other) => readPrice(other, form.shift) ?? []);
    if (price === undefined) return [];
    const isStated = price > 0 || (price === 0 && form.isFree === true);
    if (!isStated) {
      form.notes.add('unclear_claim', usual.label, form.target);
      return [];
    }
    const value = roundPrice(Math.max(price, ...more) * (form.factor ?? 1));
    const { position } = usual.label;
    return [
      {
        name,
        value,
        position,
        assurance: 'declared',
        ...(form.evidence === undefined ? {} : { evidence: form.evidence }),
      },
    ];
  });
}
