# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# tests/bin/summary: which skipped tests CI accepts.

# summarise REASON: of a file with one test that passed and one that was skipped for that reason, in CI.
summarise() {
	printf ':test-result: PASS\n:test-result: SKIP\n' >program.trs
	printf 'ok 1 - test_one\nok 2 - test_two # SKIP %s\n' "$1" >program.log
	printf '%s\n' "$allowed" >allowed-skips
	CI=true ALLOWED_SKIPS=allowed-skips "$srcdir/tests/bin/summary" program.trs | tail -n 1
}

test_a_reason_that_is_allowed_here() {
	allowed='program  *  it is not installed'
	expect_equal "1 passed, 0 failed, 1 skipped" "$(summarise 'it is not installed')"
	allowed='*  *  it is not *'
	expect_equal "1 passed, 0 failed, 1 skipped" "$(summarise 'it is not installed')"
	allowed="*  $(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)  it is not installed"
	expect_equal "1 passed, 0 failed, 1 skipped" "$(summarise 'it is not installed')"
}

test_another_reason_file_or_suite_has_failed() {
	allowed='program  *  it is not installed'
	expect_equal "1 passed, 1 failed, 0 skipped" "$(summarise 'no card')"
	allowed='other  *  it is not installed'
	expect_equal "1 passed, 1 failed, 0 skipped" "$(summarise 'it is not installed')"
	allowed='program  potato  it is not installed'
	expect_equal "1 passed, 1 failed, 0 skipped" "$(summarise 'it is not installed')"
}

test_outside_CI_a_skip_is_no_failure() {
	printf ':test-result: PASS\n:test-result: SKIP\n' >program.trs
	printf 'ok 1 - test_one\nok 2 - test_two # SKIP no card\n' >program.log
	expect_equal "1 passed, 0 failed, 1 skipped" "$(CI='' "$srcdir/tests/bin/summary" program.trs | tail -n 1)"
}
