import type { Ask } from '../ports/answer';
import type { WireJson } from '../ports/wire-json';
import type { ParsedArguments } from './parsed-arguments';
import type { CommandContext } from './command-context';
import { REQUEST_OPTIONS } from './global-options';
import { UsageError } from './usage-error';

/**
 * A request as JSON text of the wire contract: a DecideRequest from a file, or an offer (ListEligibleRequest)
 * that the options describe, whose candidates the catalog chooses.
 */
export type RequestText =
  | { readonly kind: 'ask'; readonly text: string; readonly name: string }
  | { readonly kind: 'offer'; readonly text: string };

/** Reads `--request`, or builds an offer from `--model` and its companions. */
export async function requestTextOf(
  parsed: ParsedArguments,
  context: CommandContext,
): Promise<RequestText> {
  const path = parsed.value('request');
  if (path === undefined) return { kind: 'offer', text: JSON.stringify(offerOf(parsed)) };
  const companion = REQUEST_OPTIONS.find(({ name }) => name !== 'request' && parsed.has(name));
  if (companion !== undefined) {
    throw new UsageError(
      `\`--${companion.name}\` and \`--request\` exclude each other`,
      'write it into the request',
    );
  }
  if (path === '-' && namesStdin(parsed)) {
    throw new UsageError(
      'the standard input `-` is named twice, and can be read only once',
      'name it once',
    );
  }
  const outcome = await context.dependencies.reader.read(path);
  if ('failure' in outcome) {
    throw new UsageError(`cannot read the request \`${path}\`: ${outcome.failure}`);
  }
  return { kind: 'ask', text: outcome.file.text, name: outcome.file.name };
}

function namesStdin(parsed: ParsedArguments): boolean {
  return [...parsed.values('policy'), ...parsed.values('catalog')].some((text) =>
    /^([a-z][a-z0-9_-]+:)?-$/.test(text),
  );
}

function offerOf(parsed: ParsedArguments): object {
  const api = parsed.value('api');
  const context = {
    model: parsed.value('model'),
    tenant: parsed.value('tenant'),
    scope: scopeOf(parsed.values('scope')),
    api: api === undefined ? undefined : `API_${api.toUpperCase()}`,
    features: parsed.values('feature'),
    preferences: preferencesOf(parsed),
  };
  return { context };
}

function scopeOf(texts: readonly string[]): Readonly<Record<string, string>> {
  const scope = new Map<string, string>();
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at < 1) {
      throw new UsageError(
        `\`${text}\` is no scope`,
        'write `--scope KEY=VALUE`, such as team=research',
      );
    }
    const key = text.slice(0, at);
    if (scope.has(key))
      throw new UsageError(`the scope key \`${key}\` is given twice`, 'give it once');
    scope.set(key, text.slice(at + 1));
  }
  return Object.fromEntries(scope);
}

function preferencesOf(parsed: ParsedArguments): object {
  return {
    only: namesOf(parsed.value('prefer-only')),
    ignore: namesOf(parsed.value('prefer-ignore')),
    order: namesOf(parsed.value('prefer-order')),
    zeroDataRetention: parsed.has('prefer-zero-data-retention') ? true : undefined,
    noTraining: parsed.has('prefer-no-training') ? true : undefined,
  };
}

function namesOf(text: string | undefined): readonly string[] | undefined {
  return text?.split(',').map((name) => name.trim());
}

/** The ask that a text holds; what is no request is a usage error that names the field. */
export function readRequest(request: RequestText, wireJson: WireJson): Ask {
  const reading =
    request.kind === 'ask' ? wireJson.readAsk(request.text) : wireJson.readOffer(request.text);
  if ('ask' in reading) return reading.ask;
  const name = request.kind === 'ask' ? `\`${request.name}\`` : 'the options';
  throw new UsageError(`${name}: ${reading.problem}`, 'see docs/cli.md for the form of a request');
}
