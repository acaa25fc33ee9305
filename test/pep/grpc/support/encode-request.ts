import { DecideRequest } from '../../../../src/gen/ambit/v1/request';

/** A request as bytes; what the type demands and the value lacks is as absent on the wire. */
export function encodeRequest(request: unknown): Buffer {
  const whole = { ...DecideRequest.create(), ...(request as Partial<DecideRequest>) };
  return Buffer.from(DecideRequest.encode(whole).finish());
}
