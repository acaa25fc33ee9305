// Starts a benchmark without a build of its own: node test/bench/run.cjs decide|envoy|envoy-overload|evidence|micro|overload|profile|scale [options].
const { requireTypeScript } = require('../support/run-typescript.cjs');

const [name = '', ...args] = process.argv.slice(2);
const benchmarks = {
  decide: 'decide-cpu',
  envoy: 'envoy-overhead',
  'envoy-overload': 'envoy-overload',
  evidence: 'evidence',
  micro: 'micro',
  overload: 'overload',
  profile: 'profile',
  scale: 'scale',
};
if (!Object.hasOwn(benchmarks, name)) {
  process.stderr.write(`name one of ${Object.keys(benchmarks).join(', ')}\n`);
  process.exitCode = 2;
} else {
  const { main } = requireTypeScript(
    ['src', 'test/bench', 'test/e2e/faults', 'test/e2e/support'],
    `test/bench/${benchmarks[name]}`,
  );
  Promise.resolve(main(args)).then(
    (code) => process.exit(code),
    (error) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
}
