import { APIS, FEATURES } from '../core/model/api';
import type { OptionSpec } from './command';

/** Options that every command has. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { name: 'help', short: 'h', times: 'many', summary: 'show this help' },
  { name: 'color', times: 'many', summary: 'colour the output, even into a pipe' },
  {
    name: 'no-color',
    times: 'many',
    summary: 'never colour the output (also: NO_COLOR, TERM=dumb, or a pipe)',
  },
];

/** Which policies and claims are read. */
export const POLICY_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'policy',
    short: 'p',
    value: '[DIALECT:]FILE|DIR|-',
    times: 'many',
    summary: 'policies and catalogs to read; the dialect is detected unless it is given',
  },
  {
    name: 'catalog',
    value: '[DIALECT:]FILE|DIR|-',
    times: 'many',
    summary: 'a further file to read, the same as --policy',
  },
];

/** The instant to decide for. */
export const NOW_OPTION: OptionSpec = {
  name: 'now',
  value: 'TIME',
  times: 'once',
  summary: 'decide as of this instant: 2026-01-31 or 2026-01-31T12:00:00Z',
};

/** How the output is written. */
export const FORMAT_OPTION: OptionSpec = {
  name: 'format',
  value: 'text|json',
  choices: ['text', 'json'],
  times: 'once',
  summary: 'for people (text) or for programs (json)',
};

/** Where a trail is. */
export const RECORDS_OPTION: OptionSpec = {
  name: 'records',
  value: 'DIR',
  times: 'once',
  summary: 'the directory of a trail',
};

/** How far a trail is known to have come. */
export const HEAD_OPTION: OptionSpec = {
  name: 'head',
  value: 'NUMBER:HASH',
  times: 'once',
  summary:
    'a line that the trail has reached, and its hash, as an earlier proof or the log has them',
};

/** Which time of a trail is looked at. */
export const WINDOW_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'from',
    value: 'TIME',
    times: 'once',
    summary: 'leave out what was before this instant: 2026-01-31 or 2026-01-31T12:00:00Z',
  },
  {
    name: 'to',
    value: 'TIME',
    times: 'once',
    summary: 'the same for this instant and later ones',
  },
];

/** How findings are written. */
export const FINDINGS_FORMAT_OPTION: OptionSpec = {
  name: 'format',
  value: 'text|json|sarif',
  choices: ['text', 'json', 'sarif'],
  times: 'once',
  summary: 'for people (text), for programs (json), or for code scanning and editors (sarif)',
};

/** Where a running Ambit listens. */
export const SERVER_OPTION: OptionSpec = {
  name: 'server',
  value: 'ADDR',
  times: 'once',
  summary: 'a running Ambit: host:port or unix:/path',
};

/** How a running Ambit is spoken to over TLS. */
export const TLS_OPTIONS: readonly OptionSpec[] = [
  { name: 'tls', times: 'many', summary: 'speak TLS; each of the next four says so, too' },
  {
    name: 'ca-file',
    value: 'FILE',
    times: 'once',
    summary: "authorities (PEM) of the server's certificate; without it the well-known ones",
  },
  { name: 'cert-file', value: 'FILE', times: 'once', summary: 'the certificate (PEM) to show' },
  { name: 'key-file', value: 'FILE', times: 'once', summary: 'its private key (PEM)' },
  {
    name: 'server-name',
    value: 'NAME',
    times: 'once',
    summary: "the name in the server's certificate, where it is not the host of the address",
  },
];

/** What a request says, for commands that build one. */
export const REQUEST_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'model',
    short: 'm',
    value: 'NAME',
    times: 'once',
    summary: 'the model that a client would ask for; the candidates are what the catalog offers',
  },
  {
    name: 'request',
    value: 'FILE|-',
    times: 'once',
    summary: 'a DecideRequest as JSON, with its own candidates',
  },
  { name: 'tenant', value: 'NAME', times: 'once', summary: 'the tenant that asks' },
  {
    name: 'scope',
    value: 'KEY=VALUE',
    times: 'many',
    summary: 'a scope key of the request, such as team=research',
  },
  {
    name: 'api',
    value: 'API',
    choices: APIS,
    times: 'once',
    summary: 'the api that the client speaks',
  },
  {
    name: 'feature',
    choices: FEATURES,
    value: 'NAME',
    times: 'many',
    summary: 'a feature that the request uses, such as store',
  },
  {
    name: 'prefer-only',
    value: 'NAME,...',
    times: 'once',
    summary: 'the client wants only these providers',
  },
  {
    name: 'prefer-ignore',
    value: 'NAME,...',
    times: 'once',
    summary: 'the client wants none of these providers',
  },
  {
    name: 'prefer-order',
    value: 'NAME,...',
    times: 'once',
    summary: 'the client wants these providers first',
  },
  {
    name: 'prefer-zero-data-retention',
    times: 'once',
    summary: 'the client wants zero data retention',
  },
  { name: 'prefer-no-training', times: 'once', summary: 'the client wants no training' },
];
