# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
# What the tests of concurrency share: how many operations, and the note of what was done.

# shellcheck source=tests/lib/pin-jobs.sh
. "$srcdir/tests/lib/pin-jobs.sh"
# shellcheck source=tests/lib/pcscd-steps.sh
. "$srcdir/tests/lib/pcscd-steps.sh"

concurrency=$builddir/tests/concurrency

# Skips the test unless the programs of these tests were built.
require_programs() {
	[ -x "$concurrency/worker" ] || skip "the programs were not built: p11-kit's headers are not installed"
}

# short_or_full SHORT FULL: prints one of them.
short_or_full() {
	if [ -n "${TEST_FULL-}" ]; then echo "$2"; else echo "$1"; fi
}

# note WHAT PARTIES OPERATIONS LOST: what a test did without a failure; that of a full run is for the table. LOST: logins that
# other programs ended, or steps that were refused as the card was gone.
note() {
	[ -z "${TEST_FULL-}" ] || printf '%s|%s|%s|%s|%s\n' "$@" "$SECONDS" >>"$concurrency/results.txt"
	printf '%s: %s at a time, %s operations, %s lost, %s s\n' "$@" "$SECONDS"
}

# No wrong PIN was ever sent: every counter is full and each VERIFY was answered with 9000.
expect_pins_untouched() {
	local id
	for id in "${!pin_tries[@]}"; do
		expect_equal "${pin_tries[$id]}" "$(card_tries "$id")" "the tries left of PIN $id"
	done
	expect_equal 9000 "$(answers_to_verify | sort -u)" "what the card said to VERIFY"
}
