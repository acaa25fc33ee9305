import type { Finding } from '../../../src/core/model/finding';
import { GetStatusResponse } from '../../../src/gen/ambit/v1/policy_service';
import { statusToWire, withoutFiles } from '../../../src/pep/grpc/status-to-wire';
import { createLifecycle, readStatus } from '../../../src/service/status';
import { CATALOG, POLICY } from '../../cli/support/files';
import { createTestPoint, loadText, START_MS } from '../../service/support/world';

const FINDING: Finding = {
  severity: 'error',
  code: 'unknown_key',
  message: 'm',
  position: { file: 'p.yaml', line: 3, column: 5 },
  endColumn: 9,
  help: 'h',
};

describe('a status', () => {
  it('has neither bundle nor age where nothing is loaded', () => {
    const wire = statusToWire({ state: 'starting', stale: false }, '1.2.3');
    expect(GetStatusResponse.toJSON(wire)).toEqual({
      state: 'SERVING_STATE_STARTING',
      stale: false,
      version: '1.2.3',
    });
  });

  it('counts what is active, and tells its age in seconds', async () => {
    const loaded = await loadText(`${CATALOG}---\n${POLICY}`);
    const { store, clock } = createTestPoint(loaded, 1000);
    clock.moveMs(1500);
    const wire = statusToWire(readStatus({ store, clock, lifecycle: createLifecycle() }), 'v');
    expect(GetStatusResponse.toJSON(wire)).toEqual({
      state: 'SERVING_STATE_READY',
      active: {
        bundle: { digest: loaded.bundle?.digest, sequence: '1', stale: true },
        loadedAt: new Date(START_MS).toISOString(),
        policyCount: 1,
        targetCount: 3,
        files: ['policy.yaml'],
      },
      stale: true,
      ageSeconds: 1.5,
      version: 'v',
    });
  });

  it.each([
    ['error', 'SEVERITY_ERROR'],
    ['warning', 'SEVERITY_WARNING'],
    ['info', 'SEVERITY_INFO'],
  ] as const)('shows findings at their place: %s', (severity, shown) => {
    const lastRejected = { rejectedAtMs: START_MS, findings: [{ ...FINDING, severity }] };
    const wire = statusToWire({ state: 'draining', stale: false, lastRejected }, 'v');
    expect(GetStatusResponse.toJSON(wire)).toMatchObject({
      state: 'SERVING_STATE_DRAINING',
      lastRejected: {
        rejectedAt: '2026-01-01T00:00:00.000Z',
        findings: [
          {
            file: 'p.yaml',
            line: 3,
            column: 5,
            severity: shown,
            code: 'unknown_key',
            message: 'm',
            help: 'h',
          },
        ],
        findingsOmitted: 0,
      },
    });
  });

  it('shows codes and counts, and neither paths nor texts, where files are not to be seen', async () => {
    const loaded = await loadText(`${CATALOG}---\n${POLICY}`);
    const { store, clock } = createTestPoint(loaded, 1000);
    const status = readStatus({ store, clock, lifecycle: createLifecycle() });
    const findings = Array.from({ length: 300 }, () => FINDING);
    const rejected = { ...status, lastRejected: { rejectedAtMs: START_MS, findings } };
    const whole = statusToWire(rejected, 'v');
    const wire = withoutFiles(whole);
    expect(wire.active).toEqual({ ...whole.active, files: [] });
    expect(wire.lastRejected).toMatchObject({ findingsOmitted: 44 });
    expect(wire.lastRejected?.findings).toHaveLength(256);
    expect(GetStatusResponse.toJSON(wire)).not.toEqual(GetStatusResponse.toJSON(whole));
    const [shown] = wire.lastRejected?.findings ?? [];
    expect(shown).toEqual({
      file: '',
      line: 0,
      column: 0,
      severity: whole.lastRejected?.findings[0]?.severity,
      code: 'unknown_key',
      message: '',
      help: undefined,
    });
  });

  it.each([
    [256, 256, 0],
    [257, 256, 1],
    [1000, 256, 744],
  ])('of %i findings shows %i, the first ones, and counts the others', (count, shown, omitted) => {
    const findings = Array.from({ length: count }, (_, index) => ({
      ...FINDING,
      code: `c${String(index)}`,
    }));
    const lastRejected = { rejectedAtMs: START_MS, findings };
    const wire = statusToWire({ state: 'ready', stale: false, lastRejected }, 'v');
    expect(wire.lastRejected?.findings.map(({ code }) => code)).toEqual(
      findings.slice(0, shown).map(({ code }) => code),
    );
    expect(wire.lastRejected?.findingsOmitted).toBe(omitted);
  });
});
