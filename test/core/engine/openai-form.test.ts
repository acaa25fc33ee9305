import { isOpenaiForm } from '../../../src/core/engine/wording/openai-form';
import { APIS } from '../../../src/core/model/api';

describe('the APIs in OpenAI’s form', () => {
  it('are all but those with an envelope, or a protocol, of their own', () => {
    const others = APIS.filter((api) => !isOpenaiForm(api));
    expect(others).toEqual(['messages', 'gemini', 'rerank', 'realtime']);
    expect(others.map(isOpenaiForm)).toEqual([false, false, false, false]);
  });

  it('are what is taken where none is stated', () => {
    expect(isOpenaiForm(undefined)).toBe(true);
  });
});
