import type { MapReader } from '../../dialects/yaml/reader';
import type { Span } from '../../dialects/yaml/source-text';
import type { SinkTlsSettings } from '../../ports/sink-settings';
import { isLoopback } from '../address';
import type { ConfigDraft } from './draft';
import { readSecretReference } from './secret-reference';

/** A sink that is being read. */
export interface SinkMap {
  readonly name: string;
  readonly map: MapReader;
  readonly resolve: ConfigDraft['resolve'];
}

/** Reads TLS to a server: `system`, which trusts the authorities that Node knows, or a mapping. */
export function readSinkTls({ map, resolve }: SinkMap): SinkTlsSettings | undefined {
  const value = map.value('tls');
  if (value === undefined) return undefined;
  if (value.kind !== 'map') return value.choice(['system']) === undefined ? undefined : {};
  const tls = value.map();
  if (tls === undefined) return undefined;
  const ca = tls.text('ca_file');
  const certificate = tls.text('certificate_file');
  const privateKey = readSecretReference(tls.value('private_key'), resolve);
  tls.close();
  if (tls.isEmpty) tls.fail('empty_map', `\`${tls.path}\` is empty`, { help: 'write `system`' });
  if (tls.has('certificate_file') !== tls.has('private_key')) {
    tls.fail('missing_key', 'a certificate and its private key are shown together', {
      help: 'write both `certificate_file` and `private_key`, or none of them',
    });
  }
  return {
    ...(ca === undefined ? {} : { caFile: resolve(ca.value) }),
    ...(certificate === undefined ? {} : { certificateFile: resolve(certificate.value) }),
    ...(privateKey === undefined ? {} : { privateKey }),
  };
}

/** Where a sink leads. */
interface Destination {
  readonly at: Span;
  /** Names and addresses; a path is a socket of this machine. */
  readonly hosts: readonly string[];
  readonly isPlain: boolean;
}

/** Reads `insecure`, and reports evidence that would go beyond this machine in plaintext without it. */
export function checkPlaintextSink({ map }: SinkMap, { at, hosts, isPlain }: Destination): void {
  const isAllowed = map.boolean('insecure')?.value ?? false;
  const isLocal = hosts.every((host) => host.startsWith('/') || isLoopback(host));
  if (!isPlain || isLocal || isAllowed) return;
  const message = 'this sink would send evidence in plaintext beyond this machine';
  map.report.error('plaintext_sink', at, message, {
    help: 'use TLS (`tls: system`, or `https`), or say `insecure: true`',
  });
}
