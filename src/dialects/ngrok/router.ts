import type { MapReader, ValueReader } from '../yaml/reader';
import { warnOfSecret } from './api-keys';
import { PROSE } from './names';

/**
 * Which credentials a key's requests are sent with. It keeps no provider out, so that it is read to find mistakes;
 * keys are named by id, and one that is written out is not kept.
 */
export function readRouter(router: MapReader | undefined): void {
  for (const item of router?.value('rules')?.list({ mayBeEmpty: true }) ?? []) readRule(item);
  router?.close();
}

function readRule(item: ValueReader): void {
  const rule = item.map();
  for (const key of ['provider', 'model']) rule?.text(key, PROSE);
  for (const step of rule?.required('steps')?.list() ?? []) readStep(step);
  rule?.close();
}

function readStep(item: ValueReader): void {
  const step = item.map();
  step?.required('type')?.choice(['user', 'ngrok']);
  step?.choice('keySelectionStrategy', ['ordered']);
  for (const key of step?.value('keys')?.list({ mayBeEmpty: true }) ?? []) readKey(key);
  step?.close();
}

function readKey(item: ValueReader): void {
  const key = item.map();
  for (const name of ['id', 'name']) key?.text(name, PROSE);
  key?.has('keyRedacted');
  const value = key?.value('value');
  if (value !== undefined) warnOfSecret(value);
  key?.close();
}
