import { isIP } from 'node:net';

import type { TargetDeclaration } from '../../../../src/core/model/catalog';
import {
  ENVOY_READINGS,
  ENVOY_VARIANTS,
  type EnvoyConfigOptions,
} from '../../../../src/ports/envoy-config';
import { chance, pick, type Source } from '../../../generators/source';
import { OPTIONS } from './sets';

/** What is written, and the same with a plain word in the place of every odd one. */
export interface OddCase {
  readonly targets: readonly TargetDeclaration[];
  readonly plain: readonly TargetDeclaration[];
  readonly options: EnvoyConfigOptions;
  readonly plainOptions: EnvoyConfigOptions;
}

/** What means something to YAML, to Envoy's formats, to regular expressions or to JavaScript's replacements. */
const VISIBLE =
  `' " : # % * & ! { } [ ] , | > \\ \\1 - ? ~ . .. / // @ \` << --- ... $& $1 %% %REQ(x)% = é 日本 a A 0 1e3 null true`.split(
    ' ',
  );
const UNSEEN = [' ', ': ', ' #', '- ', '\u2028', '\u00a0', '\ufeff'];
const CONTROLS = ['\n', '\n- ', '\n  key: 1', '\n---\n', '\r', '\r\n', '\t', '\0', '\u0085'];

/** Ids that mean something to the configuration. */
const TAKEN = ['deny', 'ambit', 'targets', 'odd0-origin', 'odd0'];
const AUTHS = ['bearer', 'x-api-key', 'none', 'api-key', 'x-goog-api-key'];
const HOSTS = ['10.0.0.1', '::1', 'generativelanguage.googleapis.com'];
const WAYS_IN = ['/v1', '/openai/v1/', '/v4'];

function oddText(source: Source, pieces: readonly string[]): string {
  return Array.from({ length: 1 + source.below(5) }, () => pick(source, pieces)).join('');
}

/** Makes one or two targets and options of odd words. */
export function oddCase(source: Source): OddCase {
  const count = 1 + source.below(2);
  const targets = Array.from({ length: count }, (_, index) => oddTarget(source, index));
  const options = oddOptions(source);
  return {
    targets,
    plain: targets.map(plainTarget),
    options,
    plainOptions: { ...options, ...plainNames(options) },
  };
}

function oddTarget(source: Source, index: number): TargetDeclaration {
  const pieces = chance(source, 50) ? [...VISIBLE, ...UNSEEN, ...CONTROLS] : VISIBLE;
  const odd = (): string => oddText(source, pieces);
  const id = chance(source, 90) ? `odd${String(index)}${odd()}` : pick(source, TAKEN);
  const auth = chance(source, 95) ? pick(source, AUTHS) : odd();
  const host = chance(source, 80) ? `h${odd()}` : pick(source, HOSTS);
  const pathPrefix = chance(source, 70) ? `/${odd()}` : pick(source, WAYS_IN);
  const port = 1 + source.below(65_535);
  const position = { ...EMPTY.position, line: index + 1 };
  return { ...EMPTY, id, model: odd(), address: { host, port, pathPrefix, auth }, position };
}

/** The same way in and out, so that the configuration has the same parts. */
function plainTarget(target: TargetDeclaration, index: number): TargetDeclaration {
  const { host = '', auth = '' } = target.address ?? {};
  const plainHost = isIP(host) === 0 ? 'plain.example' : host;
  const address = { host: HOSTS.includes(host) ? host : plainHost, auth };
  return { ...EMPTY, id: `plain${String(index)}`, model: 'plain', address };
}

function oddOptions(source: Source): EnvoyConfigOptions {
  const odd = (): string => oddText(source, [...VISIBLE, ...UNSEEN]);
  return {
    ...OPTIONS,
    variant: pick(source, ENVOY_VARIANTS),
    reading: pick(source, ENVOY_READINGS),
    context: new Map([
      ['tenant', odd()],
      [`key${odd()}`, odd()],
    ]),
    secretsDirectory: `/${odd()}`,
    caFile: `/${odd()}`,
    logFile: `/${odd()}`,
  };
}

function plainNames({ context }: EnvoyConfigOptions): Partial<EnvoyConfigOptions> {
  const [tenant, ...keys] = [...context].map(([key], index) => [key, String(index)] as const);
  return {
    context: new Map([...(tenant === undefined ? [] : [tenant]), ...keys]),
    secretsDirectory: '/plain',
    caFile: '/plain',
    logFile: '/plain',
  };
}

const EMPTY: TargetDeclaration = {
  id: '',
  provider: 'p',
  model: '',
  claims: [],
  claimsStatedOn: 'target',
  position: { file: 'odd.yaml', line: 1, column: 1 },
};
