import { BLOCK_STATUSES } from '../../src/core/model/policy';
import { PREFERENCE_FORMATS, PREFERENCE_WORDS } from '../../src/ports/client-preferences';
import { AUDIT_MODES, LOG_LEVELS, RECORDED_DECISIONS } from '../../src/ports/service-config';
import { SERVICE_LIMITS } from '../../src/ports/service-limits';
import {
  freeMapping,
  list,
  mapping,
  ref,
  set,
  truth,
  whole,
  word,
  type Schema,
} from './json-schema';
import { ownScopeKeys } from './scope';
import { SECRET, secret } from './secret';
import { SINKS } from './sinks';

/** Seconds of a day. */
const MAX_SECONDS = 86_400;

/** 0 to 65535. */
const PORT = '(?:[0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';

/** A socket's path has at most 107 bytes; characters of several bytes are beyond patterns. */
const UNIX = String.raw`unix:(?://)?/[\s\S]{0,106}`;

const TCP = String.raw`(?:\[[^\]]+\]|[^:\s[\]]+):${PORT}`;

const ADDRESS: Schema = {
  type: 'string',
  ...ref('text', '`HOST:PORT`, `[IPV6]:PORT` or `unix:/PATH`; port 0 takes a free one.'),
  pattern: `^(?:${UNIX}|${TCP})$`,
  examples: ['127.0.0.1:9595', 'unix:/run/ambit/ambit.sock', '[::1]:9595'],
};

/** Addresses that may be this machine's own: plaintext elsewhere needs a word. */
const MAY_BE_LOCAL = String.raw`^(?:unix:|\[|127\.|[Ll][Oo][Cc][Aa][Ll][Hh][Oo][Ss][Tt]:)`;

function variable(description: string, example: string): Schema {
  const pattern = '^[A-Za-z_][A-Za-z0-9_]*$';
  return { type: 'string', description, pattern, maxLength: 128, examples: [example] };
}

const TLS = mapping(
  {
    certificate_file: ref('text', 'A PEM file: the certificate first, then its chain.'),
    private_key_file: ref('text', 'A PEM file that holds the private key.'),
    private_key_env: variable(
      'The variable of the environment that holds the private key as PEM.',
      'TLS_KEY',
    ),
    client_ca_file: ref(
      'text',
      'A PEM file. With it, clients must show a certificate of one of its authorities.',
    ),
  },
  {
    description: 'TLS at this listener. Files are read again whenever they change.',
    required: ['certificate_file'],
    anyOf: [
      { required: ['private_key_file'], properties: { private_key_env: false } },
      { required: ['private_key_env'], properties: { private_key_file: false } },
    ],
  },
);

const LISTENER = mapping(
  {
    address: ADDRESS,
    tls: TLS,
    caller: ref('text', 'The caller that everyone at this listener is.'),
    insecure: {
      ...truth('Allows plaintext at an address that others can reach.'),
      default: false,
    },
  },
  {
    description: 'An address that the service listens on.',
    required: ['address'],
    allOf: [
      {
        description: 'A certificate tells who asks, or the listener does.',
        if: {
          properties: { tls: { type: 'object', required: ['client_ca_file'] } },
          required: ['tls'],
        },
        then: { properties: { caller: false } },
      },
      {
        description: 'Plaintext beyond this machine must be allowed.',
        anyOf: [
          { properties: { address: { type: 'string', pattern: MAY_BE_LOCAL } } },
          { required: ['tls'] },
          { properties: { insecure: { const: true } }, required: ['insecure'] },
        ],
      },
    ],
  },
);

