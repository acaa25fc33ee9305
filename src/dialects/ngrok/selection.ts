import type { TargetList } from '../../core/model/policy';
import type { Requirement } from '../../core/model/requirement';
import type { TextListRules } from '../yaml/lists';
import type { MapReader, ValueReader } from '../yaml/reader';
import { quote, type Located } from '../yaml/source-text';
import { denyList, entryOf, namesOf } from './lists';
import type { Label } from './metadata';
import type { ConfiguredProvider } from './providers';
import { parseStrategy, type StrategyLink } from './strategy';

/** What a gateway's selection of models keeps, as lists and requirements. */
export interface Selection {
  readonly lists: readonly TargetList[];
  readonly requirements: readonly Requirement[];
}

const NOTHING: Selection = { lists: [], requirements: [] };

/** UTF-16 units of a step; the documents' longest has about a hundred. */
const STEPS: TextListRules = { maxChars: 2000, mayBeEmpty: true };

/**
 * The first step of a strategy is a filter. Later ones would be tried where it leaves nothing: whether they are is
 * contradictory, and they let through what the first keeps out, so that here nothing is left then.
 */
export function readSelection(
  config: MapReader,
  providers: readonly ConfiguredProvider[],
): Selection {
  const selection = config.map('model_selection');
  const reader = selection?.value('strategy');
  const steps = reader?.texts(STEPS)?.value ?? [];
  selection?.close();
  if (reader?.kind === 'list' && steps.length === 0) noteNone(reader);
  const [first, second] = steps;
  if (reader === undefined || first === undefined) return NOTHING;
  const links = parseStrategy(first.value);
  if (links === undefined) {
    rejectStep(reader, first);
    return NOTHING;
  }
  if (second !== undefined && links.length > 0) noteLater(reader, second);
  const rules = linksToRules(links, first);
  const contrary = links.flatMap((link) =>
    link.kind === 'label' ? deniedByLabel(link, providers) : [],
  );
  return { ...rules, lists: [...rules.lists, ...contrary] };
}

/** The schema's default, which keeps everything. */
function noteNone({ report, label, name }: ValueReader): void {
  if (report.hasErrors) return;
  report.notice('list_restricts_nothing', label, `${name} is empty and restricts nothing`, {
    help: 'name a step, such as `ai.models.onlyProviders([...])`, or remove the key',
  });
}

function rejectStep({ report }: ValueReader, step: Located<string>): void {
  report.error(
    'invalid_expression',
    step,
    `what ${quote(step.value)} keeps is not understood here`,
    {
      help: 'choose by `provider_id` or a label, or write a native policy instead and `ai.models` here',
    },
  );
}

function noteLater({ report }: ValueReader, step: Located<string>): void {
  report.notice(
    'step_not_taken',
    step,
    `${quote(step.value)} is not taken: the first step decides`,
    {
      help: 'name in the first step all that may be chosen, such as `ai.models.onlyProviders([...])`',
    },
  );
}

function linksToRules(links: readonly StrategyLink[], step: Located<string>): Selection {
  const { position } = step;
  const listOf = (names: readonly string[], effect: TargetList['effect']): TargetList => ({
    subject: 'provider',
    effect,
    entries: names.map((provider) => entryOf({ provider }, { ...step, value: provider })),
    position,
  });
  return {
    lists: links.flatMap((link): readonly TargetList[] => {
      if (link.kind === 'only_providers') return [listOf(link.names, 'allow')];
      return link.kind === 'ignore_providers' && link.names.length > 0
        ? [listOf(link.names, 'deny')]
        : [];
    }),
    requirements: links.flatMap((link): readonly Requirement[] =>
      link.kind === 'label'
        ? [{ rule: { kind: 'labels', labels: new Map([[link.key, link.value]]) }, position }]
        : [],
    ),
  };
}

type LabelLink = Extract<StrategyLink, { readonly kind: 'label' }>;

/**
 * What the label of a provider would satisfy and the gateway's own comparison would not: a model has its own
 * metadata, which counts before its provider's, and what is no text equals none.
 */
function deniedByLabel(
  link: LabelLink,
  providers: readonly ConfiguredProvider[],
): readonly TargetList[] {
  const contrary = ({ labels }: { readonly labels: readonly Label[] }): boolean =>
    labels.some(
      ({ key, text, isText }) => key.value === link.key && !(isText && text === link.value),
    );
  return [
    ...denyList(
      'provider',
      providers.filter(contrary).map(({ id }) => entryOf({ provider: id.value }, id)),
    ),
    ...denyList(
      'model',
      providers.flatMap(({ id, models }) =>
        models
          .filter(contrary)
          .flatMap((model) =>
            namesOf(model).map((name) => entryOf({ provider: id.value, model: name }, model.id)),
          ),
      ),
    ),
  ];
}
