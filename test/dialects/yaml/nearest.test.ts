import { nearestName } from '../../../src/dialects/yaml/nearest';

const KNOWN = ['max_retention_days', 'require_no_training', 'id', 'models', 'allow', 'deny'];

test.each([
  ['max_retention_day', 'max_retention_days'],
  ['maxRetentionDays', 'max_retention_days'],
  ['max-retention-days', 'max_retention_days'],
  ['Models', 'models'],
  ['modles', 'models'],
  ['alow', 'allow'],
  ['ID', 'id'],
])('%s is near %s', (name, nearest) => {
  expect(nearestName(name, KNOWN)).toBe(nearest);
});

test.each(['', 'x', 'if', 'colour', 'max', 'm'.repeat(1000)])('%j is near nothing', (name) => {
  expect(nearestName(name, KNOWN)).toBeUndefined();
});

test('of two equally near names the first is taken', () => {
  expect(nearestName('eex', ['eea', 'eeb'])).toBe('eea');
});
