import { SERVICE_LIMITS } from '../ports/service-limits';
import type { ServiceLimits } from '../ports/service-limits';
import type { Ask } from '../ports/answer';
import type { Candidate, RequestContext } from '../core/model/request';
import type { CallFailure } from './incoming';
import { exceedsBytes } from './text-size';
import { invalidArgument } from './unary';

/** An ask within the limits, or why it is refused. */
export type LimitedAsk = { readonly ask: Ask } | { readonly failure: CallFailure };

/** Holds an ask to the limits that are configured. */
export type LimitAsk = (ask: Ask) => LimitedAsk;

/** The limits of one request that the configuration may narrow below those of the contract. */
export type AskLimits = Pick<ServiceLimits, 'candidates' | 'map_entries' | 'text_bytes'>;

/**
 * Creates what holds asks to the configured limits. What an enforcement point states is refused; what an end client
 * wrote is a problem of the request, which is then blocked.
 */
export function createAskLimit(limits: AskLimits): LimitAsk {
  // The contract's own limits hold already, so that texts are looked at only where they are to be shorter.
  const isNarrower = limits.text_bytes < SERVICE_LIMITS.text_bytes.max;
  return (ask) => {
    const fault = countFault(ask, limits) ?? (isNarrower ? textFault(ask, limits) : undefined);
    if (fault !== undefined) return invalidArgument(fault);
    return { ask: isNarrower ? withClientProblems(ask, limits) : ask };
  };
}

function countFault({ request }: Ask, limits: AskLimits): string | undefined {
  const { scope, attributes } = request.context;
  if ((request.candidates?.length ?? 0) > limits.candidates) {
    return `\`candidates\` has more than ${String(limits.candidates)} elements`;
  }
  const most = limits.map_entries;
  if (scope.size > most) return `\`context.scope\` has more than ${String(most)} entries`;
  return attributes.size > most
    ? `\`context.attributes\` has more than ${String(most)} entries`
    : undefined;
}

/** The first text of the enforcement point's that is too long. */
function textFault({ requestId, request }: Ask, { text_bytes: most }: AskLimits) {
  const { tenant, scope, attributes } = request.context;
  const texts: readonly (readonly [path: string, texts: Iterable<string | undefined>])[] = [
    ['request_id', [requestId]],
    ['context.tenant', [tenant]],
    ['context.scope', [...scope].flat()],
    ['context.attributes', [...attributes].flat()],
    ...(request.candidates ?? []).map(
      (each, index) => [`candidates[${String(index)}]`, textsOf(each)] as const,
    ),
  ];
  const found = texts.find(([, all]) => hasLong(all, most));
  return found && `\`${found[0]}\` has a text of more than ${String(most)} bytes`;
}

function textsOf(candidate: Candidate): readonly string[] {
  const { claims, ...parts } = candidate;
  const stated = claims.flatMap(({ name, value, evidence }) => [name, value, evidence].flat());
  return [...Object.values(parts), ...stated].filter((part) => typeof part === 'string');
}

function withClientProblems(ask: Ask, { text_bytes: most }: AskLimits): Ask {
  const found = clientTexts(ask.request.context).find(([, texts]) => hasLong(texts, most));
  if (found === undefined) return ask;
  const problem = `${found[0]} has a text of more than ${String(most)} bytes`;
  return { ...ask, request: { ...ask.request, problems: [...ask.request.problems, problem] } };
}

function clientTexts({ model, models, preferences }: RequestContext) {
  const lists = Object.values(preferences).filter((value): value is readonly string[] =>
    Array.isArray(value),
  );
  return [
    ['context.model', [model]],
    ['context.models', models],
    ['context.preferences', lists.flat()],
  ] as const;
}

function hasLong(texts: Iterable<string | undefined>, most: number): boolean {
  for (const text of texts) if (text !== undefined && exceedsBytes(text, most)) return true;
  return false;
}
