import { frameOf } from './frames';
import { callUnary, openSession } from './raw-grpc';

/** The path of the method that is measured. */
export const DECIDE_PATH = '/ambit.v1.DecisionService/Decide';

/** Makes one unary call on a connection of its own, and gives the answer's bytes. */
export function askOnce(address: string, request: Uint8Array, path = DECIDE_PATH): Promise<Buffer> {
  const session = openSession(address);
  return new Promise<Buffer>((resolve, reject) => {
    callUnary(session, path, frameOf(request), ({ status, message, answer }) => {
      session.close();
      if (status === '0') resolve(answer);
      else reject(new Error(`the server refuses: status ${status}, ${message}`));
    });
  });
}
