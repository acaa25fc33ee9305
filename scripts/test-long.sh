#!/usr/bin/env bash
# The properties and the enumeration of `npm test` once more, longer: AMBIT_RUNS times the counts that the tests state (5;
# `npm test` runs half of them), with the seed AMBIT_SEED (a new one each time, printed), and every combination of the
# enumerated domain. Needs Node only.
set -eu
cd "$(dirname "$0")/.."

export AMBIT_RUNS="${AMBIT_RUNS:-5}"
export AMBIT_SEED="${AMBIT_SEED:-$(date +%s)}"
export AMBIT_ENUMERATION="${AMBIT_ENUMERATION:-full}"
readonly HANG_MS=14400000

printf 'AMBIT_SEED=%s AMBIT_RUNS=%s AMBIT_ENUMERATION=%s\n' "$AMBIT_SEED" "$AMBIT_RUNS" "$AMBIT_ENUMERATION"
if [ $# -gt 0 ]; then
  files=("$@")
else
  mapfile -t files < <(grep -rlE "support/(runs|describe-kind)'|AMBIT_ENUMERATION" test --include='*.test.ts')
fi
exec npx jest --testTimeout "$HANG_MS" --runTestsByPath "${files[@]}"
