import { readConfig } from '../../../src/platform/config/read-config';
import type { SinkSettings } from '../../../src/ports/sink-settings';

const HEAD = `apiVersion: ambit/v1
kind: Service
spec:
  audit:
    directory: trail
    private_key: { file: key.pem }
    sinks:
`;

function read(sinks: string) {
  const file = { name: '/etc/ambit/ambit.yaml', text: HEAD + sinks };
  return readConfig({ file, environment: {} });
}

const PG = 'name: db, kind: postgres, host: localhost, database: d, user: u, table: t';
const NATS = 'name: n, kind: nats, servers: [localhost:4222], subject: s, stream: S';
const OTLP = 'name: o, kind: otlp';
const LOCAL = `${OTLP}, url: 'http://[::1]:4318/v1/logs'`;

describe('the sinks of a configuration', () => {
  it('are read whole, with paths beside the file and secrets where they are', () => {
    const { draft, findings } = read(`
      - name: db
        kind: postgres
        host: db.example
        port: 6432
        database: audit
        user: ambit
        password: { file: db.password }
        table: audit.lines
        partition: month
        tls: { ca_file: ca.pem, certificate_file: /c.pem, private_key: { env: DB_KEY } }
      - name: stream
        kind: nats
        servers: [a.example:4222, '[::1]:4222']
        subject: ambit.lines
        stream: LINES
        create_stream: true
        creds: { file: /run/nats.creds }
        tls: system
      - name: collector
        kind: otlp
        url: https://collector.example:4318/v1/logs
        headers: { authorization: { env: OTLP_TOKEN } }
        resource: { service.instance.id: pod-1 }
      - { name: out, kind: stdout, fd: 3 }
`);
    expect(findings).toEqual([]);
    const expected: readonly SinkSettings[] = [
      {
        ...{ kind: 'postgres', name: 'db', host: 'db.example', port: 6432, database: 'audit' },
        ...{ user: 'ambit', password: { file: '/etc/ambit/db.password' }, table: 'audit.lines' },
        partition: 'month',
        tls: {
          caFile: '/etc/ambit/ca.pem',
          certificateFile: '/c.pem',
          privateKey: { env: 'DB_KEY' },
        },
      },
      {
        ...{ kind: 'nats', name: 'stream', servers: ['a.example:4222', '[::1]:4222'] },
        ...{ subject: 'ambit.lines', stream: 'LINES', createStream: true, tls: {} },
        credentials: { kind: 'creds', creds: { file: '/run/nats.creds' } },
      },
      {
        ...{ kind: 'otlp', name: 'collector', url: 'https://collector.example:4318/v1/logs' },
        headers: { authorization: { env: 'OTLP_TOKEN' } },
        resource: { 'service.instance.id': 'pod-1' },
      },
      { kind: 'stdout', name: 'out', fd: 3 },
    ];
    expect(draft.audit?.sinks).toEqual(expected);
  });

  it.each([
    [PG, { port: 5432, partition: 'day' }],
    [`${PG}, host: /run/postgresql`.replace('host: localhost, ', ''), { host: '/run/postgresql' }],
    [`${PG.replace('localhost', 'db.example')}, insecure: true`, { host: 'db.example' }],
    [NATS, { createStream: false }],
    [
      `${NATS}, user: u, password: { env: P }`,
      { credentials: { kind: 'password', user: 'u', password: { env: 'P' } } },
    ],
    [`${NATS}, token: { env: P }`, { credentials: { kind: 'token', token: { env: 'P' } } }],
    [LOCAL, { url: 'http://[::1]:4318/v1/logs' }],
    ['name: out, kind: stdout', { kind: 'stdout', name: 'out' }],
  ])('may be {%s}', (sink, part) => {
    const { draft, findings } = read(`      - {${sink}}\n`);
    expect(findings).toEqual([]);
    expect(draft.audit?.sinks).toMatchObject([part]);
  });

  it.each([
    ['name: a', ['missing_key sinks']],
    ['kind: stdout', ['missing_key sinks']],
    ['name: A, kind: stdout', ['invalid_text A']],
    ['name: a, kind: kafka', ['unknown_value kafka']],
    ['name: a, kind: stdout, fd: 0', ['out_of_range 0']],
    ['name: a, kind: stdout, tls: system', ['unknown_key tls']],
    [`${PG}, pasword: { env: P }`, ['unknown_key pasword']],
    [`${PG}, port: '5432'`, ["quoted_number '5432'"]],
    [`${PG}, password: canary`, ['secret_value password']],
    [`${PG}, password: 12345`, ['secret_value password']],
    [`${PG}, password: [canary]`, ['secret_value password']],
    [`${PG}, password: { file: a, env: B }`, ['contradiction password']],
    [`${PG}, password: {}`, ['contradiction password']],
    [`${PG}, password: { env: 'B C' }`, ["invalid_text 'B C'"]],
    [`${PG}, partition: week`, ['unknown_value week']],
    [`${PG}, tls: {}`, ['empty_map tls']],
    [`${PG}, tls: none`, ['unknown_value none']],
    [`${PG}, tls: { certificate_file: a }`, ['missing_key tls']],
    [`${PG}, tls: { private_key: { env: A } }`, ['missing_key tls']],
    [PG.replace('table: t', 'table: a;b'), ['invalid_text a;b']],
    [PG.replace('localhost', '10.0.0.1'), ['plaintext_sink 10.0.0.1']],
    [`${PG.replace('localhost', '10.0.0.1')}, insecure: false`, ['plaintext_sink 10.0.0.1']],
    [PG.replace('localhost', 'a@b'), ['invalid_text a@b']],
    [NATS.replace('localhost:4222', 'localhost:1, a:1'), ['plaintext_sink localhost:1']],
    [NATS.replace('localhost:4222', 'u:canary@a:1'), ['invalid_text u:canary@a:1']],
    [`${NATS}, user: u`, ['contradiction sinks']],
    [`${NATS}, password: { env: P }`, ['contradiction sinks']],
    [`${NATS}, token: { env: P }, creds: { env: Q }`, ['contradiction sinks']],
    [NATS.replace('subject: s', 'subject: s.>'), ['invalid_text s.>']],
    [NATS.replace('stream: S', 'stream: a.b'), ['invalid_text a.b']],
    [`${OTLP}, url: collector:4318`, ['invalid_text collector:4318']],
    [`${OTLP}, url: ftp://a/`, ['invalid_text ftp://a/']],
    [`${OTLP}, url: 'https://u:canary@a/'`, ["secret_value 'https://u:canary@a/'"]],
    [`${OTLP}, url: http://a:4318/v1/logs`, ['plaintext_sink http://a:4318/v1/logs']],
    [`${LOCAL}, tls: system`, ['contradiction sinks']],
    [`${LOCAL}, headers: { authorization: canary }`, ['secret_value authorization']],
    [`${LOCAL}, headers: { host: { env: A } }`, ['contradiction host']],
    [`${LOCAL}, headers: { A b: { env: A } }`, ['invalid_text A b']],
    [`${LOCAL}, headers: {}`, ['empty_map headers']],
    [`${LOCAL}, resource: {}`, ['empty_map resource']],
    [`${LOCAL}, resource: { 1a: x }`, ['invalid_text 1a']],
    ['name: a, kind: stdout }\n      - { name: a, kind: stdout', ['duplicate_item a']],
  ])('are refused at their word: {%s}', (sink, expected) => {
    const { findings, sources } = read(`      - {${sink}}\n`);
    const lines = (sources[0]?.text ?? '').split('\n');
    const found = findings.map(({ code, position, endColumn }) => {
      const line = lines[position.line - 1] ?? '';
      return `${code} ${line.slice(position.column - 1, endColumn - 1)}`;
    });
    const wanted = expected.map((each) =>
      each.endsWith(' sinks')
        ? (expect.stringMatching(`^${each.split(' ')[0] ?? ''} `) as string)
        : each,
    );
    expect(found).toEqual(wanted);
    expect(findings.map(({ message, help }) => `${message} ${help ?? ''}`).join()).not.toContain(
      'canary',
    );
  });

  it('are a list that is not empty', () => {
    const text = HEAD.replace('sinks:\n', 'sinks: []\n');
    const { findings } = readConfig({ file: { name: 'a.yaml', text }, environment: {} });
    expect(findings.map(({ code }) => code)).toEqual(['empty_list']);
  });
});
