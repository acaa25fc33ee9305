import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Client, ClientDuplexStream } from '@grpc/grpc-js';

import { call, openClient } from '../../contract/support/client';
import type { Message } from '../../contract/support/client';
import { POLICY_FILE } from '../../contract/support/service';
import { ask } from '../../pep/http/support/diagnostics';
import { parseMetrics, valueOf } from '../../platform/metrics/support/parse-metrics';
import { findFreePort } from '../support/ports';
import { until } from '../support/wait';
import { serve } from './built-cli';
import type { BuiltService } from './built-cli';

const REQUEST = { context: { tenant: 'red' }, candidates: [{ target: 'acme/large' }] };
const BROKEN = POLICY_FILE.replace('require_no_training', 'require_no_trainning');

let directory = '';
let probes = { address: '' };
let service: BuiltService;
let client: Client;

async function start(...args: readonly string[]): Promise<void> {
  directory = mkdtempSync(join(tmpdir(), 'ambit-diagnostics-'));
  writeFileSync(join(directory, 'policy.yaml'), POLICY_FILE);
  const address = `127.0.0.1:${String(await findFreePort())}`;
  probes = { address: `127.0.0.1:${String(await findFreePort())}` };
  service = await serve(address, ['--policy', directory, '--diagnostics', probes.address, ...args]);
  client = openClient('ambit.v1.DecisionService', address);
}

afterEach(async () => {
  client.close();
  await service.stop();
  rmSync(directory, { recursive: true });
});

/** Replaces the policy as an editor does. */
function replacePolicy(text: string): void {
  writeFileSync(join(directory, 'next'), text);
  renameSync(join(directory, 'next'), join(directory, 'policy.yaml'));
}

const statusOf = async (page: string): Promise<number> => (await ask(probes, page)).status;

async function value(
  name: string,
  labels: Record<string, string> = {},
): Promise<number | undefined> {
  const { text } = await ask(probes, '/metrics');
  return valueOf(parseMetrics(text, 'text'), name, labels);
}

describe('diagnostics of a service, as built', () => {
  it('count what was asked and what came of it', async () => {
    await start();
    const before = await value('ambit_decision_candidates_count');
    await call(client, 'Decide', REQUEST);
    await call(client, 'Decide', { ...REQUEST, candidates: [{ target: 'boreal/large' }] });
    await call(client, 'Decide', { ...REQUEST, candidates: [{ ref: 'a' }, { ref: 'a' }] });
    await call(client, 'ListEligible', { context: { tenant: 'red', model: 'large' } });
    expect(before).toBe(0);
    const decisions = { method: 'decide', caller: '' };
    expect(await value('ambit_decisions_total', { ...decisions, outcome: 'allow' })).toBe(1);
    expect(await value('ambit_decisions_total', { ...decisions, outcome: 'block' })).toBe(1);
    expect(await value('ambit_blocks_total', { code: 'no_compliant_provider' })).toBe(1);
    const list = { method: 'list', caller: '', outcome: 'allow' };
    expect(await value('ambit_decisions_total', list)).toBe(1);
    expect(await value('ambit_decision_duration_seconds_count', { method: 'decide' })).toBe(2);
    const refused = { status: 'INVALID_ARGUMENT', reason: 'invalid', caller: '' };
    expect(await value('ambit_refused_calls_total', refused)).toBe(1);
    expect(await value('ambit_defects_total')).toBe(0);
  });

  it('tell of the bundle, and of one that was refused: ready, and degraded', async () => {
    await start();
    expect(await value('ambit_bundle_sequence')).toBe(1);
    expect(await value('ambit_sources_rejected')).toBe(0);
    replacePolicy(BROKEN);
    await until('the refusal to show', async () =>
      (await value('ambit_sources_rejected')) === 1 ? true : undefined,
    );
    const { status, text } = await ask(probes, '/readyz?verbose');
    expect(status).toBe(200);
    expect(text).toContain('[!]sources degraded: the last reading was refused with 1 error;');
    expect(await value('ambit_reloads_total', { outcome: 'rejected' })).toBe(1);
    expect(await value('ambit_bundle_sequence')).toBe(1);
    replacePolicy(POLICY_FILE.replace('revision: 7', 'revision: 8'));
    await until('the next bundle', async () =>
      (await value('ambit_bundle_sequence')) === 2 ? true : undefined,
    );
    const page = parseMetrics((await ask(probes, '/metrics')).text, 'text');
    const infos = page.get('ambit_bundle_info')?.samples.map(({ labels }) => labels['revision']);
    expect(infos).toEqual(['8']);
    expect(await statusOf('/readyz')).toBe(200);
  });

  it('are not ready while the sources are too old, and alive', async () => {
    await start('--max-staleness', '0.5');
    replacePolicy(BROKEN);
    await until('the sources to be stale', async () =>
      (await statusOf('/readyz')) === 503 ? true : undefined,
    );
    expect((await ask(probes, '/readyz')).text).toContain('[-]staleness failed: ');
    expect(await value('ambit_sources_stale')).toBe(1);
    expect(await value('ambit_ready')).toBe(0);
    expect(await statusOf('/livez')).toBe(200);
    replacePolicy(POLICY_FILE);
    await until('the service to be ready again', async () =>
      (await statusOf('/readyz')) === 200 ? true : undefined,
    );
  });

  it('are not ready from the signal on, until the process has ended', async () => {
    await start();
    // A stream on which requests keep coming keeps the service from ending at once.
    const methods = client as unknown as {
      DecideStream: () => ClientDuplexStream<Message, Message>;
    };
    const stream = methods.DecideStream();
    stream.on('error', () => undefined).on('data', () => undefined);
    let sent = 0;
    const asking = setInterval(() => {
      sent += 1;
      stream.write({ request: { ...REQUEST, request_id: String(sent) } });
    }, 10);
    try {
      await until('a request to be sent', () => (sent > 0 ? true : undefined));
      const ended = service.stop();
      await until('the service not to be ready', async () => {
        const { status, text } = await ask(probes, '/readyz');
        return status === 503 && text.includes('[-]shutdown failed: ') ? true : undefined;
      });
      expect(await statusOf('/livez')).toBe(200);
      clearInterval(asking);
      stream.end();
      expect(await ended).toBe(0);
      await expect(statusOf('/livez')).rejects.toThrow('ECONNREFUSED');
    } finally {
      clearInterval(asking);
    }
  });

  it('show no tenant, model or target', async () => {
    await start();
    const mark = 'canary-7f3a';
    await call(client, 'Decide', {
      request_id: mark,
      context: { tenant: mark, model: mark, scope: { team: mark } },
      candidates: [{ target: mark, ref: mark }],
    });
    for (const page of ['/metrics', '/readyz?verbose', '/livez?verbose']) {
      const { text } = await ask(probes, page);
      expect(text).not.toMatch(/canary|acme|boreal|require_no_training|policy\.yaml/);
    }
    expect(await value('ambit_blocks_total', { code: 'unknown_tenant' })).toBe(1);
  });
});
