import { answerNative, onlyKeys } from '../native-question';
import type { ProductAdapter } from '../vector';

/** What these inputs say. */
interface Input {
  readonly request: {
    readonly required_execution_region: string;
    readonly required_data_region: string;
    readonly require_zero_data_retention: boolean;
  };
  readonly targets: readonly {
    readonly id: string;
    readonly execution_region: string;
    readonly data_region: string;
    readonly zdr: boolean;
  }[];
}

/** Phaseo: where a request runs and where its data lies are two requirements. */
export const phaseo: ProductAdapter = {
  product: 'phaseo',
  reasons: {},
  answer(vector) {
    onlyKeys(vector, 'request', 'targets');
    const { request, targets } = vector.input as unknown as Input;
    return answerNative({
      targets: targets.map(({ id, execution_region: runs, data_region: lies, zdr }) => ({
        id,
        claims: {
          processing_regions: [regionNamed(runs)],
          storage_regions: [regionNamed(lies)],
          zero_data_retention: zdr,
        },
      })),
      policies: [
        {
          requirements: {
            processing_regions: [regionNamed(request.required_execution_region)],
            storage_regions: [regionNamed(request.required_data_region)],
            ...(request.require_zero_data_retention ? { require_zero_data_retention: true } : {}),
          },
        },
      ],
    });
  },
};

const regionNamed = (name: string): string => (name === 'eu' ? name : name.toUpperCase());
