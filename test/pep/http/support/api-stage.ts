import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { createCheckAnswerer } from '../../../../src/pep/ext-authz/check-handlers';
import { createCallRules } from '../../../../src/pep/call-rules';
import type { Identify } from '../../../../src/pep/identity';
import { identifyByListener } from '../../../../src/pep/identity';
import type { CallFailure } from '../../../../src/pep/incoming';
import { apiServerWith } from '../../../../src/pep/http/api-server';
import type { MakeCheckAnswerer } from '../../../../src/pep/shared/answer-check';
import type { ConnectionShare } from '../../../../src/pep/socket-server';
import { DEFAULT_CLIENT_PREFERENCES } from '../../../../src/ports/client-preferences';
import { DEFAULT_LIMITS } from '../../../../src/ports/service-limits';
import type { ServiceLimits } from '../../../../src/ports/service-limits';
import type { DecidedCall } from '../../../../src/ports/telemetry';
import { ANYONE } from '../../../../src/service/caller-rights';
import type { DecisionPoint } from '../../../../src/service/decision-point';

/** What a server is told of, and what its connections hold. */
export interface ApiStage {
  readonly address: string;
  readonly refused: readonly CallFailure[];
  readonly decided: readonly DecidedCall[];
  readonly defects: readonly unknown[];
  /** Calls and bytes that are taken and not given back. */
  readonly held: { calls: number; bytes: number };
  close(): Promise<void>;
}

/** Starts the HTTP server over a decision point, at a free port of loopback. */
export async function startApi(
  point: DecisionPoint,
  {
    shed = () => undefined,
    identify = identifyByListener(ANYONE),
    limits = DEFAULT_LIMITS,
    makeAnswerer = createCheckAnswerer,
  }: {
    readonly shed?: ConnectionShare['admitCall'];
    readonly identify?: Identify;
    readonly limits?: ServiceLimits;
    readonly makeAnswerer?: MakeCheckAnswerer;
  } = {},
): Promise<ApiStage> {
  const refused: CallFailure[] = [];
  const decided: DecidedCall[] = [];
  const defects: unknown[] = [];
  const held = { calls: 0, bytes: 0 };
  const ignore = (): void => undefined;
  const rules = createCallRules({
    identify,
    telemetry: {
      decided: (call) => void decided.push(call),
      refused: ignore,
      handshakeFailed: ignore,
      connectionRefused: ignore,
      reloaded: ignore,
      failed: ignore,
    },
    deadlineMarginMs: 2,
    shedRequest: () => undefined,
    onRefused: (failure) => void refused.push(failure),
    onDefect: (error) => void defects.push(error),
    nowMs: Date.now,
  });
  const share: ConnectionShare = {
    admitCall: () => {
      const failure = shed();
      if (failure === undefined) held.calls += 1;
      return failure;
    },
    settleCall: () => (held.calls -= 1),
    hold: (bytes) => (held.bytes += bytes),
    release: (bytes) => (held.bytes -= bytes),
  };
  const api = apiServerWith(makeAnswerer)({
    point,
    rules,
    limits,
    clientPreferences: DEFAULT_CLIENT_PREFERENCES,
    shareLoad: () => share,
  });
  const acceptor = createServer((socket) => {
    api.accept(socket);
  });
  await new Promise<void>((resolve) => {
    acceptor.listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `127.0.0.1:${String((acceptor.address() as AddressInfo).port)}`,
    refused,
    decided,
    defects,
    held,
    close: async () => {
      api.drain(0);
      await new Promise((resolve) => acceptor.close(resolve));
      await api.close();
    },
  };
}
