#!/usr/bin/env bash
# Installs what the tests need and runs all of them; says what it installs, and how long each stage takes. Ends with
# `N passed, N failed`, the tests of Jest and each other stage counted, and exits with 1 if anything failed or did not
# run. Needs Node, npm, python3 with pip, and openssl; writes into node_modules, dist, test/.tools and .test-results.
set -u
cd "$(dirname "$0")/.."

readonly RESULTS=.test-results
passed=0
failed=0
stage=''
started=0

begin() {
  stage=$1
  started=$SECONDS
  printf '\n== %s\n' "$stage"
}

# Takes the numbers of what passed and failed in the stage.
finish() {
  passed=$((passed + $1))
  failed=$((failed + $2))
  printf '== %-34s %d passed, %d failed in %d s\n' "$stage" "$1" "$2" $((SECONDS - started))
}

report_and_exit() {
  printf '\n%d s in all\n%d passed, %d failed\n' $SECONDS $passed $failed
  [ $failed -eq 0 ]
  exit
}

# A stage that is one command and counts one.
run_stage() {
  begin "$1"
  shift
  if "$@"; then finish 1 0; else finish 0 1; fi
}

# A stage that the others cannot do without.
run_needed_stage() {
  local failed_before=$failed
  run_stage "$@"
  [ $failed -eq $failed_before ] || report_and_exit
}

# Takes a name and Jest's arguments. Each test counts.
run_jest() {
  local counts
  begin "tests: $1"
  counts=$(node scripts/run-jest.cjs "$RESULTS/$1.json" "${@:2}") || counts='0 1'
  # shellcheck disable=SC2086 # two numbers
  finish $counts
}

# Its stages print a line each, `== NAME passed|FAILED in N s`; each counts one.
run_checks() {
  local log="$RESULTS/check.log" code good bad
  begin 'checks'
  SKIP=tests bash scripts/check.sh 2>&1 | tee "$log"
  code=${PIPESTATUS[0]}
  good=$(grep -cE '^== .* passed in [0-9]+ s$' "$log")
  bad=$(grep -cE '^== .* FAILED in [0-9]+ s$' "$log")
  if [ "$bad" -eq 0 ] && { [ "$code" -ne 0 ] || [ "$good" -eq 0 ]; }; then bad=1; fi
  finish "$good" "$bad"
}

# A vector that is skipped is one that did not run.
run_vectors() {
  local output
  output=$(npm run -s vectors -- test/fixtures/vectors)
  local code=$?
  printf '%s\n' "$output"
  [ $code -eq 0 ] && [[ "$(tail -n 1 <<<"$output")" =~ ^[1-9][0-9]*\ passed,\ 0\ failed,\ 0\ skipped$ ]]
}

install_packages() {
  echo 'installing the packages of package-lock.json into node_modules, without running their scripts'
  npm ci --ignore-scripts --no-audit --no-fund
}

mkdir -p "$RESULTS"
run_needed_stage 'packages' install_packages
run_stage 'test tools' bash scripts/install-test-tools.sh
run_stage 'build' npm run -s build
run_checks
run_jest unit --config jest.config.cjs --maxWorkers=100%
run_jest end-to-end --config jest.e2e.config.cjs
run_stage 'vectors' run_vectors
report_and_exit
