import type { Bundle } from '../core/engine/bundle';
import { classify } from '../core/engine/scope-class';
import type { RequestContext } from '../core/model/request';
import { nearestName } from '../dialects/yaml/nearest';
import { unnamedScope } from '../service/unnamed-scope';
import type { CommandContext } from './command-context';
import { printWarning } from './failures';

/** Warns, on the error stream, of scope keys and values of a request that are likely misspelt. */
export function warnOfUnnamedScope(
  bundle: Bundle,
  request: RequestContext,
  context: CommandContext,
): void {
  for (const { message, nearest } of unnamedScope(bundle, request, nearestName)) {
    printWarning(
      context,
      nearest === undefined ? message : `${message}; did you mean \`${nearest}\`?`,
    );
  }
}

/** Warns, on the error stream, of a tenant and scope under which every request is blocked. */
export function warnOfBlockedScope(
  bundle: Bundle,
  request: RequestContext,
  context: CommandContext,
): void {
  const { refusal } = classify(bundle, new Map(), request);
  if (refusal !== undefined) {
    printWarning(context, `every request would be blocked: ${refusal.message}`);
  }
}
