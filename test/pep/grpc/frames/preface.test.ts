import { Preface } from '../../../../src/pep/grpc/frames/preface';

const HTTP2 = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

it.each([
  ['as HTTP/2 does', [HTTP2, 'anything'], [true, true]],
  ['in parts', ['PRI', ' * HTTP/2.0\r\n\r\nSM\r\n\r\nmore', 'x'], [true, true, true]],
  ['as HTTP/1.1 does', ['GET / HTTP/1.1\r\n\r\n'], [false]],
  ['as HTTP/2 does, but not at once', ['x', HTTP2, 'more'], [false, false, false]],
  ['nearly so', ['PRI * HTTP/2.0\r\n\r\n', 'SN\r\n\r\n'], [true, false]],
])('knows who begins %s', (_name, pieces, same) => {
  const preface = new Preface();
  expect(pieces.map((piece) => preface.take(Buffer.from(piece)))).toEqual(same);
});
