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

	# what is printed of the card's choice would stand after the output of the command
	expect_lacks 'mynumber-card-face: ' "$output"
	local output_of_demo=$output
	check_env
	output=$output_of_demo

	# its printed commands, pasted into another shell, do the same
	sed -n 's/^\$ //p' <<<"$output" >commands
	output=$(env -i PATH="$PATH" HOME="$HOME" ${LD_PRELOAD:+LD_PRELOAD="$LD_PRELOAD" ASAN_OPTIONS="$ASAN_OPTIONS"} \
		bash -e commands)
	expect_equal 2 "$(grep -c '^Verified OK$' <<<"$output")" "the number of verified signatures, repeated"
}

# After ". demo/env" the commands of the documents find the tools, and programs can see all applications.
check_env() {
	# shellcheck disable=SC2016
	output=$(env -i PATH="$PATH" HOME="$HOME" ${LD_PRELOAD:+LD_PRELOAD="$LD_PRELOAD" ASAN_OPTIONS="$ASAN_OPTIONS"} bash -e -c '
		. "$1/demo/env"; mynumber-card-status --lang en; OPENSC_CONF=$1/demo/opensc-all.conf pkcs11-tool --list-token-slots' bash "$builddir" 2>&1)
	expect_match '^Nothing to do' "$output"
	expect_match 'token label .*\(Input Support PIN\)' "$output"
	expect_match 'token label .*\(Card Surface Code B\)' "$output"
}

test_demo_fails_if_a_command_fails() {
	require openssl
	mkdir bin
	printf '#!/bin/sh\nexit 1\n' >bin/openssl
	chmod +x bin/openssl
	PATH=$PWD/bin:$PATH fails "$srcdir/tests/bin/demo"
}
