import type { MapReader } from '../../dialects/yaml/reader';
import type { Located } from '../../dialects/yaml/source-text';
import type { SecretReference } from '../../ports/secret-reference';
import {
  HEADER_NAME,
  OTLP_URL,
  OWN_HEADERS,
  RESOURCE_KEY,
  type OtlpSinkSettings,
} from '../../ports/sink-settings';
import { readSecretReference } from './secret-reference';
import { checkPlaintextSink, readSinkTls, type SinkMap } from './sink-connection';

const HEADER = { pattern: HEADER_NAME, form: 'lower-case letters, digits and hyphens' };

const ATTRIBUTE = { pattern: RESOURCE_KEY, form: 'as `service.instance.id`' };

const OWN: readonly string[] = OWN_HEADERS;

/** Reads the keys of a sink that is a receiver of OTLP. */
export function readOtlpSink(sink: SinkMap): OtlpSinkSettings | undefined {
  const { name, map } = sink;
  const found = readUrl(map);
  const headers = readHeaders(sink);
  const tls = readSinkTls(sink);
  const resource = readResource(map);
  const isPlain = found?.url.protocol === 'http:';
  const host = found?.url.hostname.replace(/^\[|\]$/gu, '');
  checkPlaintextSink(sink, {
    ...{ at: found?.text ?? map.label, isPlain },
    hosts: host === undefined ? [] : [host],
  });
  if (isPlain && map.has('tls')) {
    map.fail('contradiction', '`tls` has no effect with `http:`', { help: 'write `https:`' });
  }
  if (found === undefined) return undefined;
  return {
    ...{ kind: 'otlp', name, url: found.text.value },
    ...(headers === undefined ? {} : { headers }),
    ...(tls === undefined ? {} : { tls }),
    ...(resource === undefined ? {} : { resource }),
  };
}

interface FoundUrl {
  readonly text: Located<string>;
  readonly url: URL;
}

/** Its text is not repeated where it is wrong: a password may stand in it. */
function readUrl(map: MapReader): FoundUrl | undefined {
  const text = map.required('url')?.text();
  if (text === undefined) return undefined;
  const url = URL.canParse(text.value) ? new URL(text.value) : undefined;
  if (url !== undefined && (url.username !== '' || url.password !== '')) {
    map.report.error('secret_value', text, 'the url of a receiver holds credentials', {
      help: 'send them in a header: `headers: {authorization: {file: PATH}}`',
    });
    return undefined;
  }
  if (url !== undefined && OTLP_URL.test(text.value)) return { text, url };
  map.report.error('invalid_text', text, 'the url of a receiver is none', {
    help: 'write `https://HOST:4318/v1/logs`',
  });
  return undefined;
}

function readHeaders({ map, resolve }: SinkMap): OtlpSinkSettings['headers'] {
  const headers = map.map('headers');
  if (headers === undefined) return undefined;
  if (headers.isEmpty) headers.fail('empty_map', '`headers` is empty', { help: 'remove it' });
  const read: [string, SecretReference][] = [];
  for (const { key, value } of headers.entries()) {
    const reference = readSecretReference(value, resolve);
    if (!headers.isValidKey(key, HEADER)) continue;
    if (OWN.includes(key.value)) {
      const message = `\`${key.value}\` is for the sink itself to send`;
      headers.report.error('contradiction', key, message, { help: 'remove it' });
    }
    if (reference !== undefined) read.push([key.value, reference]);
  }
  return Object.fromEntries(read);
}

function readResource(map: MapReader): OtlpSinkSettings['resource'] {
  const resource = map.map('resource');
  if (resource === undefined) return undefined;
  if (resource.isEmpty) resource.fail('empty_map', '`resource` is empty', { help: 'remove it' });
  const read = resource.entries().flatMap(({ key, value }) => {
    const text = value.text();
    return !resource.isValidKey(key, ATTRIBUTE) || text === undefined
      ? []
      : [[key.value, text.value] as const];
  });
  return Object.fromEntries(read);
}
