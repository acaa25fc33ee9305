import type { ServedBundle } from '../../../src/ports/security-events';
import { bundleActivated } from '../../../src/service/events/service-events';
import { loadFiles } from '../support/world';
import { START_MS } from '../trail/support/trails';

/** So many targets, under a policy with a limit of days. */
async function served(targets: number, days: number, files = ['a.yaml']): Promise<ServedBundle> {
  const models = Array.from({ length: targets }, (_, n) => `{ model: m${String(n)} }`).join(', ');
  const { bundle, findings } = await loadFiles({
    'catalog.yaml': `apiVersion: ambit/v1
kind: Catalog
metadata: { name: all }
spec: { providers: [{ id: p, claims: { retention_days: 7 }, targets: [${models}] }] }`,
    'policy.yaml': `apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec: { requirements: { max_retention_days: ${String(days)} } }`,
  });
  if (bundle === undefined) throw new Error(JSON.stringify(findings));
  return { bundle, sequence: 1, files };
}

function severityOf(now: ServedBundle, before?: ServedBundle): readonly [string, string] {
  const happening = { kind: 'bundle_activated', now } as const;
  const mark = { uid: 'u', timeMs: START_MS };
  const event = bundleActivated(before === undefined ? happening : { ...happening, before }, mark);
  return [event.severity, event.message.slice(event.message.indexOf(': ') + 2)];
}

test('a bundle that lets more through is more than a note, and so is one of which nobody knows', async () => {
  const [strict, lax, many] = [await served(2, 0), await served(2, 7), await served(60, 7)];
  expect(severityOf(strict)).toEqual(['Informational', 'it is the first']);
  expect(severityOf(lax, strict)).toEqual(['Medium', 'some gain targets']);
  expect(severityOf(strict, lax)).toEqual(['Informational', 'some lose targets']);
  const unknown = 'it is too large to say who gains what';
  expect(severityOf(many, await served(60, 0))).toEqual(['Medium', unknown]);
  expect(severityOf(await served(20, 7), await served(20, 0))).toEqual(['Medium', unknown]);
});

test('a bundle without files that the one before had is more than a note', async () => {
  const before = await served(2, 7, ['a.yaml', 'b.yaml']);
  const [severity, message] = severityOf(await served(2, 0), before);
  expect([severity, message]).toEqual(['Medium', 'some lose targets; files are gone: 1']);
});
