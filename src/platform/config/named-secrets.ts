import type { AuditPart } from '../../ports/audit-check';
import type { SecretReference } from '../../ports/secret-reference';
import { allListeners } from '../../ports/service-config';
import type { ServiceConfig, TlsConfig } from '../../ports/service-config';
import type { NatsCredentialSettings, SinkSettings } from '../../ports/sink-settings';

/** A secret that a configuration names, and what it is for. */
export interface NamedSecret {
  readonly reference: SecretReference;
  readonly of: { readonly tls: TlsConfig } | { readonly audit: AuditPart } | 'tracing';
}

/** Every private key, password, token and header that a configuration names. */
export function secretsOf(config: ServiceConfig): readonly NamedSecret[] {
  const { audit, tracing } = config;
  const listeners = allListeners(config).flatMap(({ tls }): readonly NamedSecret[] =>
    tls === undefined ? [] : [{ reference: tls.privateKey, of: { tls } }],
  );
  const keys = (['privateKey', 'previousKey'] as const).flatMap((part): readonly NamedSecret[] => {
    const reference = audit?.[part];
    return reference === undefined ? [] : [{ reference, of: { audit: part } }];
  });
  const sinks = (audit?.sinks ?? []).flatMap((sink): readonly NamedSecret[] =>
    secretsOfSink(sink).map((reference) => ({ reference, of: { audit: { sink: sink.name } } })),
  );
  const headers = Object.values(tracing?.headers ?? {}).map((reference): NamedSecret => ({
    reference,
    of: 'tracing',
  }));
  return [...listeners, ...keys, ...sinks, ...headers];
}

function secretsOfSink(settings: SinkSettings): readonly SecretReference[] {
  if (settings.kind === 'stdout') return [];
  const key = settings.tls?.privateKey;
  return [...ownSecrets(settings), ...(key === undefined ? [] : [key])];
}

function ownSecrets(
  settings: Exclude<SinkSettings, { readonly kind: 'stdout' }>,
): readonly SecretReference[] {
  switch (settings.kind) {
    case 'postgres':
      return settings.password === undefined ? [] : [settings.password];
    case 'nats':
      return settings.credentials === undefined ? [] : [secretIn(settings.credentials)];
    case 'otlp':
      return Object.values(settings.headers ?? {});
  }
}

function secretIn(credentials: NatsCredentialSettings): SecretReference {
  switch (credentials.kind) {
    case 'password':
      return credentials.password;
    case 'token':
      return credentials.token;
    case 'creds':
      return credentials.creds;
  }
}
