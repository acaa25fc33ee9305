import { EVERY_FEATURE } from '../../src/pep/ext-authz/features';
import { readRoutingFields } from '../../src/pep/ext-authz/routing-fields';

test('an item without type and role refers to one that the provider has stored', () => {
  const body = { model: 'm', store: false, input: [{ id: 'msg_1' }] };
  expect(readRoutingFields('responses', JSON.stringify(body))).toEqual({
    model: 'm',
    features: EVERY_FEATURE,
  });
});

test('a message without type is a message', () => {
  const body = { model: 'm', store: false, input: [{ role: 'user', content: 'x' }] };
  expect(readRoutingFields('responses', JSON.stringify(body))).toEqual({
    model: 'm',
    features: ['no_store'],
  });
});
