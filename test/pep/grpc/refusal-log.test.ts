import { createRefusalLog } from '../../../src/pep/grpc/refusal-log';
import { createLogger } from '../../../src/platform/logging';
import { status } from '@grpc/grpc-js';

function logAt(): {
  lines: Record<string, unknown>[];
  clock: { nowMs: number };
  log: ReturnType<typeof createRefusalLog>;
} {
  const lines: Record<string, unknown>[] = [];
  const clock = { nowMs: 0 };
  const logger = createLogger('info', {
    write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  });
  return { lines, clock, log: createRefusalLog(logger, () => clock.nowMs) };
}

const rights = { code: status.PERMISSION_DENIED, details: 'no', reason: 'rights' } as const;

describe('the log of refusals', () => {
  it('names ten of a kind in a second, and counts the others in the next record', () => {
    const { lines, clock, log } = logAt();
    for (let count = 0; count < 25; count += 1) log.refused('a', rights, undefined);
    expect(lines).toHaveLength(10);
    clock.nowMs = 1000;
    log.refused('a', rights, undefined);
    expect(lines.at(-1)).toMatchObject({ msg: 'call refused', reason: 'rights', omitted: 15 });
    log.refused('a', rights, undefined);
    expect(lines.at(-1)).not.toHaveProperty('omitted');
  });

  it('tells of a wrong configuration, and of no other invalid call', () => {
    const { lines, log } = logAt();
    const invalid = { code: status.INVALID_ARGUMENT, details: 'no', reason: 'invalid' } as const;
    log.refused('a', invalid, undefined);
    expect(lines).toEqual([]);
    log.refused('a', { ...invalid, isMisconfigured: true }, undefined);
    expect(lines).toMatchObject([{ msg: 'call refused', reason: 'invalid', details: 'no' }]);
  });

  it('keeps room for each kind', () => {
    const { lines, log } = logAt();
    for (let count = 0; count < 25; count += 1) log.sentAway('a', 'unread');
    log.sentAway('a', 'bytes');
    log.handshakeFailed('a', 'X', undefined);
    log.connectionRefused('a');
    expect(lines.slice(10).map(({ msg }) => msg)).toEqual([
      'connection closed: its client misbehaves',
      'TLS handshake failed',
      'connection refused: there are too many',
    ]);
  });

  it('names the URIs of a certificate only where one is refused, and the far end where it is known', () => {
    const { lines, log } = logAt();
    log.refused('a', { ...rights, reason: 'identity', certificateUris: ['spiffe://a'] }, undefined);
    log.refused('a', rights, undefined);
    log.handshakeFailed('a', 'X', '10.0.0.1:4');
    log.handshakeFailed('a', 'X', undefined);
    expect(lines[0]).toMatchObject({ certificate_uris: ['spiffe://a'] });
    expect(lines[1]).not.toHaveProperty('certificate_uris');
    expect(lines[2]).toMatchObject({ address: 'a', peer: '10.0.0.1:4', reason: 'X' });
    expect(lines[3]).not.toHaveProperty('peer');
  });

  it('leaves out what tells of no attack', () => {
    const { lines, log } = logAt();
    log.refused('a', { ...rights, reason: 'invalid' }, undefined);
    expect(lines).toEqual([]);
  });
});
