import { answerNative, onlyKeys, type NativeQuestion } from '../native-question';
import type { ProductAdapter } from '../vector';

/** What these inputs say. */
interface Input {
  readonly event?: string;
  readonly org: { readonly approved_models: readonly string[] | null };
  readonly groups?: readonly { readonly access_list: readonly string[] }[];
  readonly key?: { readonly access_list?: readonly string[] | 'deleted' };
  readonly request?: { readonly model: string };
  readonly requests?: readonly string[];
}

/** Requesty: each list is a policy of its own, so that all of them hold; a list that is gone is an unknown scope. */
export const requesty: ProductAdapter = {
  product: 'requesty',
  reasons: {},
  answer(vector) {
    onlyKeys(vector, 'event', 'org', 'groups', 'key', 'request', 'requests');
    const input = vector.input as unknown as Input;
    const models = input.requests ?? [input.request?.model ?? ''];
    const answer = answerNative({
      targets: models.map((id) => ({ id })),
      policies: policiesOf(input),
      ...scopeOf(input),
    });
    const allowed = models.map((model) => answer.eligible.includes(model));
    return { ...answer, more: { allowed: input.requests === undefined ? allowed[0] : allowed } };
  },
};

function policiesOf({ org, groups = [], key = {} }: Input): NativeQuestion['policies'] {
  const lists = [org.approved_models, key.access_list, ...groups.map((each) => each.access_list)];
  return lists
    .filter((list) => typeof list === 'object' && list !== null)
    .map((list) => ({ models: { allow: list.map((model) => ({ model })) } }));
}

function scopeOf({ key = {} }: Input): Pick<NativeQuestion, 'scopeValues' | 'context'> {
  if (key.access_list !== 'deleted') return {};
  return {
    scopeValues: { access_list: ['present'] },
    context: { scope: new Map([['access_list', 'deleted']]) },
  };
}