const CALLER = mapping(
  {
    name: ref('document_name', 'The name by which listeners and logs know it.'),
    certificate_uris: set(
      {
        type: 'string',
        description: 'A URI without spaces and `*`.',
        pattern: '^[a-z][a-z0-9+.-]*:[!-)+-~]+$',
        maxLength: 2048,
        examples: ['spiffe://example.org/gateway'],
      },
      'URI SANs of the client certificates that are this caller, compared exactly.',
    ),
    tenants: ref('scope_values', 'The tenants that it may claim: one, a list, or `any`.'),
    scopes: {
      description:
        'The values that it may claim of each scope key, or `any`. Default: none may be claimed.',
      if: { type: 'object' },
      then: freeMapping(
        ownScopeKeys('tenant'),
        ref('scope_values'),
        'Key to a value, a list of values, or `any`. Tenants are named in `tenants`.',
      ),
      else: { const: 'any' },
    },
    model_id_style: word(
      ['auto', 'pin', 'author'],
      'How it means `x/` before a model: as the bundle tells, as a provider, or as an author.',
      'auto',
    ),
    rewrites_model: { ...truth('It sends the model that a verdict names.'), default: true },
    owns_claims: {
      ...truth('It is the source of the claims of its targets.'),
      default: false,
    },
  },
  {
    description: 'Who may ask, and for whom.',
    required: ['name', 'tenants'],
  },
);

const ROOT: Schema = {
  description: 'A file or directory, or a mapping that names its dialect.',
  if: { type: 'object' },
  then: mapping(
    {
      path: ref('text', 'A file or directory.'),
      dialect: ref('name', 'The format of its files. Default: detected.'),
    },
    { required: ['path'] },
  ),
  else: ref('text'),
};

const LIMITS = mapping(
  Object.fromEntries(
    Object.entries(SERVICE_LIMITS).map(([name, { min, max, unit, reason, ...limit }]) => [
      name,
      { ...whole(min, `In ${unit}: ${reason}.`, max), default: limit.default },
    ]),
  ),
  { description: 'What the service takes at most.' },
);

/** `all`, `none`, or some of the words. */
function allowed(words: readonly string[], description: string): Schema {
  return {
    description,
    if: { type: 'array' },
    then: set(word(words, 'One of them.'), description),
    else: { enum: ['all', 'none'] },
  };
}

function seconds(minimum: number, description: string, preset?: number): Schema {
  const unset = preset === undefined ? {} : { default: preset };
  return { type: 'number', description, minimum, maximum: MAX_SECONDS, ...unset };
}

const AUDIT = mapping(
  {
    directory: ref('text', 'Where the trail is; made where it is missing.'),
    mode: word(
      AUDIT_MODES,
      'strict: an answer is given once its record is on the disk, or it is a block. counted: no answer waits, and what is missing is counted in the trail.',
      'strict',
    ),
    private_key: secret('Where the Ed25519 key that signs is, in PEM.'),
    previous_key: secret('Where the key before it is, for a change of keys.'),
    decisions: word(
      RECORDED_DECISIONS,
      'Which decisions are recorded: those that policies want, which is every one unless a pack says `log_all_access: false`; or all.',
      'policies',
    ),
    attributes: set(ref('text'), 'Request attributes whose values may be recorded. Default: none.'),
    queue: {
      ...whole(1, 'Records that may wait for the disk, with `mode: counted`.', 20_000),
      default: 10_000,
    },
    retention_days: whole(
      1,
      'Records are kept for so many days at least, or for longer where a policy says so, and then removed. Default: policies say it, or nothing is removed.',
      36_500,
    ),
    immutable: { ...truth('Nobody may shorten that.'), default: false },
    sinks: SINKS,
  },
  {
    description: 'Where and how evidence of decisions is kept. Default: nowhere but in the log.',
    required: ['directory', 'private_key'],
    allOf: [
      {
        description: 'Only counted evidence has a queue.',
        if: { required: ['queue'] },
        then: { properties: { mode: { const: 'counted' } }, required: ['mode'] },
      },
    ],
  },
);

