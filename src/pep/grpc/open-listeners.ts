import type { Logger } from 'pino';

import { parseAddress } from '../../platform/address';
import type { TlsMaterial } from '../../platform/tls-material';
import { readTlsMaterial } from '../../platform/tls-material';
import { watchTlsFiles } from '../../platform/tls-watch';
import type { TlsWatch } from '../../platform/tls-watch';
import type { ListenerConfig, ServiceConfig } from '../../ports/service-config';
import type { SocketServer } from '../socket-server';
import { openListener } from './listener';
import type { Listener, ListenerEvents } from './listener';

/** A listener with what its configuration says of it. */
export interface OpenListener {
  readonly config: ListenerConfig;
  readonly listener: Listener;
  readonly tls?: TlsWatch;
}

/** What listeners are opened with. */
export interface ListenersParts {
  readonly config: ServiceConfig;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  /** The servers of listeners, which know who calls there: gRPC, and HTTP where it is configured. */
  readonly serverOf: ServerOf;
  readonly httpServerOf: ServerOf;
  readonly eventsOf: (listener: ListenerConfig) => ListenerEvents;
}

/** Makes what speaks at a listener. */
type ServerOf = (listener: ListenerConfig) => SocketServer;

/** A listener that is to be opened. */
interface Planned {
  readonly config: ListenerConfig;
  readonly serverOf: ServerOf;
  readonly option: string;
}

/** Opens every listener, or none: what was opened before one fails is closed again. */
export async function openListeners(
  parts: ListenersParts,
): Promise<{ readonly opened: readonly OpenListener[] } | { readonly problem: string }> {
  const opened: OpenListener[] = [];
  for (const planned of plan(parts)) {
    const result = await openOne(parts, planned);
    if ('problem' in result) {
      await closeAll(opened, 0);
      return result;
    }
    opened.push(result);
  }
  return { opened };
}

function plan({ config, serverOf, httpServerOf }: ListenersParts): readonly Planned[] {
  const { listeners, httpListeners = [] } = config;
  return [
    ...listeners.map((each) => ({ config: each, serverOf, option: '--listen' })),
    ...httpListeners.map((each) => ({ config: each, serverOf: httpServerOf, option: 'http' })),
  ];
}

/** Lets all calls end within the time, then cuts what is left. */
export async function closeAll(opened: readonly OpenListener[], timeoutMs: number): Promise<void> {
  for (const { tls } of opened) tls?.close();
  await Promise.all(opened.map(({ listener }) => listener.drain(timeoutMs)));
}

async function openOne(
  parts: ListenersParts,
  { config, serverOf, option }: Planned,
): Promise<OpenListener | { readonly problem: string }> {
  const { environment } = parts;
  const address = parseAddress(config.address);
  if (address === undefined) return { problem: `\`${config.address}\` is no address` };
  const tls = config.tls === undefined ? undefined : await readTlsMaterial(config.tls, environment);
  if (tls !== undefined && 'problem' in tls) {
    return { problem: `cannot listen on \`${config.address}\`: ${tls.problem}` };
  }
  const opened = await openListener({
    server: serverOf(config),
    address,
    option,
    ...(tls === undefined ? {} : { tls: tls.material }),
    limits: parts.config.limits,
    drainTimeoutMs: parts.config.drainTimeoutMs,
    events: parts.eventsOf(config),
  });
  if ('problem' in opened) return opened;
  const { listener } = opened;
  if (tls === undefined) return { config, listener };
  return { config, listener, tls: watchTls(parts, { config, listener, material: tls.material }) };
}

function watchTls(
  { environment, log }: ListenersParts,
  opened: Omit<OpenListener, 'tls'> & { readonly material: TlsMaterial },
): TlsWatch | never {
  const { config, listener, material } = opened;
  const { tls } = config;
  if (tls === undefined) throw new Error('a listener without TLS has no files to watch');
  const { address } = listener;
  return watchTlsFiles(
    { config: tls, environment, material },
    {
      onChange: (renewed) => {
        listener.renewTls(renewed);
        const expiresAt = new Date(renewed.expiresAtMs).toISOString();
        log.info({ address, expires_at: expiresAt }, 'certificate renewed');
      },
      onProblem: (problem) => {
        log.error({ address, problem }, 'the TLS files are refused; those read before stay');
      },
      onMended: () => {
        log.info({ address }, 'the TLS files are valid again; the certificate stays');
      },
    },
  );
}
