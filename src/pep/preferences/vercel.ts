import { hasVariantOf, isObject } from '../json-object';
import type { JsonObject } from '../json-object';
import { advising, readKeys, refusing, stating } from './keys';
import type { ReadKey } from './keys';
import { state } from './notes';
import type { Notes } from './notes';
import { amount, anyText, modelNames, names, truth, wordOf } from './values';
import type { Parse } from './values';

const OPTIONS = 'providerOptions';
const GATEWAY = 'gateway';

/** A precision as `has` names it; its letters are compared without their case. */
const QUANTIZATION = /^quantization:([A-Za-z0-9._-]{1,32})$/;

/** Keys of `providerOptions.gateway` as published with @ai-sdk/gateway and in Vercel's documentation. */
const GATEWAY_KEYS: ReadonlyMap<string, ReadKey> = new Map<string, ReadKey>([
  ['only', stating('only', names)],
  ['order', stating('order', names)],
  ['models', stating('models', modelNames)],
  ['zeroDataRetention', stating('zeroDataRetention', truth)],
  ['disallowPromptTraining', stating('noTraining', truth)],
  ['has', readHas],
  ['byok', readByok],
  ['headquarters', refusing('asks for headquarters, which only a policy can ask for')],
  ['inferenceRegion', refusing('asks where data is stored, too, which only a policy can ask for')],
  ['caching', refusing('asks a provider to keep prompts, of which no claim tells')],
  ['sort', advising(wordOf('cost', 'tps', 'ttft'))],
  ['serviceTier', advising(wordOf('flex', 'priority'))],
  ['user', advising(anyText)],
  ['tags', advising(names)],
  ['quotaEntityId', advising(anyText)],
  ['idempotencyKey', advising(anyText)],
  ['providerTimeouts', advising(timeouts)],
]);

/** Reads `providerOptions`. Namespaces other than `gateway` are a provider's own features, which are not listed. */
export function readVercel(options: unknown, notes: Notes): void {
  if (!isObject(options)) {
    notes.problems.push(`\`${OPTIONS}\` must be an object`);
    return;
  }
  if (hasVariantOf(options, [GATEWAY])) {
    notes.problems.push(`\`${OPTIONS}\` spells \`${GATEWAY}\` in an unusual way`);
  }
  for (const [namespace, value] of Object.entries(options)) {
    if (namespace !== GATEWAY) notes.asksMore = true;
    else readKeys(value, `${OPTIONS}.${GATEWAY}`, { keys: GATEWAY_KEYS, nullable: false }, notes);
  }
}

/** A target must satisfy every entry, and it runs at one precision: two of them leave nothing. */
function readHas(value: unknown, place: string, notes: Notes): void {
  const read = names(value);
  if ('problem' in read) {
    notes.problems.push(`\`${place}\` ${read.problem}`);
    return;
  }
  const wanted = read.value.map((entry) => QUANTIZATION.exec(entry)?.[1]?.toLowerCase());
  if (wanted.includes(undefined)) {
    notes.problems.push(
      `\`${place}\` asks for more than claims tell; ask for \`quantization:NAME\` only`,
    );
    return;
  }
  const precisions = [...new Set(wanted.flatMap((name) => name ?? []))];
  if (precisions.length === 0) return;
  state(notes, 'quantizations', { value: precisions.length === 1 ? precisions : [], place });
}

/**
 * Credentials in a request. Nothing is declared of how a provider treats what comes with a stranger's credential
 * (L13), and the answer could not say which one a target is to be used with. Neither is kept, nor told.
 */
function readByok(value: unknown, place: string, { problems }: Notes): void {
  if (isObject(value) && Object.keys(value).length === 0) return;
  problems.push(`\`${place}\` brings credentials, for which no claim holds; leave it out`);
}

function timeouts(value: unknown): ReturnType<Parse<unknown>> {
  const isTable = (item: unknown): item is JsonObject =>
    isObject(item) && Object.values(item).every((ms) => 'value' in amount(ms));
  const holds =
    isObject(value) &&
    Object.entries(value).every(
      ([kind, table]) => ['byok', 'system'].includes(kind) && isTable(table),
    );
  return holds ? { value } : { problem: 'must give milliseconds under `byok` and `system`' };
}