const TRACING = mapping(
  {
    endpoint: {
      type: 'string',
      ...ref('text', 'The URL of an OTLP receiver. Default: nothing is traced.'),
      pattern: '^[Hh][Tt][Tt][Pp][Ss]?://',
      examples: ['http://127.0.0.1:4318/v1/traces'],
    },
    headers: freeMapping(
      { type: 'string', pattern: '^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$', maxLength: 128 },
      SECRET,
      'Headers that the receiver asks for, by their names in small letters.',
    ),
    ratio: {
      type: 'number',
      description: 'Of the traces that begin at Ambit, the part that is kept.',
      minimum: 0,
      maximum: 1,
      default: 1,
    },
    timeout_seconds: {
      type: 'number',
      description: 'Seconds that the receiver has to take a batch.',
      minimum: 0.1,
      maximum: 60,
      default: 5,
    },
    ca_file: ref('text', 'A PEM file with the authorities of the receiver. Default: the system’s.'),
  },
  {
    description: 'Where traces are sent (OpenTelemetry, OTLP over HTTP in JSON).',
    required: ['endpoint'],
  },
);

/** What the service is told beside its policies. */
const SERVICE_SPEC: Schema = mapping({
  policies: list(ROOT, 'What to load policies from, as `--policy` does.'),
  listeners: list(LISTENER, 'Where the service listens. Default: 127.0.0.1:9595, in plaintext.'),
  http: {
    description: 'Where HTTP is answered: one listener, or a list of them. Default: nowhere.',
    if: { type: 'object' },
    then: LISTENER,
    else: list(LISTENER, 'Where HTTP is answered.'),
  },
  callers: set(
    CALLER,
    'Who may ask, and for whom. Default: whoever reaches a listener may claim any tenant and scope.',
  ),
  limits: LIMITS,
  client_preferences: mapping(
    {
      headers: allowed(
        PREFERENCE_WORDS,
        'The headers `ambit-prefer-WORD` that are read: `all`, `none`, or a list. Default: none.',
      ),
      formats: allowed(
        PREFERENCE_FORMATS,
        'The systems in whose words clients may state preferences: `all`, `none`, or a list. Default: vercel and openrouter.',
      ),
    },
    { description: 'What of the preferences of end clients is read. What is not read blocks.' },
  ),
  staleness: mapping(
    {
      max_seconds: seconds(
        1,
        'Seconds since the last successful read of the policies after which everything is blocked. Default: never.',
      ),
    },
    { description: 'How old policies may be.' },
  ),
  shutdown: mapping(
    { drain_seconds: seconds(0, 'Seconds that calls in flight have to end.', 10) },
    { description: 'How the service stops.' },
  ),
  log: mapping(
    {
      level: word(LOG_LEVELS, 'The level of the log.', 'info'),
      decisions: word(
        RECORDED_DECISIONS,
        'Which decisions are recorded: those of policies that want it (`log_provider_selection`) and warnings, or all, at any level.',
        'policies',
      ),
    },
    { description: 'What is logged.' },
  ),
  diagnostics: mapping(
    {
      address: {
        ...ADDRESS,
        description:
          'Where they are: `HOST:PORT`, `[IPV6]:PORT` or `unix:/PATH`. Default: 127.0.0.1:9596.',
      },
      enabled: { ...truth('Whether they are there at all.'), default: true },
    },
    { description: '`/livez`, `/readyz` and `/metrics`.' },
  ),
  audit: AUDIT,
  keeptrusts: mapping(
    {
      status: {
        type: 'integer',
        description: 'The HTTP status of blocks by packs.',
        enum: BLOCK_STATUSES,
      },
    },
    { description: 'How Keeptrusts packs are read.' },
  ),
  tracing: TRACING,
});

/** The configuration of the service, whose metadata nobody needs. */
export const SERVICE: Schema = mapping(
  {
    apiVersion: { const: 'ambit/v1', description: 'The version of the format.' },
    kind: { const: 'Service', description: 'What the document states.' },
    metadata: mapping(
      {
        name: ref('document_name', 'The name of the configuration.'),
        description: ref('text', 'For readers; no meaning for the service.'),
      },
      { description: 'What the document is called.' },
    ),
    spec: { ...SERVICE_SPEC, description: 'What the service is told beside its policies.' },
  },
  { required: ['apiVersion', 'kind', 'spec'] },
);
