# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# make demo, as a reader sees and repeats it.

test_demo_verifies_both_signatures() {
	output=$("$srcdir/tests/bin/demo" 2>&1)
	[ "$(wc -l <<<"$output")" -le 80 ] || fail "more than 80 lines: $(wc -l <<<"$output")"
	expect_lacks $'\e' "$output"
	expect_equal 2 "$(grep -c '^Verified OK$' <<<"$output")" "the number of verified signatures"
	expect_match '^番号　花子$' "$output"
	expect_match '^The photo is the one on the card' "$output"
	expect_match 'Genuine card' "$output"

	expect_match '^ *PIN \[|^PIN \[Digital' "$(cat "$builddir/demo/objects.txt")"
	[ -s "$builddir/demo/files.txt" ] || fail "there is no demo/files.txt"
	[ -s "$builddir/demo/card.html" ] || fail "there is no demo/card.html"

	# its printed commands, pasted into another shell, do the same
	sed -n 's/^\$ //p' <<<"$output" >commands
	output=$(env -i PATH="$PATH" HOME="$HOME" ${LD_PRELOAD:+LD_PRELOAD="$LD_PRELOAD" ASAN_OPTIONS="$ASAN_OPTIONS"} \
		bash -e commands)
	expect_equal 2 "$(grep -c '^Verified OK$' <<<"$output")" "the number of verified signatures, repeated"
}

test_demo_fails_if_a_command_fails() {
	require openssl
	mkdir bin
	printf '#!/bin/sh\nexit 1\n' >bin/openssl
	chmod +x bin/openssl
	PATH=$PWD/bin:$PATH fails "$srcdir/tests/bin/demo"
}
