import { entries, text } from '../model/fields';
import { contextsOf } from '../model/manager';
import { isKnownExtension } from '../../../ports/own-extensions';
import { quote } from '../quote';
import type { Rule } from '../rule';

/** Ambit refuses to be asked with what it does not know, so nothing passes. */
export const unknownContext: Rule = {
  code: 'unknown_context',
  severity: 'error',
  meaning: 'Ambit is told something that it does not know, and blocks every request',
  remedy:
    'write one of the keys and values that docs/envoy.md lists, or a scope key without `ambit.`',
  check: ({ asking }) =>
    asking
      .flatMap(contextsOf)
      .flatMap(entries)
      .filter(([key, { value }]) => !isKnownExtension(key, text(value) ?? ''))
      .map(([key, { key: at }]) => ({
        at,
        message: `${quote(key)} is not known with this value, so that every request of the route is blocked`,
      })),
};
