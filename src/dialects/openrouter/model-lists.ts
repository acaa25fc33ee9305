import type { TargetList, TargetPattern } from '../../core/model/policy';
import type { TextListRules } from '../yaml/lists';
import type { ReadKey } from './read-key';
import { entriesOf, readList } from './read-list';

/** What a list of models may hold: names, as guardrails have them, or patterns with `*`, as the account's may be. */
export type ModelForm = 'names' | 'patterns';

const MODELS: Readonly<Record<ModelForm, TextListRules>> = {
  names: {
    pattern: /^[^\s*/]+\/[^\s*]+$/u,
    form: '`author/model`, such as `openai/gpt-5.2`, without `*`',
    maxChars: 200,
  },
  patterns: {
    pattern: /^[^\s*/]+\/\S+$/u,
    form: '`author/model`, such as `openai/gpt-5.2` or `anthropic/*`',
    maxChars: 200,
  },
};

/** Reads the models that are allowed, and those that are ignored. */
export function modelLists(read: ReadKey, form: ModelForm): readonly TargetList[] {
  const common = { subject: 'model', rules: MODELS[form] } as const;
  return [
    ...readList(read, {
      ...common,
      key: 'allowed_models',
      effect: 'allow',
      entriesOf: (name) => entriesOf(name, allowed(name.value)),
    }),
    ...readList(read, {
      ...common,
      key: 'ignored_models',
      effect: 'deny',
      entriesOf: (name) => entriesOf(name, denied(name.value)),
    }),
  ];
}

/**
 * A model is the one that its target names in full, and the one that its author itself serves under the bare name.
 * Elsewhere a bare name says nothing of whose model it is; nor does one that only matches a `*`, because who writes
 * models also serves those of others.
 */
function allowed(name: string): readonly TargetPattern[] {
  const { author, bare } = split(name);
  if (name.includes('*')) return [{ model: name }];
  return [{ model: name }, { provider: author, model: bare }];
}

/**
 * A ban holds for the bare name wherever it is served, behind whatever path (`@cf/openai/...`), and for every variant
 * (`:free`) of the model; that of an author for names in Amazon's form (`anthropic.claude-4`), too.
 */
function denied(name: string): readonly TargetPattern[] {
  const { author, bare } = split(name);
  const isAnyModel = /^\*+$/u.test(bare);
  const elsewhere: readonly TargetPattern[] = isAnyModel
    ? [{ provider: author, model: bare }, { model: `${author}.*` }, { model: `*.${author}.*` }]
    : [{ model: bare }, { model: `${bare}:*` }];
  const behind = [{ model: `*/${name}` }, { model: `*:${name}` }];
  return [{ model: name }, { model: `${name}:*` }, ...behind, ...elsewhere];
}

function split(name: string): { readonly author: string; readonly bare: string } {
  const at = name.indexOf('/');
  return { author: name.slice(0, at), bare: name.slice(at + 1) };
}
