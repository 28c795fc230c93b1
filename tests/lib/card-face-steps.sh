# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154
# What the tests of mynumber-card-face share.

card_face=$builddir/tools/mynumber-card-face
WRONG_CODE=00000020350000 # the year of expiry is right

# The persona's value $1.
expected() {
	cat "$VIRTUAL_CARD_DIR/expected/$1.txt"
}

# Opens the card with its code B from now on; the persona's CA is trusted, unless a test says otherwise.
with_code() {
	MYNUMBER_CODE_B=$(expected code-b)
	export MYNUMBER_CODE_B
	conf_with "trusted_cv_keys = \"$VIRTUAL_CARD_DIR/trusted-cv-keys.txt\";"
}

# expect_status STATUS COMMAND...: its standard output and error are then in $output and $errors.
expect_status() {
	local status=0 wanted=$1
	shift
	output=$("$@" 2>errors) || status=$?
	errors=$(<errors)
	[ "$status" = "$wanted" ] || fail "status $status, not $wanted: $*: $errors"
}

# How many VERIFY commands with 14 digits (Lc 0E) were sent, of any file (P2).
count_codes() {
	count_apdus '> 002000..0E'
}

# Fails if the page $1 has anything that a browser would load or run.
expect_self_contained() {
	local page
	page=$(<"$1")
	expect_contains "default-src 'none'" "$page"
	expect_lacks "<script" "$page"
	expect_lacks "http://" "$page"
	expect_lacks "https://" "$page"
	expect_lacks "url(" "$page"
	expect_lacks "@import" "$page"
}
