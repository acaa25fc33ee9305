import { answerNative, onlyKeys, type NativeTarget } from '../native-question';
import type { ProductAdapter } from '../vector';

/** What these inputs say. */
interface Input {
  readonly rule: { readonly inference_location?: string; readonly storage_location?: string };
  readonly targets: readonly {
    readonly id: string;
    readonly inference: string;
    readonly retains?: boolean;
    readonly storage?: string | null;
  }[];
}

/** Opper: where inference runs and where content is stored are two requirements on regions. */
export const opper: ProductAdapter = {
  product: 'opper',
  reasons: {},
  answer(vector) {
    onlyKeys(vector, 'rule', 'targets');
    const { rule, targets } = vector.input as unknown as Input;
    return answerNative({
      targets: targets.map(nativeTarget),
      policies: [
        {
          requirements: {
            ...regions('processing_regions', rule.inference_location),
            ...regions('storage_regions', rule.storage_location),
          },
        },
      ],
    });
  },
};

/** Only that nothing is retained is a fact; that something is says neither how long nor where. */
function nativeTarget({ id, inference, retains, storage }: Input['targets'][number]): NativeTarget {
  return {
    id,
    claims: {
      processing_regions: [inference],
      ...(retains === false ? { retention_days: 0 } : {}),
      ...regions('storage_regions', storage ?? undefined),
    },
  };
}

function regions(key: string, name: string | undefined): Readonly<Record<string, unknown>> {
  if (name === undefined) return {};
  return { [key]: [name === 'EU' || name === 'EEA' ? name.toLowerCase() : name] };
}
