import { createSecureContext } from 'node:tls';

import {
  readPemFile,
  readSecret,
  type Environment,
  type SecretReading,
} from '../../platform/secret';
import type { SecretReference } from '../../ports/secret-reference';
import type {
  NatsCredentialSettings,
  SinkSettings,
  SinkTlsSettings,
} from '../../ports/sink-settings';
import type { NatsCredentials, SinkConfig, SinkTls } from './sink-config';

/** Reads all secrets and files that sinks name. `problem` tells what is wrong with the first, and never what it holds. */
export async function resolveSinks(
  settings: readonly SinkSettings[],
  environment: Environment,
): Promise<{ readonly configs: readonly SinkConfig[] } | { readonly problem: string }> {
  const configs: SinkConfig[] = [];
  for (const each of settings) {
    try {
      configs.push(await resolve(each, environment));
    } catch (error) {
      if (!(error instanceof SinkProblem)) throw error;
      return { problem: `the sink \`${each.name}\`: ${error.message}` };
    }
  }
  return { configs };
}

/** What an operator is told of a sink. */
class SinkProblem extends Error {}

async function resolve(settings: SinkSettings, environment: Environment): Promise<SinkConfig> {
  switch (settings.kind) {
    case 'stdout':
      return settings;
    case 'postgres': {
      const { password, tls, ...rest } = settings;
      return {
        ...rest,
        ...(password === undefined ? {} : { password: await lineOf(password, environment) }),
        ...(await tlsOf(tls, environment)),
      };
    }
    case 'nats': {
      const { credentials, tls, ...rest } = settings;
      return {
        ...rest,
        ...(credentials === undefined
          ? {}
          : { credentials: await credentialsOf(credentials, environment) }),
        ...(await tlsOf(tls, environment)),
      };
    }
    case 'otlp': {
      const { headers, tls, ...rest } = settings;
      return {
        ...rest,
        ...(headers === undefined ? {} : { headers: await headersOf(headers, environment) }),
        ...(await tlsOf(tls, environment)),
      };
    }
  }
}

async function credentialsOf(
  settings: NatsCredentialSettings,
  environment: Environment,
): Promise<NatsCredentials> {
  switch (settings.kind) {
    case 'password': {
      const { kind, user } = settings;
      return { kind, user, password: await lineOf(settings.password, environment) };
    }
    case 'token':
      return { kind: 'token', token: await lineOf(settings.token, environment) };
    case 'creds':
      return {
        kind: 'creds',
        text: await textOf(readSecret(settings.creds, environment), placeOf(settings.creds)),
      };
  }
}

async function headersOf(
  headers: Readonly<Record<string, SecretReference>>,
  environment: Environment,
): Promise<Readonly<Record<string, string>>> {
  const read: [string, string][] = [];
  for (const [name, reference] of Object.entries(headers)) {
    const value = await lineOf(reference, environment);
    if (!/^[\t\x20-\x7e]*$/u.test(value)) {
      throw new SinkProblem(`${placeOf(reference)} holds what no header can hold`);
    }
    read.push([name, value]);
  }
  return Object.fromEntries(read);
}

async function tlsOf(
  settings: SinkTlsSettings | undefined,
  environment: Environment,
): Promise<{ readonly tls?: SinkTls }> {
  if (settings === undefined) return {};
  const { caFile, certificateFile, privateKey } = settings;
  const ca = await pemOf(caFile);
  const cert = await pemOf(certificateFile);
  const key =
    privateKey === undefined
      ? undefined
      : await textOf(readSecret(privateKey, environment), placeOf(privateKey));
  const tls = {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
  try {
    createSecureContext(tls);
  } catch {
    throw new SinkProblem('its certificate, private key and authorities do not fit together');
  }
  return { tls };
}

async function pemOf(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const text = await textOf(readPemFile(path), `\`${path}\``);
  // Without one, a list of authorities would be taken for an empty one.
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new SinkProblem(`\`${path}\` holds no certificate in PEM`);
}

/** A secret of one line. Files end with a line end that is no part of it. */
async function lineOf(reference: SecretReference, environment: Environment): Promise<string> {
  const place = placeOf(reference);
  const text = await textOf(readSecret(reference, environment), place);
  const line = text.replace(/\r?\n$/u, '');
  if (line === '' || /[\r\n\0]/u.test(line)) {
    throw new SinkProblem(`${place} must hold one line, and not be empty`);
  }
  return line;
}

async function textOf(reading: Promise<SecretReading>, place: string): Promise<string> {
  const read = await reading;
  if ('problem' in read) throw new SinkProblem(read.problem);
  const text = read.bytes.toString('utf8');
  if (text.trim() === '') throw new SinkProblem(`${place} is empty`);
  return text;
}

function placeOf(reference: SecretReference): string {
  return 'file' in reference ? `\`${reference.file}\`` : `the variable \`${reference.env}\``;
}
