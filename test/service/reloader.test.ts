import type { SourceListener, PolicySource } from '../../src/ports/policy-source';
import type { PolicyDialect } from '../../src/ports/policy-dialect';
import { digestOf } from '../../src/platform/digest';
import { createBundleStore } from '../../src/service/bundle-store';
import type { BundleStore } from '../../src/service/bundle-store';
import { createReloader } from '../../src/service/reloader';
import type { Reloader, ReloadEvent } from '../../src/service/reloader';
import { CATALOG, POLICY } from '../cli/support/files';
import { createMemoryReader } from '../cli/support/memory-reader';
import { DIALECTS } from '../support/dialects';
import { createTestClock } from './support/world';
import type { TestClock } from './support/world';

const GOOD = `${CATALOG}---\n${POLICY}`;

/** Sources that exist only in the test, and say themselves whether they were read whole. */
interface TestSource extends PolicySource {
  text: string;
  /** One for each reading; whole after the last. */
  torn: number;
  readings: number;
  readonly listener: () => SourceListener;
}

function createTestSource(): TestSource {
  let listener: SourceListener | undefined;
  const source: TestSource = {
    text: GOOD,
    torn: 0,
    readings: 0,
    listener: () => {
      if (listener === undefined) throw new Error('nobody watches');
      return listener;
    },
    open: () => {
      source.readings += 1;
      return {
        reader: createMemoryReader({ 'policy.yaml': source.text }),
        isWhole: () => {
          source.torn -= 1;
          return Promise.resolve(source.torn < 0);
        },
      };
    },
    watch: (heard) => {
      listener = heard;
      return { close: () => undefined };
    },
  };
  return source;
}

let source: TestSource;
let clock: TestClock;
let store: BundleStore;
let events: ReloadEvent[];
let defects: unknown[];

beforeEach(() => {
  source = createTestSource();
  clock = createTestClock();
  store = createBundleStore({ clock });
  events = [];
  defects = [];
});

function reloader(dialects = DIALECTS, into = store): Reloader {
  return createReloader({
    roots: [{ path: 'policy.yaml' }],
    dialects,
    digestOf,
    source,
    store: into,
    onLoaded: () => undefined,
    onReload: (event) => void events.push(event),
    onDefect: (error) => void defects.push(error),
  });
}

const outcomes = (): readonly string[] => events.map(({ outcome }) => outcome);

describe('a reloader', () => {
  it('activates what it reads, and tells', async () => {
    await reloader().reload();
    expect(outcomes()).toEqual(['activated']);
    expect(store.active()?.sequence).toBe(1);
  });

  it('reads again what changed while it was read', async () => {
    source.torn = 4;
    await reloader().reload();
    expect(source.readings).toBe(5);
    expect(outcomes()).toEqual(['activated']);
  });

  it('offers nothing that never was whole', async () => {
    source.torn = 5;
    await reloader().reload();
    expect(source.readings).toBe(5);
    expect(outcomes()).toEqual(['torn']);
    expect(store.active()).toBeUndefined();
    expect(store.ageMs()).toBeUndefined();
  });

  it('follows changes, and keeps the last good bundle over wrong ones', async () => {
    const made = reloader();
    await made.reload();
    made.watch();
    source.text = GOOD.replace('days: 7', 'days: seven');
    await source.listener().onChange();
    expect(store.active()?.sequence).toBe(1);
    expect(store.lastRejected()).toBeDefined();
    source.text = GOOD.replace('days: 7', 'days: 8');
    await source.listener().onChange();
    source.text = GOOD.replace('days: 7', '  days: 8'.trim());
    await source.listener().onChange();
    expect(outcomes()).toEqual(['activated', 'rejected', 'activated', 'unchanged']);
    expect(store.lastRejected()).toBeUndefined();
  });

  it('counts unchanged sources as read', async () => {
    const made = reloader();
    await made.reload();
    made.watch();
    clock.moveMs(1000);
    expect(store.ageMs()).toBe(1000);
    source.listener().onUnchanged();
    expect(store.ageMs()).toBe(0);
  });
});

describe('a defect while loading', () => {
  const faulty: PolicyDialect = {
    name: 'faulty',
    detects: () => true,
    parse: () => {
      throw new Error('planted');
    },
  };

  it('counts as a rejection, so that it shows, and the last good bundle stays', async () => {
    await reloader().reload();
    const made = reloader([faulty]);
    made.watch();
    await source.listener().onChange();
    expect(defects).toEqual([new Error('planted')]);
    expect(outcomes()).toEqual(['activated', 'rejected']);
    expect(store.active()?.sequence).toBe(1);
    expect(store.lastRejected()).toMatchObject({
      findings: [{ code: 'internal_error', position: { file: 'policy.yaml' } }],
    });
    clock.moveMs(1000);
    source.listener().onUnchanged();
    expect(store.ageMs()).toBe(1000);
  });

  it('is one where a bundle cannot judge its own catalog', async () => {
    const picky: BundleStore = {
      ...store,
      offer: (loaded) => {
        const { bundle } = loaded;
        if (bundle === undefined) return store.offer(loaded);
        const broken = {
          ...bundle,
          get catalog(): never {
            throw new Error('planted');
          },
        };
        return store.offer({ ...loaded, bundle: broken });
      },
    };
    await reloader(DIALECTS, picky).reload();
    expect(outcomes()).toEqual(['rejected']);
    expect(store.active()).toBeUndefined();
    expect(defects).toEqual([new Error('the bundle cannot judge its own catalog')]);
  });

  it('does not end the watch, wherever it is', async () => {
    const failing: BundleStore = {
      ...store,
      offer: () => {
        throw new Error('planted');
      },
      confirm: () => {
        throw new Error('planted, too');
      },
    };
    reloader(DIALECTS, failing).watch();
    await source.listener().onChange();
    source.listener().onUnchanged();
    expect(defects).toEqual([
      new Error('planted'),
      new Error('planted'),
      new Error('planted, too'),
    ]);
  });
});
