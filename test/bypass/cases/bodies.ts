import { IN_REQUEST } from '../support/shapes';
import type { Ask, Trick } from '../support/trick';

/** The honest name of the world of requests. */
export const CHAT = { model: 'chat' };

/** What the command says. */
export const onCli = (code: string): Ask => ({ on: ['cli'], eligible: [], code });

/** A Check that is refused with 400. */
export const checked = (check: Ask['check']): Ask => ({
  on: ['check'],
  ...(check === undefined ? {} : { check }),
  eligible: [],
  code: 'invalid_request',
});

/** A body that two readers may read differently. */
const body = (id: string, trick: string, check: Ask['check'], text?: string): Trick => ({
  id,
  trick,
  rule: 'What two readers may read differently is refused.',
  laws: ['L1'],
  context: CHAT,
  closed: [checked(check), ...(text === undefined ? [] : [{ ...onCli('refused'), text }])],
  cannot: {
    ...IN_REQUEST,
    decide: 'no second key',
    stream: 'no second key',
    list: 'no second key',
    models: 'no second key',
    ...(text === undefined ? { cli: 'no second key' } : {}),
  },
});

/** Bodies, paths and headers of clients; the world of requests has them among its own. */
export const BODY_TRICKS: readonly Trick[] = [
  body(
    'duplicate-key',
    'The body has two models: the reader here and the provider could take different ones.',
    { body: '{"model":"chat","model":"cheap"}' },
    '{"context":{"model":"chat"},"candidates":[{"target":"acme/chat"}],"candidates":[{"target":"trains/chat"}]}',
  ),
  body(
    'escaped-key',
    'The second model’s key is written with an escape.',
    { body: '{"model":"chat","mod\\u0065l":"cheap"}' },
    '{"context":{"model":"chat","mod\\u0065l":"cheap"},"candidates":[]}',
  ),
  body(
    'case-of-key',
    'The second model’s key is written in capitals.',
    { body: '{"model":"chat","MODEL":"cheap"}' },
    '{"context":{"model":"chat","MODEL":"cheap"},"candidates":[]}',
  ),
  body(
    'preference-twice',
    'A preference stands twice in the body.',
    { body: '{"model":"chat","provider":{"only":["acme"],"only":["trains"]}}' },
    '{"context":{"preferences":{"only":["acme"],"only":["trains"]}},"candidates":[]}',
  ),
  body('preference-two-places', 'One preference is stated in two formats, differently.', {
    body: {
      ...CHAT,
      provider: { only: ['acme'] },
      providerOptions: { gateway: { only: ['trains'] } },
    },
  }),
  body(
    'unknown-preference',
    'A preference is misspelt, so that it could be passed over.',
    { body: { ...CHAT, provider: { onyl: ['acme'] } } },
    '{"context":{"preferences":{"onyl":["acme"]}},"candidates":[]}',
  ),
  body('route-by-body', 'The body names another address, or models to fall back to.', {
    body: { ...CHAT, fallbacks: ['cheap'], base_url: 'https://trains.example' },
  }),
  body(
    'preferences-not-cleared',
    'The body’s `models` go on to a gateway that would follow them.',
    { body: { ...CHAT, models: ['cheap'] }, extensions: {} },
  ),
  body('path-spelt', 'The path is spelt in another way that the provider understands.', {
    path: '/v1/chat/completion%73',
  }),
  body('double-slash', 'The path begins with two slashes.', { path: '//v1/chat/completions' }),
  body('compressed', 'The body is compressed, so that nobody reads it.', {
    headers: { 'content-encoding': 'gzip' },
  }),
  body('cut-short', 'The body is so large that only its beginning is seen.', {
    headers: { 'x-envoy-auth-partial-body': 'true' },
  }),
  body('byte-order-mark', 'A byte order mark stands before the body.', {
    body: Buffer.from('\uFEFF{"model":"chat"}'),
  }),
];
