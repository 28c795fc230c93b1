# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Nothing that is left out, cut or taken from another card makes a verdict better.

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

test_no_verdict_becomes_better() {
	local status=0
	trusting_conf_with "my_number = yes;"
	unset VIRTUAL_CARD_LOG
	"$builddir/tests/verdicts/verdict-matrix" "$(pin 03)" "$(pin 07)" "$(pin 08)" "$(pin 06)" >matrix 2>messages || status=$?
	cat matrix
	tail -n 1 matrix >"$builddir/tests/verdicts/results.txt"
	expect_equal "genuine: ok" "$(head -n 1 matrix)" "the verdict of the genuine card"
	[ "$status" = 0 ] || fail "a verdict became better"
}
