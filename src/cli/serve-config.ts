import type { Finding } from '../core/model/finding';
import { completeConfig } from '../platform/config/complete';
import type { ConfigFlags } from '../platform/config/complete';
import type { AuditPlaces, TlsPlaces, TracingDraft } from '../platform/config/draft';
import { plaintextProblem } from '../platform/config/listener-problem';
import { readConfig } from '../platform/config/read-config';
import type { ConfigReading } from '../platform/config/read-config';
import { formatAddress, parseAddress } from '../platform/address';
import type { SourceFile } from '../ports/policy-dialect';
import { allListeners, LOG_LEVELS } from '../ports/service-config';
import type { ListenerConfig, PolicyRoot, ServiceConfig, TlsConfig } from '../ports/service-config';
import type { CommandContext } from './command-context';
import type { ParsedArguments } from './parsed-arguments';
import { rootsOf } from './policy-roots';
import { UsageError } from './usage-error';

/** The configuration of a service; absent if something is wrong with what it is read from. */
export interface ServeConfig {
  readonly config?: ServiceConfig;
  /** What policies are read from, as far as that is known; a check looks at them in any case. */
  readonly roots: readonly PolicyRoot[];
  readonly findings: readonly Finding[];
  readonly sources: readonly SourceFile[];
  /** The keys that name the files of each listener's TLS; only what a text states has some. */
  readonly tlsPlaces: ReadonlyMap<TlsConfig, TlsPlaces>;
  /** The keys that state where traces are sent. */
  readonly tracingPlaces: TracingDraft['places'];
  /** The keys that state how evidence is kept. */
  readonly auditPlaces: AuditPlaces;
}

const MS_PER_SECOND = 1000;

/** Reads `--config`, the environment over it, and the flags over both. Wrong flags are usage errors. */
export async function readServeConfig(
  parsed: ParsedArguments,
  context: CommandContext,
): Promise<ServeConfig> {
  const reading = await readTexts(parsed, context);
  const { findings, sources } = reading;
  const { audit, tracing } = reading.draft;
  const places = {
    tlsPlaces: tlsPlacesOf(reading),
    tracingPlaces: tracing.places,
    auditPlaces: audit?.places ?? { keys: {} },
  };
  const dialects = await context.dependencies.loadDialects();
  const names = dialects.map(({ name }) => name);
  const flags = flagsOf(parsed, names);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    // What is missing because it is wrong would lead to more findings, which say nothing new.
    return {
      roots: flags.roots ?? reading.draft.roots ?? [],
      findings: errors,
      sources,
      ...places,
    };
  }
  const config = completeConfig(reading.draft, flags);
  // Nothing to read is an error, and the same one as for every command that reads policies.
  const roots = config.roots.length > 0 ? config.roots : rootsOf(parsed, names);
  for (const listener of allListeners(config)) checkListener(listener, config);
  checkDiagnostics(config);
  return { config: { ...config, roots }, roots, findings, sources, ...places };
}

function tlsPlacesOf({ draft }: ConfigReading): ServeConfig['tlsPlaces'] {
  const places = new Map<TlsConfig, TlsPlaces>();
  const { listeners = [], httpListeners = [] } = draft;
  for (const { tls, tlsPlaces } of [...listeners, ...httpListeners]) {
    if (tls !== undefined && tlsPlaces !== undefined) places.set(tls, tlsPlaces);
  }
  return places;
}

async function readTexts(
  parsed: ParsedArguments,
  { dependencies }: CommandContext,
): Promise<ConfigReading> {
  const { environment, reader } = dependencies;
  const path = parsed.value('config');
  if (path === undefined) return readConfig({ environment });
  const read = await reader.read(path);
  if ('failure' in read) {
    throw new UsageError(
      `cannot read \`${path}\`: ${read.failure}`,
      'name the file of the service',
    );
  }
  return readConfig({ file: read.file, environment });
}

function flagsOf(parsed: ParsedArguments, dialects: readonly string[]): ConfigFlags {
  const statesRoots = ['policy', 'catalog'].some((name) => parsed.has(name));
  const maxStalenessMs = millisecondsOf(parsed, 'max-staleness');
  const logLevel = LOG_LEVELS.find((level) => level === parsed.value('log-level'));
  const diagnosticsAddress = diagnosticsOf(parsed);
  return {
    ...(statesRoots ? { roots: rootsOf(parsed, dialects) } : {}),
    ...(parsed.has('listen') ? { listeners: parsed.values('listen').map(listenerOf) } : {}),
    insecure: parsed.has('insecure'),
    ...(maxStalenessMs === undefined ? {} : { maxStalenessMs }),
    ...(logLevel === undefined ? {} : { logLevel }),
    ...(diagnosticsAddress === undefined ? {} : { diagnosticsAddress }),
  };
}

function listenerOf(address: string): ListenerConfig {
  return { address, insecure: false };
}

/** Listeners of the file were checked at their words; those of flags are checked here. */
function checkListener(listener: ListenerConfig, { callers }: ServiceConfig): void {
  const { address, caller, tls } = listener;
  if (parseAddress(address) === undefined) {
    throw new UsageError(`\`${address}\` is no address; write \`HOST:PORT\` or \`unix:/PATH\``);
  }
  const problem = plaintextProblem(listener);
  if (problem !== undefined) throw new UsageError(problem.message, problem.help);
  const isKnown = caller !== undefined || tls?.clientCaFile !== undefined || callers.length === 0;
  if (!isKnown) {
    throw new UsageError(
      `there are callers, and nothing tells which of them asks at \`${address}\``,
      'name its `caller` under `listeners` in the configuration',
    );
  }
}

/** Flags may move either of the two, so this shows only where all is known. */
function checkDiagnostics(config: ServiceConfig): void {
  const { diagnosticsAddress = '' } = config;
  const diagnostics = parseAddress(diagnosticsAddress);
  // Port 0 is another port each time.
  if (diagnostics === undefined || (diagnostics.kind === 'tcp' && diagnostics.port === 0)) return;
  const text = formatAddress(diagnostics);
  const isTaken = allListeners(config).some(({ address }) => {
    const parsed = parseAddress(address);
    return parsed !== undefined && formatAddress(parsed) === text;
  });
  if (!isTaken) return;
  throw new UsageError(
    `\`${text}\` is the address of a listener and of diagnostics`,
    'give diagnostics another one with `diagnostics.address` or `--diagnostics`',
  );
}

function diagnosticsOf(parsed: ParsedArguments): string | undefined {
  const address = parsed.value('diagnostics');
  if (address === undefined || address === 'none' || parseAddress(address) !== undefined) {
    return address;
  }
  throw new UsageError(
    `\`${address}\` is no address of \`--diagnostics\``,
    'write `HOST:PORT`, `unix:/PATH`, or `none`',
  );
}

function millisecondsOf(parsed: ParsedArguments, option: string): number | undefined {
  const text = parsed.value(option);
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || seconds === 0) {
    throw new UsageError(
      `\`${text}\` is no number of seconds of \`--${option}\``,
      `write a number above zero, such as \`--${option} 300\``,
    );
  }
  return seconds * MS_PER_SECOND;
}
