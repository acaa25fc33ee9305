import fc from 'fast-check';

import { createEnvoyLint } from '../../../src/pep/envoy-lint/envoy-lint';
import { HOLES } from './holes';
import { baseText, plant } from './support/hole';

const LINT = createEnvoyLint();

function lintText(text: string): ReturnType<typeof LINT.lint> {
  return LINT.lint([{ name: 'envoy.yaml', text }]);
}

function codeOf(text: string): string | undefined {
  return lintText(text)[0]?.code;
}

/** Aliases that double what they repeat, ten times ten times over. */
const BOMB = [
  'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
  ...Array.from({ length: 9 }, (_, level) => {
    const alias = `*a${String(level)}`;
    return `a${String(level + 1)}: &a${String(level + 1)} [${Array.from({ length: 10 }, () => alias).join(', ')}]`;
  }),
].join('\n');

/** A way of that many internal listeners, each of which leads to the next one, and the last one to a provider. */
function chain(length: number): string {
  const typed =
    "'@type': type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy";
  const listener = (index: number): string =>
    `    - { name: l${String(index)}, internal_listener: {}, filter_chains: [{ filters: [{ name: t, typed_config: { ${typed}, cluster: c${String(index + 1)} } }] }] }`;
  const cluster = (index: number): string =>
    `    - { name: c${String(index)}, load_assignment: { endpoints: [{ lb_endpoints: [{ endpoint: { address: { envoy_internal_address: { server_listener_name: l${String(index)} } } } }] }] } }`;
  const numbers = Array.from({ length }, (_, index) => index);
  return [
    'static_resources:',
    '  listeners:',
    `    - { name: in, filter_chains: [{ filters: [{ name: t, typed_config: { ${typed}, cluster: c0 } }] }] }`,
    ...numbers.map(listener),
    '  clusters:',
    ...numbers.map(cluster),
    `    - { name: c${String(length)}, load_assignment: { endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address: a.example, port_value: 1 } } } }] }] } }`,
  ].join('\n');
}

describe('a long way to a provider', () => {
  // With a step for each pair or triple of listeners, this would not end.
  it('is followed to its end', () => {
    const found = lintText(chain(2000)).filter(({ code }) => code === 'tcp_proxy');
    expect(found).toMatchObject([{ position: { file: 'envoy.yaml', line: 3 } }]);
  });
});

