import type {
  ListenerConfig,
  LogLevel,
  PolicyRoot,
  ServiceConfig,
} from '../../ports/service-config';
import { DEFAULT_CLIENT_PREFERENCES } from '../../ports/client-preferences';
import { DEFAULT_LIMITS } from '../../ports/service-limits';
import { completeAudit } from './audit';
import { DEFAULT_DIAGNOSTICS, DEFAULT_DRAIN_MS, DEFAULT_LISTEN } from './defaults';
import type { CallerDraft, ConfigDraft, ListenerDraft } from './draft';
import { tracingOf } from './tracing';

/** What the command line says; it replaces what the file and the environment say. */
export interface ConfigFlags {
  readonly roots?: readonly PolicyRoot[];
  readonly listeners?: readonly ListenerConfig[];
  /** Allows plaintext on every listener. */
  readonly insecure: boolean;
  readonly maxStalenessMs?: number;
  readonly logLevel?: LogLevel;
  /** `none`: nowhere. */
  readonly diagnosticsAddress?: string;
}

/** The whole configuration, defaults filled in. The draft must be without errors. */
export function completeConfig(draft: ConfigDraft, flags: ConfigFlags): ServiceConfig {
  const maxStalenessMs = flags.maxStalenessMs ?? draft.maxStalenessMs;
  const diagnosticsAddress = diagnosticsOf(draft, flags);
  const { keeptrustsStatus } = draft;
  const tracing = tracingOf(draft);
  return {
    roots: flags.roots ?? draft.roots ?? [],
    listeners: listenersOf(draft, flags),
    ...httpOf(draft, flags),
    callers: (draft.callers ?? []).map(callerOf),
    limits: { ...DEFAULT_LIMITS, ...draft.limits },
    clientPreferences: preferencesOf(draft),
    ...(maxStalenessMs === undefined ? {} : { maxStalenessMs }),
    drainTimeoutMs: draft.drainTimeoutMs ?? DEFAULT_DRAIN_MS,
    logLevel: flags.logLevel ?? draft.logLevel ?? 'info',
    recordedDecisions: draft.recordedDecisions ?? 'policies',
    ...(diagnosticsAddress === undefined ? {} : { diagnosticsAddress }),
    ...(keeptrustsStatus === undefined ? {} : { keeptrustsStatus }),
    ...completeAudit(draft),
    ...(tracing === undefined ? {} : { tracing }),
  };
}

function preferencesOf(draft: ConfigDraft): ServiceConfig['clientPreferences'] {
  const { headers, formats } = DEFAULT_CLIENT_PREFERENCES;
  return {
    headers: draft.preferenceHeaders ?? headers,
    formats: draft.preferenceFormats ?? formats,
  };
}

function diagnosticsOf(draft: ConfigDraft, flags: ConfigFlags): string | undefined {
  if (flags.diagnosticsAddress === 'none') return undefined;
  if (flags.diagnosticsAddress !== undefined) return flags.diagnosticsAddress;
  if (draft.diagnosticsEnabled === false) return undefined;
  return draft.diagnosticsAddress ?? DEFAULT_DIAGNOSTICS;
}

function listenersOf(draft: ConfigDraft, flags: ConfigFlags): readonly ListenerConfig[] {
  const listeners = flags.listeners ??
    draft.listeners?.map(listenerOf) ?? [{ address: DEFAULT_LISTEN, insecure: false }];
  return flags.insecure ? listeners.map(insecurely) : listeners;
}

function httpOf(
  { httpListeners }: ConfigDraft,
  { insecure }: ConfigFlags,
): Pick<ServiceConfig, 'httpListeners'> {
  const listeners = httpListeners?.map(listenerOf);
  if (listeners === undefined) return {};
  return { httpListeners: insecure ? listeners.map(insecurely) : listeners };
}

function insecurely(listener: ListenerConfig): ListenerConfig {
  return { ...listener, insecure: true };
}

/** A listener without what only the reading of the file needs. */
function listenerOf({ address, tls, caller, insecure }: ListenerDraft): ListenerConfig {
  return {
    address,
    ...(tls === undefined ? {} : { tls }),
    ...(caller === undefined ? {} : { caller }),
    insecure,
  };
}

function callerOf(draft: CallerDraft): ServiceConfig['callers'][number] {
  const { name, certificateUris, tenants, scopes, modelIdStyle, traits } = draft;
  return { name, certificateUris, tenants, scopes, modelIdStyle, traits };
}
