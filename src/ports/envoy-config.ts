import type { Finding } from '../core/model/finding';
import type { PolicySet } from '../core/model/policy-set';

/** How Envoy walks the eligible targets: `recommended` needs Envoy 1.40, `portable` 1.37. */
export const ENVOY_VARIANTS = ['recommended', 'portable'] as const;

/** How Ambit learns of a request: it is shown the body, or only what Envoy lifts out of it. */
export const ENVOY_READINGS = ['body', 'metadata'] as const;

/** Where a socket is: of TCP, or in the file system. */
export type EnvoyAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

/** What a configuration of Envoy depends on, besides the targets. */
export interface EnvoyConfigOptions {
  readonly variant: (typeof ENVOY_VARIANTS)[number];
  readonly reading: (typeof ENVOY_READINGS)[number];
  /** Whom the requests are for: `tenant`, scope keys, and keys that speak to Ambit. */
  readonly context: ReadonlyMap<string, string>;
  /** Where clients connect. */
  readonly listen: EnvoyAddress;
  /** Absent: no admin interface. */
  readonly admin?: EnvoyAddress;
  /** Where Ambit listens. */
  readonly ambit: EnvoyAddress;
  /** The directory of the keys, a file for each target. */
  readonly secretsDirectory: string;
  /** The authorities (PEM) of the providers' certificates. */
  readonly caFile: string;
  /** Authorities of single targets, by id. */
  readonly caFiles: ReadonlyMap<string, string>;
  readonly logFile: string;
}

/** A configuration, absent if an error keeps it from being written, and what is to be said of the targets. */
export interface EnvoyConfig {
  readonly text?: string;
  /** The targets that the configuration can reach, in file order. */
  readonly targetIds: readonly string[];
  readonly findings: readonly Finding[];
}

/** Writes a configuration for the targets of the policies. The same input gives the same text. */
export type WriteEnvoyConfig = (set: PolicySet, options: EnvoyConfigOptions) => EnvoyConfig;
