import type { Preferences } from '../../../src/core/model/request';
import { answerNative, onlyKeys, type NativeTarget } from '../native-question';
import type { ProductAdapter, VectorAnswer } from '../vector';

/** What these inputs say. */
interface Input {
  readonly team?: { readonly zdr: boolean };
  readonly request?: { readonly zeroDataRetention?: boolean };
  readonly targets?: readonly {
    readonly id: string;
    readonly kind?: 'aggregator' | 'self_reported' | 'direct';
    readonly zdr?: boolean;
  }[];
}

/** Tangle: an aggregator with fallbacks of its own is a nested gateway, and what nobody vouches for is no claim. */
export const tangle: ProductAdapter = {
  product: 'tangle',
  reasons: {},
  answer(vector) {
    onlyKeys(vector, 'team', 'request', 'targets');
    const input = vector.input as Input;
    const targets = (input.targets ?? []).map(nativeTarget);
    return targets.length > 0 ? ask(input, targets) : answerEffective(input);
  },
};

function ask({ team, request }: Input, targets: readonly NativeTarget[]): VectorAnswer {
  const { zeroDataRetention } = request ?? {};
  const preferences: Preferences = zeroDataRetention === undefined ? {} : { zeroDataRetention };
  return answerNative({
    targets,
    policies: team?.zdr === true ? [{ requirements: { require_zero_data_retention: true } }] : [],
    context: { preferences },
  });
}

/** What holds shows in what is let through. */
function answerEffective(input: Input): VectorAnswer {
  const answer = ask(input, [
    { id: 'keeps-nothing', claims: { zero_data_retention: true } },
    { id: 'keeps', claims: { zero_data_retention: false } },
  ]);
  return { ...answer, more: { effective: { zdr: !answer.eligible.includes('keeps') } } };
}

function nativeTarget({ id, kind, zdr }: NonNullable<Input['targets']>[number]): NativeTarget {
  const claims = {
    ...(kind === 'aggregator' ? { nested_gateway: true } : {}),
    ...(zdr === undefined ? {} : { zero_data_retention: zdr }),
  };
  return { id, claims };
}
