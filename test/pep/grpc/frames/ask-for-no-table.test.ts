import { askForNoTable } from '../../../../src/pep/grpc/frames/ask-for-no-table';
import { FLAG, FRAME, frameOf } from '../../../../src/pep/grpc/frames/frame';

const own = Buffer.from('000300000064', 'hex');
const rest = Buffer.from(frameOf(FRAME.windowUpdate, 0, 0, Buffer.alloc(4)));

function settings(flags = 0): Buffer {
  return Buffer.from(frameOf(FRAME.settings, flags, 0, own));
}

describe('what HTTP/2 sends first', () => {
  it('asks for no table beside its own settings, and what comes behind them stays', () => {
    const asking = frameOf(
      FRAME.settings,
      0,
      0,
      Buffer.concat([own, Buffer.from('000100000000', 'hex')]),
    );
    expect(askForNoTable(settings())).toEqual(Buffer.from(asking));
    expect(askForNoTable(Buffer.concat([settings(), rest]))).toEqual(Buffer.concat([asking, rest]));
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a part of a frame', settings().subarray(0, 12)],
    ['a part of the first nine bytes', settings().subarray(0, 8)],
    ['an acknowledgement', settings(FLAG.ack)],
    ['another frame', rest],
  ])('stays as it is where it is %s', (_name, bytes) => {
    expect(askForNoTable(bytes)).toBe(bytes);
  });
});