describe('reading a configuration', () => {
  it.each([
    ['what is no YAML', 'a: [1'],
    ['an empty file', ''],
    ['only a comment', '# nothing'],
    ['two documents', 'a: 1\n---\nb: 2'],
    ['an alias for nothing', 'a: *b'],
    ['an alias within its own anchor', 'a: &b [*b]'],
    ['merge keys', 'a: &b { c: 1 }\nd: { <<: *b }'],
    ['a key that is no text', '? [a]\n: 1'],
    ['values that are nested too deep', '['.repeat(100_000)],
    [
      'aliases that nest too deep',
      `a: &a0 [x]\n${Array.from({ length: 120 }, (_, index) => `b${String(index)}: &a${String(index + 1)} [*a${String(index)}]`).join('\n')}`,
    ],
    ['aliases that repeat too much', BOMB],
    ['more marks than are read', '- a\n'.repeat(600_000)],
    ['more text than is read', '#'.repeat(16 * 1024 * 1024 + 1)],
  ])('refuses %s', (_, text) => {
    expect(codeOf(text)).toBe('unreadable_configuration');
  });

  it('reads lists that are longer than what one call takes', () => {
    expect(codeOf(`a: [${'1,'.repeat(200_000)}1]`)).toBe('nothing_judged');
  });

  it.each([
    [
      'a name in a certificate',
      'exact: api.openai.com',
      `safe_regex: { regex: ${'a'.repeat(60_000)} }`,
    ],
    ['a format of a log', "'%RESPONSE_CODE%'", `'${'%REQ('.repeat(60_000)}'`],
    ['a path in a log', "'%RESPONSE_CODE%'", `'%REQ(${':path'.repeat(60_000)}'`],
  ])('comes to an end, however long %s is', (_, from, to) => {
    expect(lintText(baseText().replace(from, () => to)).length).toBeLessThan(3);
  });

  it('finds a key that stands twice in two spellings', () => {
    const text = baseText().replace(
      'failure_mode_allow: false',
      'failure_mode_allow: false\n                      failureModeAllow: true',
    );
    expect(lintText(text)).toMatchObject([{ code: 'repeated_key', endColumn: 39 }]);
  });

  it('finds a key that stands twice at the second place', () => {
    const text = baseText().replace(
      'failure_mode_allow: false',
      'failure_mode_allow: false\n                      failure_mode_allow: true',
    );
    const line =
      text.split('\n').findIndex((each) => each.includes('failure_mode_allow: true')) + 1;
    expect(lintText(text)).toMatchObject([
      { code: 'repeated_key', position: { line, column: 23 } },
    ]);
  });

  it('takes JSON', () => {
    const text = JSON.stringify({
      static_resources: {
        clusters: [
          {
            name: 'a',
            load_assignment: {
              endpoints: [{ lb_endpoints: [{ endpoint: { address: { pipe: { path: '/a' } } } }] }],
            },
          },
        ],
        listeners: [
          {
            filter_chains: [
              {
                filters: [
                  {
                    typed_config: {
                      '@type':
                        'type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
                      cluster: 'a',
                    },
                  },
                ],
              },
            ],
          },
        ],
      },
    });
    expect(lintText(text).map(({ code }) => code)).toEqual(['tcp_proxy']);
  });

  it('counts the quoted and the camel-case spelling of what Envoy reads', () => {
    const found = [
      'failureModeAllow: "true"',
      'failure_mode_allow: Yes',
      'failure_mode_allow: y',
    ].map((line) => codeOf(baseText().replace('failure_mode_allow: false', line)));
    expect(found).toEqual(['failure_mode_allow', 'failure_mode_allow', 'failure_mode_allow']);
    expect(
      codeOf(baseText().replace('failure_mode_allow: false', 'failureModeAllow: off')),
    ).toBeUndefined();
  });

  it('reads files of resources with each bootstrap file', () => {
    const bootstrap = baseText().replace(/^ {2}clusters:\n[\s\S]*?(?=^bootstrap_extensions)/mu, '');
    const clusters =
      /^ {2}clusters:\n([\s\S]*?)(?=^bootstrap_extensions)/mu.exec(baseText())?.[1] ?? '';
    const resources = clusters.replaceAll(
      '    - name: ',
      "    - '@type': type.googleapis.com/envoy.config.cluster.v3.Cluster\n      name: ",
    );
    const files = [
      { name: 'envoy.yaml', text: `dynamic_resources: { cds_config: {} }\n${bootstrap}` },
      {
        name: 'cds.yaml',
        text: `resources:\n${resources.replace('              match_typed_subject_alt_names: [{ san_type: DNS, matcher: { exact: api.openai.com } }]\n', '')}`,
      },
    ];
    expect(LINT.lint(files).map(({ code, position }) => [code, position.file])).toEqual([
      ['no_san_check', 'cds.yaml'],
    ]);
    expect(LINT.lint(files.slice(0, 1)).map(({ code }) => code)).toEqual(
      expect.arrayContaining(['nothing_judged', 'not_seen']),
    );
  });

  it('is total: whatever is done to a configuration, the answer is a list of findings', () => {
    const outcomes = { clean: 0, found: 0, refused: 0 };
    const planted = HOLES.map((hole) => plant(hole).text);
    const text = fc.constantFrom(baseText(), ...planted);
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(40),
      insert: fc.oneof(
        fc.constant(''),
        fc.string({ maxLength: 8 }),
        fc.constantFrom('{', ']', '*a', '&a ', '- ', '\n', ': ', '"'),
      ),
    });
    const property = fc.property(
      text,
      fc.array(edit, { minLength: 1, maxLength: 3 }),
      (before, edits) => {
        const after = edits.reduce((each, { at, length, insert }) => {
          const start = Math.floor(at * each.length);
          return each.slice(0, start) + insert + each.slice(start + length);
        }, before);
        const findings = lintText(after);
        const isRefused = findings.some(({ code }) => code === 'unreadable_configuration');
        outcomes[isRefused ? 'refused' : findings.length === 0 ? 'clean' : 'found'] += 1;
        const lines = after.split('\n').length;
        for (const { position, endColumn } of findings) {
          expect(position.line).toBeGreaterThan(0);
          expect(position.line).toBeLessThanOrEqual(lines);
          expect(endColumn).toBeGreaterThan(position.column);
        }
      },
    );
    fc.assert(property, { numRuns: 150 });
    expect(outcomes.refused).toBeGreaterThan(10);
    expect(outcomes.found).toBeGreaterThan(10);
  });

  it('is total for texts of any kind', () => {
    const mark = fc.constantFrom(...'{}[]:,-&*?|>"\'\n #a1%@!~\t'.split(''));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(mark, fc.string({ unit: 'binary', maxLength: 2 })), { maxLength: 60 }),
        (parts) => {
          expect(lintText(parts.join(''))[0]?.code).toMatch(
            /^(?:unreadable_configuration|repeated_key|nothing_judged)$/u,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
