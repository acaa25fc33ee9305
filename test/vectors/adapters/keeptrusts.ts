import { stringify } from 'yaml';
import { createKeeptrustsDialect } from '../../../src/dialects/keeptrusts';
import type { ProductAdapter, Vector } from '../vector';
import { answerFile } from '../answer-file';

/** Keys of an input that the adapter turns into a pack or knows to be none of a decision point's business. */
const KNOWN_KEYS: readonly string[] = ['policy', 'targets', 'upstream_failures'];

/** Keeptrusts: the settings and targets of a vector become the text of a pack, read as any pack is. */
export const keeptrusts: ProductAdapter = {
  product: 'keeptrusts',
  reasons: {
    zero_retention: 'require_zero_data_retention',
    training: 'require_no_training',
    retention_days: 'max_retention_days',
    in_memory: 'require_in_memory_only',
    egress: 'deny_internet_egress',
    local_processing: 'local_only_processing',
  },
  answer(vector) {
    const unknown = Object.keys(vector.input).filter((key) => !KNOWN_KEYS.includes(key));
    if (unknown.length > 0) throw new Error(`the adapter does not know \`${unknown.join(', ')}\``);
    const targets = (vector.input['targets'] ?? []) as readonly { readonly id: string }[];
    return answerFile({
      dialect: createKeeptrustsDialect(),
      file: { name: `${vector.id}.yaml`, text: packOf(vector, targets) },
      targets: targets.map(({ id }) => id),
      whenNoPolicyApplies: vector.input['policy'] === undefined ? 'allow' : 'block',
    });
  },
};

// Provider and model are required in a pack, and no vector's expectation depends on them.
function packOf(vector: Vector, targets: readonly { readonly id: string }[]): string {
  const policy = vector.input['policy'];
  return stringify({
    pack: { name: vector.id, version: '1.0.0', enabled: true },
    providers: {
      targets: targets.map(({ id, ...rest }) => ({ id, provider: 'openai', model: id, ...rest })),
    },
    policies: { chain: [policy === undefined ? 'audit-logger' : 'data-routing-policy'] },
    policy: policy === undefined ? {} : { 'data-routing-policy': policy },
  });
}
