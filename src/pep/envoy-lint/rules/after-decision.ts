import { field, text } from '../model/fields';
import {
  filtersAfter,
  filtersOf,
  overridesOf,
  type HttpFilter,
  type Manager,
} from '../model/manager';
import { TYPES } from '../model/types';
import { keepsKnownHeaders, keepsTexts } from '../../shared/hop-scripts';
import { quote } from '../quote';
import type { Rule } from '../rule';
import type { Spot } from '../yaml/config-node';

/** Filters that run someone's code, here or elsewhere. */
const PROGRAMS = /^filters\.http\.(?:ext_proc|lua|wasm|golang|dynamic_modules)\./u;

/** What Ambit judged must be what is sent. */
export const changedAfterDecision: Rule = {
  code: 'changed_after_decision',
  severity: 'warning',
  meaning: 'a program runs after the decision, and can change the path, the body or the metadata',
  remedy: 'let it run before `ext_authz`, so that Ambit judges what it leaves',
  check: ({ asking, hops }) =>
    [
      ...asking
        .flatMap((manager) => filtersAfter(manager, TYPES.extAuthz))
        .filter((filter) => PROGRAMS.test(filter.type) || writes(filter)),
      ...hops.flatMap(own).filter(({ type }) => PROGRAMS.test(type)),
      ...[...asking, ...hops].flatMap(overriding),
    ].map(({ node, name }) => ({
      at: node,
      message: `${quote(name)} runs after Ambit has decided, and can make another request of what was judged`,
    })),
};

/** What routes let other programs do in the place of those of the filters behind the decision. */
function overriding(manager: Manager): readonly { readonly node: Spot; readonly name: string }[] {
  const isAsking = filtersOf(manager, TYPES.extAuthz).length > 0;
  const behind = isAsking ? filtersAfter(manager, TYPES.extAuthz) : manager.filters;
  const names = new Set(behind.map(({ name }) => name));
  return overridesOf(manager)
    .filter(({ filter, type }) => names.has(filter) && PROGRAMS.test(type))
    .filter(({ disabledAt }) => disabledAt === undefined)
    .map(({ filter, entry }) => ({ node: entry.key, name: filter }));
}

/** True for what writes a body or path where each target's own is not written yet. */
function writes({ type, body }: HttpFilter): boolean {
  const changes = field(body, 'request_transformation', 'body_transformation');
  return (
    type.startsWith('filters.http.aws_lambda.') ||
    (type === TYPES.transform && changes !== undefined)
  );
}

/** The filters of a hop, save the scripts that only take away. */
function own({ filters }: Manager): readonly HttpFilter[] {
  return filters.filter(({ type, body }) => {
    const script = text(body, 'default_source_code', 'inline_string') ?? '';
    return type !== TYPES.lua || !(keepsKnownHeaders(script) || keepsTexts(script));
  });
}
