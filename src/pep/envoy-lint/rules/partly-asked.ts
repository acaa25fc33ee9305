import { entry, field, isTrue, keySpot, number, text } from '../model/fields';
import { isSetAtRuntime } from '../model/runtime';
import type { AskingFilter } from '../model/envoy-model';
import type { ConfigNode } from '../yaml/config-node';
import type { Hit, Rule } from '../rule';

/** How much of all the denominators of a fraction are. */
const DENOMINATORS: Readonly<Record<string, number>> = {
  HUNDRED: 100,
  '0': 100,
  TEN_THOUSAND: 10_000,
  '1': 10_000,
  MILLION: 1_000_000,
  '2': 1_000_000,
};

/** Asking about most requests is a lottery that every client can play until it wins. */
export const partlyAsked: Rule = {
  code: 'partly_asked',
  severity: 'error',
  meaning: 'Ambit is asked about some requests only, and the others pass',
  remedy:
    'remove `filter_enabled`, `filter_enabled_metadata` and the matcher, so that all are asked about',
  check: ({ askingFilters, roots }) =>
    askingFilters.flatMap((each) => [...bySampling(each, roots), ...byMatcher(each)]),
};

function bySampling(
  { filter: { body } }: AskingFilter,
  roots: readonly ConfigNode[],
): readonly Hit[] {
  const holds = (setting: ConfigNode | undefined): boolean =>
    !isSetAtRuntime(roots, text(setting, 'runtime_key'));
  const deny = field(body, 'deny_at_disable');
  if (isTrue(deny, 'default_value') && holds(deny)) return [];
  const fraction = entry(body, 'filter_enabled');
  const metadata = entry(body, 'filter_enabled_metadata');
  return [
    ...(fraction === undefined || (isAll(fraction.value) && holds(fraction.value))
      ? []
      : [
          {
            at: keySpot(body, 'filter_enabled'),
            message: 'of the requests that this fraction leaves out, each passes undecided',
          },
        ]),
    ...(metadata === undefined
      ? []
      : [{ at: metadata.key, message: 'requests without this metadata pass undecided' }]),
  ];
}

function byMatcher({ filter }: AskingFilter): readonly Hit[] {
  if (!filter.isConditional) return [];
  const message =
    'the matcher around this filter decides whether Ambit is asked, by what the client sends';
  return [{ at: filter.node, message }];
}

function isAll(fraction: ConfigNode): boolean {
  const value = field(fraction, 'default_value');
  const whole = DENOMINATORS[text(value, 'denominator') ?? '0'] ?? Infinity;
  return (number(value, 'numerator') ?? 0) >= whole;
}
