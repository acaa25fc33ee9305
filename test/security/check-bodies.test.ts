import { EVERY_FEATURE } from '../../src/pep/ext-authz/features';
import { readRoutingFields } from '../../src/pep/ext-authz/routing-fields';
import { readClientPreferences } from '../../src/pep/preferences';
import { DEFAULT_CLIENT_PREFERENCES } from '../../src/ports/client-preferences';

const reading = (body: object): unknown =>
  readRoutingFields({ form: 'responses' }, JSON.stringify(body), (parsed = {}) =>
    readClientPreferences({ body: parsed, headers: new Map() }, DEFAULT_CLIENT_PREFERENCES),
  );

test('an item without type and role refers to one that the provider has stored', () => {
  const body = { model: 'm', store: false, input: [{ id: 'msg_1' }] };
  expect(reading(body)).toMatchObject({
    model: 'm',
    features: EVERY_FEATURE,
  });
});

test('a message without type is a message', () => {
  const body = { model: 'm', store: false, input: [{ role: 'user', content: 'x' }] };
  expect(reading(body)).toMatchObject({
    model: 'm',
    features: ['no_store'],
  });
});
