import { situationOf } from '../../../src/core/engine/situation';
import type { Api, Feature } from '../../../src/core/model/api';
import { context } from './support/build';

const featuresOf = (api: Api | undefined, ...features: readonly Feature[]): readonly Feature[] =>
  situationOf(context({ ...(api === undefined ? {} : { api }), features })).features;

describe('the features in use', () => {
  it.each<[Api | undefined, readonly Feature[], readonly Feature[]]>([
    [undefined, [], []],
    [undefined, ['no_store'], []],
    ['chat_completions', ['no_store', 'streaming'], ['streaming']],
    ['responses', [], ['store']],
    ['responses', ['no_store'], []],
    ['responses', ['streaming', 'store'], ['store', 'streaming']],
    ['batch', ['no_store'], ['batch']],
    ['files', [], ['files']],
  ])('of %s with %j are %j', (api, stated, inUse) => {
    expect(featuresOf(api, ...stated)).toEqual(inUse);
  });
});
