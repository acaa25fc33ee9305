import type { Bundle } from '../core/engine/bundle';
import { classify } from '../core/engine/scope-class';
import type { Refusal } from '../core/engine/scope-class';
import type { RequestContext } from '../core/model/request';
import { TENANT_KEY } from '../core/policy/scope-match';
import { nearestName } from '../dialects/yaml/nearest';
import { noneEligible } from '../service/none-eligible';
import type { NoneEligible, Reachable } from '../service/none-eligible';
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
    const message = `every request would be blocked: ${refusal.message}`;
    printWarning(context, message, helpFor(bundle, refusal));
  }
}

/** How many names a message lists. */
const MAX_LISTED = 8;

function helpFor({ scopeValues }: Bundle, { code }: Refusal): string | undefined {
  const tenants = scopeValues.get(TENANT_KEY);
  const isOfTenants = code === 'tenant_required' || code === 'unknown_tenant';
  if (!isOfTenants || tenants === undefined || tenants === 'any') return undefined;
  const listed = tenants.slice(0, MAX_LISTED).map((name) => `\`${name}\``);
  const more = tenants.length > MAX_LISTED ? ', …' : '';
  return `write \`--context tenant=NAME\`; the policy declares ${listed.join(', ')}${more}`;
}

/** Warns, on the error stream, of a tenant and scope whose requests could go to none of the targets. */
export function warnOfNoneEligible(
  bundle: Bundle,
  reachable: Reachable,
  context: CommandContext,
): void {
  const found = noneEligible(bundle, reachable);
  if (found === undefined) return;
  printWarning(context, `every request would be blocked: ${wordsOf(found)}`, EXPLAIN);
}

const EXPLAIN =
  '`ambit explain` with the same files, tenant and scope shows what each target lacks, and what to declare';

function wordsOf(found: NoneEligible): string {
  if (typeof found === 'string')
    return 'the files of all its targets are for other tenants or scopes';
  const { target, reasons } = found;
  const [{ requirement, expected, observed, message }] = reasons;
  const why =
    expected === '' || observed === ''
      ? message
      : `\`${requirement}\` expects ${expected}, observed ${observed}`;
  return `no target may receive one, not \`${target}\` either (${why})`;
}
