import type { EnvoyModel } from '../model/envoy-model';
import { entry, field, isTrue, text } from '../model/fields';
import {
  hasForeignValidation,
  isNarrowName,
  namesOf,
  takesFromHost,
  transportsOf,
  validationOf,
  type Transport,
} from '../model/tls';
import { quote } from '../quote';
import type { Hit, Rule } from '../rule';
import type { ConfigNode } from '../yaml/config-node';

/** A transport with TLS. */
type TlsTransport = Transport & { readonly tls: ConfigNode };

/** On the way, everyone could read the prompt and the key. */
export const plaintextProvider: Rule = {
  code: 'plaintext_provider',
  severity: 'error',
  meaning: 'a provider is reached without TLS, over a network',
  remedy: 'give the cluster a `transport_socket` with `UpstreamTlsContext`',
  check: (model) =>
    plaintext(model)
      .filter(({ cluster: { name } }) => !model.ambitClusters.has(name))
      .map(({ at, cluster }) => ({
        at,
        message: `prompts and the key for ${quote(cluster.name)} go through the network for everyone to read and change`,
      })),
};

/** Whoever is on the way could answer in the place of Ambit. */
export const plaintextAmbit: Rule = {
  code: 'plaintext_ambit',
  severity: 'error',
  meaning: 'Ambit is asked without TLS, over a network',
  remedy:
    'let Ambit listen on a unix socket; or give the cluster a `transport_socket` with `UpstreamTlsContext`',
  check: (model) => [
    ...plaintext(model)
      .filter(({ cluster: { name } }) => model.ambitClusters.has(name))
      .map(({ at }) => ({ at, message: PLAINTEXT_AMBIT })),
    ...model.askingFilters.flatMap(({ filter }) => plainGoogleGrpc(filter.body)),
  ],
};

const PLAINTEXT_AMBIT =
  'whoever is on the way can read what Ambit is asked, and allow everything in its name';

/** Hosts that serve many names show a certificate by the name that is asked for. */
export const noSni: Rule = {
  code: 'no_sni',
  severity: 'warning',
  meaning: 'a TLS connection does not say which name it asks for',
  remedy: 'write `sni` with the host of the provider',
  check: (model) =>
    encrypted(model)
      .filter(
        ({ tls, cluster }) =>
          (text(tls, 'sni') ?? '') === '' &&
          !isTrue(tls, 'auto_host_sni') &&
          !takesFromHost(cluster, 'auto_sni'),
      )
      .map(({ at, cluster }) => ({
        at,
        message: `${quote(cluster.name)} is not told which host is meant, and may show the certificate of another one`,
      })),
};

/** Without an authority Envoy believes every certificate. */
export const noTrustedCa: Rule = {
  code: 'no_trusted_ca',
  severity: 'error',
  meaning: 'certificates are not checked, so everyone on the way can be the provider',
  remedy: 'write `trusted_ca` in `validation_context`',
  check: (model) =>
    encrypted(model)
      .filter(({ tls }) => !hasForeignValidation(tls) && !trustsSomeone(validationOf(tls)))
      .map(({ tls, at, cluster }) => ({
        at: validationOf(tls) ?? at,
        message: `any certificate is taken for that of ${quote(cluster.name)}, so everyone on the way can read prompts and keys`,
      })),
};

/** An authority signs for millions of names. */
export const noSanCheck: Rule = {
  code: 'no_san_check',
  severity: 'error',
  meaning: 'a certificate for any name is taken for that of the provider',
  remedy:
    'write `match_typed_subject_alt_names: [{ san_type: DNS, matcher: { exact: HOST } }]` in `validation_context`',
  check: (model) => encrypted(model).flatMap(nameHits),
};

/** Settings that take back what the authority is for. */
export const untrustedAccepted: Rule = {
  code: 'untrusted_accepted',
  severity: 'error',
  meaning: 'certificates that are not trusted, or have expired, are taken all the same',
  remedy: 'remove the setting',
  check: (model) =>
    encrypted(model).flatMap(({ tls }) => {
      const validation = validationOf(tls);
      const trust = entry(validation, 'trust_chain_verification')?.value;
      const expired = entry(validation, 'allow_expired_certificate')?.value;
      const settings = [
        ...(trust !== undefined && /^(?:ACCEPT_UNTRUSTED|1)$/u.test(text(trust) ?? '')
          ? [trust]
          : []),
        ...(isTrue(expired) && expired !== undefined ? [expired] : []),
      ];
      return settings.map((at) => ({
        at,
        message: 'a certificate that proves nothing is enough to be the provider',
      }));
    }),
};

function transportsIn({ remotes }: EnvoyModel): readonly Transport[] {
  return remotes.flatMap(transportsOf);
}

function plaintext(model: EnvoyModel): readonly Transport[] {
  return transportsIn(model).filter(
    ({ tls, unknown }) => tls === undefined && unknown === undefined,
  );
}

function encrypted(model: EnvoyModel): readonly TlsTransport[] {
  return transportsIn(model).flatMap((each) =>
    each.tls === undefined ? [] : [{ ...each, tls: each.tls }],
  );
}

function trustsSomeone(validation: ConfigNode | undefined): boolean {
  const ways = ['trusted_ca', 'system_root_certs', 'ca_certificate_provider_instance'];
  const pins = ['verify_certificate_spki', 'verify_certificate_hash'];
  return [...ways, ...pins].some((name) => entry(validation, name) !== undefined);
}

function nameHits({ tls, at, cluster }: TlsTransport): readonly Hit[] {
  const validation = validationOf(tls);
  const names = namesOf(validation);
  const wide = names.find((name) => !isNarrowName(name));
  const isAutomatic =
    takesFromHost(cluster, 'auto_san_validation') || isTrue(tls, 'auto_sni_san_validation');
  if (wide === undefined && (names.length > 0 || isAutomatic)) return [];
  if (wide === undefined && hasForeignValidation(tls)) return [];
  const message = `whoever has a certificate for another name can be ${quote(cluster.name)}`;
  return [{ at: wide ?? validation ?? at, message }];
}

function plainGoogleGrpc(body: ConfigNode): readonly Hit[] {
  const service = field(body, 'grpc_service', 'google_grpc');
  const uri = field(service, 'target_uri');
  if (uri === undefined || entry(service, 'channel_credentials') !== undefined) return [];
  const isHere = /^(?:unix:|(?:ipv4:|dns:\/*)?(?:127\.|localhost))/u.test(text(uri) ?? '');
  return isHere ? [] : [{ at: uri, message: PLAINTEXT_AMBIT }];
}
