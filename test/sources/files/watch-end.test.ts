import { createFileSource } from '../../../src/sources/files/file-source';
import type { FileReader } from '../../../src/ports/file-reader';
import { createMemoryReader } from '../../cli/support/memory-reader';
import { until } from '../../contract/support/until';

describe('a watch that ends while it looks', () => {
  it.each(['text', 'changed'])('tells nobody, whatever it finds: %s', async (found) => {
    const files = { 'a.yaml': 'text' };
    const inner = createMemoryReader(files);
    let looking = false;
    let finish: () => void = () => undefined;
    const reader: FileReader = {
      ...inner,
      read: async (path) => {
        if (looking) {
          await new Promise<void>((resolve) => {
            finish = resolve;
          });
        }
        return inner.read(path);
      },
    };
    const source = createFileSource(reader);
    const reading = source.open();
    await reading.reader.read('a.yaml');
    expect(await reading.isWhole()).toBe(true);
    looking = true;
    files['a.yaml'] = found;
    const heard: string[] = [];
    const watch = source.watch({
      onChange: () => {
        heard.push('changed');
        return Promise.resolve();
      },
      onUnchanged: () => {
        heard.push('unchanged');
      },
    });
    const idle = finish;
    await until(() => finish !== idle);
    watch.close();
    finish();
    // All that follows from the look are promises, which are settled before the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual([]);
  });
});
