import type { ClientTls, DecisionClient } from '../ports/decision-client';
import type { CommandContext } from './command-context';
import { TLS_OPTIONS } from './global-options';
import type { ParsedArguments } from './parsed-arguments';
import { UsageError } from './usage-error';

/** How long a person waits for one answer, in milliseconds. */
const CLIENT_DEADLINE_MS = 5_000;

/**
 * Opens a client of a running Ambit, over TLS if an option says so; an address that is none, and files that are of no
 * use, are usage errors. The caller closes it.
 */
export async function connectTo(
  address: string,
  parsed: ParsedArguments,
  context: CommandContext,
): Promise<DecisionClient> {
  const tls = await readTls(parsed, context);
  const connect = await context.dependencies.loadConnect();
  const connection = connect({
    address,
    deadlineMs: CLIENT_DEADLINE_MS,
    ...(tls === undefined ? {} : { tls }),
  });
  if ('client' in connection) return connection.client;
  throw new UsageError(connection.problem, HELP[connection.part]);
}

const HELP = {
  address: 'write `--server HOST:PORT` or `--server unix:/PATH`',
  tls: 'name PEM files with `--ca-file`, `--cert-file` and `--key-file`',
};

/** An option of the connection where there is none to make is a slip. */
export function rejectTlsOptions(parsed: ParsedArguments): void {
  const stated = TLS_OPTIONS.find(({ name }) => parsed.has(name));
  if (stated === undefined) return;
  throw new UsageError(
    `\`--${stated.name}\` is of no use without \`--server\``,
    'add `--server ADDR`, or leave it out: files are read from this machine',
  );
}

/** Plaintext is what nothing asks otherwise for: one option of TLS is enough for TLS. */
async function readTls(
  parsed: ParsedArguments,
  context: CommandContext,
): Promise<ClientTls | undefined> {
  if (!TLS_OPTIONS.some(({ name }) => parsed.has(name))) return undefined;
  if (parsed.has('cert-file') !== parsed.has('key-file')) {
    throw new UsageError(
      'a certificate is shown with its private key',
      'give both `--cert-file` and `--key-file`, or neither',
    );
  }
  const ca = await readPem('ca-file', parsed, context);
  const cert = await readPem('cert-file', parsed, context);
  const key = await readPem('key-file', parsed, context);
  const serverName = parsed.value('server-name');
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined || key === undefined ? {} : { identity: { cert, key } }),
    ...(serverName === undefined ? {} : { serverName }),
  };
}

async function readPem(
  option: string,
  parsed: ParsedArguments,
  { dependencies }: CommandContext,
): Promise<string | undefined> {
  const path = parsed.value(option);
  if (path === undefined) return undefined;
  const read = await dependencies.reader.read(path);
  if ('file' in read) return read.file.text;
  throw new UsageError(`cannot read the file \`${path}\` of \`--${option}\`: ${read.failure}`);
}
