# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The main jobs under valgrind: OpenSC's tools with this module, the card face and the report. make check-valgrind

# shellcheck source=tests/bench/jobs.sh
. "$srcdir/tests/bench/jobs.sh"
# shellcheck source=tests/lib/valgrind.sh
. "$srcdir/tests/lib/valgrind.sh"

# expect_clean JOB...: of tests/bench/jobs.sh
expect_clean() {
	local job
	set_up cold
	tools_under_valgrind
	for job; do
		"job_$job"
		expect_no_findings
	done
}

test_lists() {
	expect_clean name list_pins dump list_slots list_objects
}

test_reads() {
	expect_clean read_certificate read_name read_address read_photo
}

test_signs() {
	expect_clean sign_auth sign_sign
}

test_everything_that_pkcs11_tool_tests() {
	expect_clean pkcs11_test
}

test_pins() {
	set_up cold
	tools_under_valgrind
	pkcs15-tool --verify-pin --auth-id 01 --pin "$AUTH_PIN"
	pkcs15-tool --change-pin --auth-id 01 --pin "$AUTH_PIN" --new-pin 4321
	pkcs15-tool --change-pin --auth-id 02 --pin "$SIGN_PIN" --new-pin XYZ987
	fails pkcs15-tool --verify-pin --auth-id 01 --pin "$AUTH_PIN"
	expect_no_findings
}

test_cards_that_lack_something() {
	local kind
	set_up cold
	tools_under_valgrind
	for kind in no-common no-text no-surface no-juki child juki-card android,atr-unknown no-sfi short-reads blocked-auth first-6f00; do
		variant "$kind"
		pkcs15-tool --dump >dump
		expect_no_findings
	done
}

test_card_face() {
	local form
	set_up cold
	for form in --text --output=face.html; do
		MYNUMBER_CODE_B=$(<"$VIRTUAL_CARD_DIR/expected/code-b.txt") under_valgrind "$builddir/tools/mynumber-card-face" "$form"
	done
}

# A page with a licence is never genuine: 5, or 99 after an error of memory.
test_card_face_with_the_licence() {
	local form status
	set_up cold
	variant licence-full
	export MYNUMBER_LICENCE_PIN=2468
	for form in --text --output=face.html; do
		status=0
		MYNUMBER_CODE_B=$(<"$VIRTUAL_CARD_DIR/expected/code-b.txt") under_valgrind "$builddir/tools/mynumber-card-face" --licence "$form" || status=$?
		expect_equal 5 "$status" "the status of the program under valgrind"
	done
}

# It asks at the terminal where there is one, so it gets none; valgrind looks at the program itself, not at what starts it.
test_report() {
	require_valgrind
	printf '%s\n' "$AUTH_PIN" "$SIGN_PIN" 5678 |
		setsid --wait "${memcheck[@]}" "$builddir/tools/opensc-mynumber-report" -p auth,sign,text
}
