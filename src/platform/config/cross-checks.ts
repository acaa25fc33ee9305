import { quote, quoteAll } from '../../dialects/yaml/source-text';
import { nearestName } from '../../dialects/yaml/nearest';
import { formatAddress, parseAddress } from '../address';
import type { CallerDraft, ConfigDraft, ListenerDraft } from './draft';
import { plaintextProblem } from './listener-problem';

/** Reports what only shows when the listeners and the callers are seen together. */
export function checkTogether({ listeners, httpListeners = [], callers = [] }: ConfigDraft): void {
  checkNames(callers);
  checkUris(callers);
  const all = [...(listeners ?? []), ...httpListeners];
  checkAddresses(all);
  for (const listener of all) {
    checkPlaintext(listener);
    checkCaller(listener, callers);
    if (callers.length === 0) checkCertificates(listener);
  }
  // Flags may still say where to listen.
  if (listeners === undefined) return;
  for (const caller of callers) checkReachable(caller, all);
}

function checkNames(callers: readonly CallerDraft[]): void {
  const seen = new Map<string, CallerDraft>();
  for (const caller of callers) {
    const first = seen.get(caller.name);
    if (first === undefined) seen.set(caller.name, caller);
    else {
      caller.report.error(
        'duplicate_item',
        caller.at,
        `the caller ${quote(caller.name)} stands twice`,
        {
          help: 'give each caller a name of its own',
          related: { at: first.at, message: 'the first stands here' },
        },
      );
    }
  }
}

/** One certificate is one caller, or nobody could say whose rights it has. */
function checkUris(callers: readonly CallerDraft[]): void {
  const owners = new Map<string, { readonly caller: CallerDraft; readonly index: number }>();
  for (const caller of callers) {
    caller.certificateUris.forEach((uri, index) => {
      const at = caller.uriSpans[index] ?? caller.at;
      const first = owners.get(uri);
      if (first === undefined) {
        owners.set(uri, { caller, index });
        return;
      }
      const message = `${quote(uri)} is that of the caller ${quote(first.caller.name)}, too`;
      caller.report.error('contradiction', at, message, {
        help: 'give each certificate to one caller',
        related: { at: first.caller.uriSpans[first.index] ?? first.caller.at, message: 'here' },
      });
    });
  }
}

function checkAddresses(listeners: readonly ListenerDraft[]): void {
  const seen = new Map<string, ListenerDraft>();
  for (const listener of listeners) {
    const address = parseAddress(listener.address);
    // Port 0 is another port each time.
    if (address === undefined || (address.kind === 'tcp' && address.port === 0)) continue;
    const text = formatAddress(address);
    const first = seen.get(text);
    if (first === undefined) seen.set(text, listener);
    else {
      listener.report.error('duplicate_item', listener.at, `${quote(text)} stands twice`, {
        help: 'give each listener an address of its own',
        related: { at: first.at, message: 'the first stands here' },
      });
    }
  }
}

function checkPlaintext(listener: ListenerDraft): void {
  const problem = plaintextProblem(listener);
  if (problem === undefined) return;
  const { message, help } = problem;
  listener.report.error('plaintext_listener', listener.at, message, { help });
}

function checkCaller(listener: ListenerDraft, callers: readonly CallerDraft[]): void {
  const { caller, callerAt, tls, at, report } = listener;
  const asksCertificate = tls?.clientCaFile !== undefined;
  if (caller === undefined) {
    if (callers.length === 0 || asksCertificate) return;
    report.error('caller_unknown_at_listener', at, 'nothing tells who asks at this listener', {
      help: `name one with \`caller\` (${quoteAll(callers.map(({ name }) => name))}), or ask for certificates with \`tls.client_ca_file\``,
    });
    return;
  }
  if (asksCertificate) {
    report.error(
      'contradiction',
      callerAt ?? at,
      'the certificate tells who asks, and so does `caller`',
      {
        help: 'remove `caller`, or `client_ca_file`',
      },
    );
    return;
  }
  if (callers.some(({ name }) => name === caller)) return;
  const nearest = nearestName(
    caller,
    callers.map(({ name }) => name),
  );
  report.error('unknown_caller', callerAt ?? at, `the caller ${quote(caller)} is not declared`, {
    ...(nearest === undefined ? { help: 'declare it under `callers`' } : { replacement: nearest }),
  });
}

/** Legitimate for one gateway, but seldom what is meant where somebody issues certificates to several. */
function checkCertificates({ tls, tlsPlaces, at, report }: ListenerDraft): void {
  if (tls?.clientCaFile === undefined) return;
  report.notice(
    'certificates_without_callers',
    tlsPlaces?.clientCa ?? at,
    'whoever has a certificate of these authorities may claim any tenant and any scope',
    { help: 'say under `callers` which certificate may claim which tenants' },
  );
}

function checkReachable(caller: CallerDraft, listeners: readonly ListenerDraft[]): void {
  const hasCertificate = caller.certificateUris.length > 0;
  const isKnown = listeners.some(
    (listener) =>
      listener.caller === caller.name ||
      (hasCertificate && listener.tls?.clientCaFile !== undefined),
  );
  if (isKnown) return;
  caller.report.notice(
    'unreachable_caller',
    caller.at,
    `nobody can be the caller ${quote(caller.name)}`,
    {
      help: hasCertificate
        ? 'give a listener a `client_ca_file`'
        : 'name it at a listener, or give it `certificate_uris`',
    },
  );
}
