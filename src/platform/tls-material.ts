import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';

import type { TlsConfig, TlsPart } from '../ports/service-config';
import { readPemFile, readSecret, type Environment, type SecretReading } from './secret';

/** What a listener shows and whom it trusts, read whole and found to fit together. */
export interface TlsMaterial {
  readonly cert: Buffer;
  readonly key: Buffer;
  /** Authorities of clients. Absent: clients show no certificate. */
  readonly ca?: Buffer;
  /** The first instant at which the certificate is no longer valid. */
  readonly expiresAtMs: number;
}

const BEGIN_CERTIFICATE = '-----BEGIN CERTIFICATE-----';
const BEGIN_REVOCATIONS = '-----BEGIN X509 CRL-----';

/** What keeps the files from being used, fit for a log, and which of them it is about. */
export interface TlsFailure {
  readonly problem: string;
  readonly part: TlsPart;
}

/** Reads everything that the configuration names. `problem` tells what does not fit, and never what a key holds. */
export async function readTlsMaterial(
  config: TlsConfig,
  environment: Environment,
): Promise<{ readonly material: TlsMaterial } | TlsFailure> {
  try {
    const cert = await bytesOf(readPemFile(config.certificateFile), 'certificate');
    const key = await bytesOf(readSecret(config.privateKey, environment), 'privateKey');
    const { clientCaFile } = config;
    const ca =
      clientCaFile === undefined ? undefined : await bytesOf(readPemFile(clientCaFile), 'clientCa');
    return { material: assemble({ cert, key, ...(ca === undefined ? {} : { ca }) }, config) };
  } catch (error) {
    if (error instanceof TlsProblem) return { problem: error.message, part: error.part };
    return { problem: 'the TLS files cannot be read', part: 'certificate' };
  }
}

/** True if the text is PEM with a certificate. An authority without one would be one that trusts nobody, or everybody. */
export function holdsCertificate(pem: Buffer | string): boolean {
  return pem.includes(BEGIN_CERTIFICATE);
}

/** True if both hold the same bytes. */
export function isSameMaterial(left: TlsMaterial, right: TlsMaterial): boolean {
  const sameCa =
    left.ca === undefined || right.ca === undefined
      ? left.ca === right.ca
      : left.ca.equals(right.ca);
  return sameCa && left.cert.equals(right.cert) && left.key.equals(right.key);
}

/** What can be told to an operator. */
class TlsProblem extends Error {
  readonly part: TlsPart;

  constructor(part: TlsPart, message: string) {
    super(message);
    this.part = part;
  }
}

function assemble(read: Omit<TlsMaterial, 'expiresAtMs'>, config: TlsConfig): TlsMaterial {
  const { cert, key, ca } = read;
  const certificate = certificateOf(cert, config.certificateFile, 'certificate');
  if (ca !== undefined) checkAuthorities(ca, config.clientCaFile ?? '');
  try {
    createSecureContext({ cert, key, ...(ca === undefined ? {} : { ca }) });
  } catch {
    const where = 'file' in config.privateKey ? config.privateKey.file : config.privateKey.env;
    throw new TlsProblem(
      'privateKey',
      `\`${where}\` holds no private key of \`${config.certificateFile}\``,
    );
  }
  return { ...read, expiresAtMs: Date.parse(certificate.validTo) };
}

/** Lists of what is revoked are not read, and whoever put one there relies on it. */
function checkAuthorities(ca: Buffer, path: string): void {
  certificateOf(ca, path, 'clientCa');
  if (!ca.includes(BEGIN_REVOCATIONS)) return;
  throw new TlsProblem(
    'clientCa',
    `\`${path}\` holds a list of revoked certificates, which is not read; remove it, and let certificates end soon`,
  );
}

function certificateOf(pem: Buffer, path: string, part: TlsPart): X509Certificate {
  try {
    if (!holdsCertificate(pem)) throw new Error('no certificate');
    return new X509Certificate(pem);
  } catch {
    throw new TlsProblem(part, `\`${path}\` holds no certificate in PEM`);
  }
}

/** Throws what cannot be read as a problem of this part. */
async function bytesOf(reading: Promise<SecretReading>, part: TlsPart): Promise<Buffer> {
  const read = await reading;
  if ('problem' in read) throw new TlsProblem(part, read.problem);
  return read.bytes;
}
