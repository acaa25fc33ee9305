import type { EnvoyModel } from '../model/envoy-model';
import { each, entry, field, isTrue, keySpot, text, valueSpot } from '../model/fields';
import {
  earlyRemovals,
  filterRemovals,
  removesPrefix,
  routeRemovals,
} from '../model/early-removal';
import { holdersOf } from '../model/levels';
import { isFilledIn } from '../../../ports/envoy-operators';
import { nodesIn } from '../model/walk';
import type { Manager } from '../model/manager';
import { quote } from '../quote';
import type { Hit, Rule } from '../rule';

/** The headers in which Ambit and Envoy speak to each other. */
const AMBIT_HEADERS = 'x-ambit-';

/** The headers that Envoy itself obeys: retries, timeouts, destinations. */
const ENVOY_HEADERS = 'x-envoy-';

const REMEDY =
  'remove them in `early_header_mutation_extensions`, by `remove_on_match: { key_matcher: { prefix: … } }`';

/** What the client writes there must be gone before anything reads the request. */
export const controlHeadersPass: Rule = {
  code: 'control_headers_pass',
  severity: 'error',
  meaning: 'a client can write the headers by which Ambit and Envoy speak to each other',
  remedy: REMEDY.replace('…', AMBIT_HEADERS),
  check: (model) =>
    unstripped(
      model,
      AMBIT_HEADERS,
      'a client can pretend to be Ambit, for routes, logs and providers',
    ),
};

/** Envoy takes orders from them, from everyone whom it takes for an internal client. */
export const envoyHeadersPass: Rule = {
  code: 'envoy_headers_pass',
  severity: 'error',
  meaning:
    'a client can write the headers by which Envoy is told about retries, timeouts and destinations',
  remedy: REMEDY.replace('…', ENVOY_HEADERS),
  check: (model) =>
    unstripped(model, ENVOY_HEADERS, 'a client can change retries, timeouts and destinations'),
};

/** To append is to keep what someone else wrote before it. */
export const controlHeaderAppended: Rule = {
  code: 'control_header_appended',
  severity: 'warning',
  meaning: 'a control header is added to what a client or provider wrote, and does not replace it',
  remedy: 'write `append_action: OVERWRITE_IF_EXISTS_OR_ADD`',
  check: ({ asking, hops }) =>
    [...asking, ...hops].flatMap(holdersOf).flatMap((holder) =>
      ['request_headers_to_add', 'response_headers_to_add']
        .flatMap((list) => each(holder, list))
        .filter(
          (option) =>
            text(option, 'header', 'key')?.toLowerCase().startsWith(AMBIT_HEADERS) === true,
        )
        .filter(appends)
        .map((option) => ({
          at:
            entry(option, 'append_action')?.value ??
            entry(option, 'append')?.value ??
            field(option, 'header', 'key') ??
            option,
          message: `${quote(text(option, 'header', 'key') ?? '')} may hold two values, of which the first is not ours`,
        })),
    ),
};

function appends(option: Parameters<typeof text>[0]): boolean {
  if (entry(option, 'append') !== undefined) return isTrue(option, 'append');
  return ['APPEND_IF_EXISTS_OR_ADD', '0'].includes(text(option, 'append_action') ?? '0');
}

function unstripped(model: EnvoyModel, prefix: string, harm: string): readonly Hit[] {
  return [...unremoved(model, prefix, harm), ...filledIn(model, prefix, harm)];
}

/** What is removed and then written anew, with what another header of the client holds. */
function filledIn({ asking }: EnvoyModel, prefix: string, harm: string): readonly Hit[] {
  return asking
    .flatMap(({ node }) => nodesIn(field(node, 'early_header_mutation_extensions')))
    .flatMap((node) => field(node, 'append', 'header') ?? [])
    .filter((header) => text(header, 'key')?.toLowerCase().startsWith(prefix) === true)
    .filter((header) => isFilledIn(text(header, 'value') ?? ''))
    .map((header) => ({
      at: valueSpot(header, 'value'),
      message: `what another header of the client holds becomes a header \`${prefix}…\`: ${harm}`,
    }));
}

function unremoved({ asking }: EnvoyModel, prefix: string, harm: string): readonly Hit[] {
  return asking
    .filter((manager) => !removesPrefix(earlyRemovals(manager), prefix))
    .map((manager) => ({
      at: keySpot(manager.node, 'early_header_mutation_extensions'),
      message: isLate(manager, prefix)
        ? `\`${prefix}\` headers of clients are removed too late, after routes and filters have read them: ${harm}`
        : `\`${prefix}\` headers of clients are not removed: ${harm}`,
    }));
}

function isLate(manager: Manager, prefix: string): boolean {
  const routes = holdersOf(manager).flatMap(routeRemovals);
  return (
    removesPrefix(filterRemovals(manager), prefix) ||
    [...routes, ...filterRemovals(manager)].some(({ name }) => name.startsWith(prefix))
  );
}
