#!/usr/bin/env bash
# The properties and the enumeration of `npm test` once more, longer: TEST_RUNS times the counts that the tests state (5;
# `npm test` runs half of them), with the seed TEST_SEED (a new one each time, printed), and every combination of the
# enumerated domain; those need Node only. Then the drills against the built service (replaced policies, restarts,
# certificates, evidence through 300 kills and on failing disks) as many times longer, its use over TEST_SOAK_MINUTES
# (30), and its sinks with servers that are away for three minutes, or too slow for one. Then the portable configurations
# are tried with older Envoys (scripts/test-long-envoy.sh), what ships in deploy/ is run for real, which needs root on
# Debian (scripts/test-long-deploy.sh), and src/core is mutated (scripts/test-mutation.sh). With arguments, only the test
# files that they name.
set -eu
cd "$(dirname "$0")/.."

export TEST_RUNS="${TEST_RUNS:-5}"
export TEST_SEED="${TEST_SEED:-$(date +%s)}"
export TEST_ENUMERATION="${TEST_ENUMERATION:-full}"
readonly HANG_MS=14400000

printf 'TEST_SEED=%s TEST_RUNS=%s TEST_ENUMERATION=%s\n' "$TEST_SEED" "$TEST_RUNS" "$TEST_ENUMERATION"
if [ $# -gt 0 ]; then
  files=("$@")
else
  mapfile -t files < <(grep -rlE "support/(runs|describe-kind)'|TEST_ENUMERATION" test --include='*.test.ts' --exclude-dir=e2e)
fi
npx jest --testTimeout "$HANG_MS" --runTestsByPath "${files[@]}"
[ $# -eq 0 ] || exit 0

npm run -s build
export TEST_SOAK_MINUTES="${TEST_SOAK_MINUTES:-30}"
printf 'TEST_SOAK_MINUTES=%s\n' "$TEST_SOAK_MINUTES"
npx jest -c jest.e2e.config.cjs --testTimeout "$HANG_MS" test/e2e/drills test/e2e/sinks
bash scripts/test-long-envoy.sh
bash scripts/test-long-deploy.sh
# Each mutant meets its tests as often as the mutation's own configuration says.
env -u TEST_RUNS -u TEST_SEED -u TEST_ENUMERATION bash scripts/test-mutation.sh
