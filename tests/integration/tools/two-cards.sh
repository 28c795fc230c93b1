# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The cards of two persons in two readers of the real pcscd: no program of this project sends one person's code to the other's card.
# namespace

# shellcheck source=tests/lib/pcscd-steps.sh
. "$srcdir/tests/lib/pcscd-steps.sh"
# shellcheck source=tests/lib/two-cards-steps.sh
. "$srcdir/tests/lib/two-cards-steps.sh"

card_face=$builddir/tools/mynumber-card-face
report=$builddir/tools/opensc-mynumber-report

code_of() {
	cat "$1/expected/code-b.txt"
}

last_digits() {
	grep -o '[0-9]\{4\}$' "$1/expected/card-number.txt"
}

# expect_status STATUS COMMAND...: its standard error is then in $errors.
expect_status() {
	local status=0 wanted=$1
	shift
	"$@" >output 2>errors || status=$?
	errors=$(<errors)
	[ "$status" = "$wanted" ] || fail "status $status, not $wanted: $*: $errors"
}

# The report, asked for code B, typed where there is no terminal.
typed_report() {
	setsid --wait "$report" -p code-b "$@"
}

expect_both_listed() {
	expect_match "^  0  Virtual PCD 00 00: My Number Card \\*+$(last_digits 0)\$" "$errors"
	expect_match "^  1  Virtual PCD 00 01: My Number Card \\*+$(last_digits 1)\$" "$errors"
	expect_contains "--reader" "$errors"
}

test_no_code_without_a_reader_named() {
	two_persons
	put_in 0 0
	put_in 1 1
	code_of 1 >code
	expect_status 2 "$card_face" --text --code-file code
	expect_both_listed
	expect_status 2 typed_report <code
	expect_both_listed
	expect_status 2 timeout 60 "$card_face" --text --wait --code-file code
	expect_codes 0 0
}

test_the_named_reader_gets_the_code() {
	two_persons
	put_in 0 0
	put_in 1 1
	code_of 1 >code
	expect_status 5 "$card_face" --text --code-file code --reader 1
	expect_match "My Number Card \\*+$(last_digits 1) in Virtual PCD 00 01\$" "$errors"
	expect_lacks "$(cat 1/expected/card-number.txt)" "$errors"
	expect_codes 0 2 # two applications
	expect_status 0 typed_report -r 1 <code
	expect_match "My Number Card \\*+$(last_digits 1) in Virtual PCD 00 01\$" "$errors"
	expect_lacks "$(last_digits 1)" "$(<output)"
	expect_codes 0 3
}

test_the_only_card_needs_no_reader_named() {
	two_persons
	put_in 1 1
	code_of 1 >code
	expect_status 5 "$card_face" --text --code-file code
	expect_codes 0 2
}

# await_named FILE: until the program has named the card there.
await_named() {
	local end=$((SECONDS + 60))
	until grep -q 'My Number Card \*' "$1"; do
		[ "$SECONDS" -lt "$end" ] || fail "no card was named: $(cat "$1")"
		sleep 0.1
	done
}

# expect_swap_noticed COMMAND...: it reads the code from the FIFO "code"; before somebody types it, the card is replaced.
expect_swap_noticed() {
	local status=0 program
	put_in 0 0
	rm -f code
	mkfifo code
	exec 6<>code
	"$@" >output 2>errors 6<&- &
	program=$!
	await_named errors
	pull 0
	put_in 1 0
	awk 1 0/expected/code-b.txt >&6
	exec 6>&-
	wait "$program" || status=$?
	[ "$status" != 0 ] || fail "no error: $(cat output)"
	expect_codes 0 0
	pull 0
}

test_another_card_while_the_code_is_typed() {
	two_persons
	expect_swap_noticed "$card_face" --text --code-file code
	expect_swap_noticed eval 'typed_report <code'
}

test_doctor_warns_of_two_cards() {
	two_persons
	put_in 0 0
	# shellcheck source=tests/lib/config-tool.sh
	. "$srcdir/tests/lib/config-tool.sh"
	expect_match '^nothing wrong was found' "$(config doctor)"
	put_in 1 1
	fails config doctor
	expect_contains '[several-cards]' "$output"
	expect_match '問題\): 1$' "$output"
	expect_codes 0 0
}
