import type { Policy } from '../../core/model/policy';
import type { Requirement } from '../../core/model/requirement';
import type { MapReader } from '../yaml/reader';
import { modelLists } from './model-lists';
import { makePolicies } from './make-policies';
import type { ReadKey } from './read-key';
import { providerLists } from './provider-lists';
import { readTraining } from './training';
import { readZeroRetention } from './zero-retention';

/** The status of a block of the account's settings: OpenRouter documents that no endpoint is found. */
const ACCOUNT_STATUS = 404;

/** Reads the settings that hold for the whole account. */
export function readAccount(account: MapReader, id: string): readonly Policy[] {
  if (account.isEmpty) {
    account.fail('empty_map', `\`${account.path}\` states nothing`, {
      help: 'write a setting of the account, such as `zdr: true`, or remove the key',
    });
  }
  const read: ReadKey = (key) => account.value(key);
  const lists = [...providerLists(read), ...modelLists(read, 'patterns')];
  const zeroRetention = readZeroRetention(read, ['zdr', 'enforce_zdr']);
  const requirements = [...readDataCollection(read), ...readTraining(read)];
  account.close();
  return makePolicies({
    id,
    holder: account,
    status: ACCOUNT_STATUS,
    lists,
    requirements,
    zeroRetention,
  });
}

/** `allow` is OpenRouter's default and demands nothing. */
function readDataCollection(read: ReadKey): readonly Requirement[] {
  const reader = read('data_collection');
  const choice = reader?.choice(['allow', 'deny'], { proposed: ['deny'] });
  if (reader === undefined || choice?.value !== 'deny') return [];
  return [{ rule: { kind: 'deny_user_data_collection' }, position: reader.label.position }];
}
