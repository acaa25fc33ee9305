import { createEnvoyLint } from '../../../src/pep/envoy-lint/envoy-lint';
import { writeEnvoyConfig } from '../../../src/pep/envoy-config/write-envoy-config';
import {
  ENVOY_READINGS,
  ENVOY_VARIANTS,
  type EnvoyAddress,
  type EnvoyConfigOptions,
} from '../../../src/ports/envoy-config';
import { OPTIONS, provider, setOf } from './support/sets';

const OPEN: EnvoyAddress = { kind: 'tcp', host: '0.0.0.0', port: 9 };

const WAYS = ENVOY_VARIANTS.flatMap((variant) =>
  ENVOY_READINGS.map((reading) => ({ variant, reading })),
);

/** What options open, by what the writer says of it. */
const OPENED: readonly (readonly [
  codes: readonly string[],
  options: Partial<EnvoyConfigOptions>,
])[] = [
  [[], {}],
  [['exposed_admin'], { admin: OPEN }],
  [['plaintext_ambit'], { ambit: { kind: 'tcp', host: 'ambit.example', port: 9 } }],
  [['plaintext_clients'], { listen: OPEN }],
  [['no_tenant'], { context: new Map() }],
  [
    ['exposed_admin', 'no_tenant', 'plaintext_ambit', 'plaintext_clients'],
    { admin: OPEN, ambit: OPEN, listen: OPEN, context: new Map([['team', 'search']]) },
  ],
];

describe('lint of what is written', () => {
  it.each(OPENED)('finds %j, and so says the writer', (codes, opened) => {
    for (const way of WAYS) {
      const { text = '', findings } = writeEnvoyConfig(setOf([provider({})]), {
        ...OPTIONS,
        ...way,
        ...opened,
      });
      const linted = createEnvoyLint().lint([{ name: 'envoy.yaml', text }]);
      expect(codesOf(findings)).toEqual(codes);
      // A listener without TLS may be behind something that has it.
      expect(codesOf(linted)).toEqual(codes.filter((code) => code !== 'plaintext_clients'));
    }
  });
});

function codesOf(findings: readonly { readonly code: string }[]): readonly string[] {
  return findings.map(({ code }) => code).sort();
}
