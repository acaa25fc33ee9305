import { createGateSwitch } from '../../../../src/pep/grpc/load/gate-switch';
import type { GateSwitch } from '../../../../src/pep/grpc/load/gate-switch';

let nowMs: number;
let turnedOn: number;
let gateSwitch: GateSwitch;

beforeEach(() => {
  nowMs = 0;
  turnedOn = 0;
  gateSwitch = createGateSwitch({ nowMs: () => nowMs, onTurnedOn: () => (turnedOn += 1) });
});

function waste(calls: number): void {
  for (let each = 0; each < calls; each += 1) gateSwitch.countWasted();
}

describe('the switch of the gate before HTTP/2', () => {
  it('is off as long as few calls come to nothing, however long that goes on', () => {
    waste(200);
    for (nowMs = 100; nowMs < 100_000; nowMs += 100) waste(10);
    expect([gateSwitch.isOn(), turnedOn]).toEqual([false, 0]);
  });

  it('is on once there are more, and says so once', () => {
    waste(200);
    expect(gateSwitch.isOn()).toBe(false);
    waste(300);
    expect([gateSwitch.isOn(), turnedOn]).toEqual([true, 1]);
  });

  it('stays on until a minute after there were too many for the last time, and can come on again', () => {
    waste(201);
    nowMs = 30_000;
    waste(201);
    nowMs = 89_999;
    expect(gateSwitch.isOn()).toBe(true);
    nowMs = 90_000;
    expect([gateSwitch.isOn(), turnedOn]).toEqual([false, 1]);
    waste(201);
    expect([gateSwitch.isOn(), turnedOn]).toEqual([true, 2]);
  });
});
