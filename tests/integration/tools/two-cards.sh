# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The cards of two persons in two readers of the real pcscd: no program of this project sends one person's code to the other's card.
# namespace

# shellcheck source=tests/lib/pcscd-steps.sh
. "$srcdir/tests/lib/pcscd-steps.sh"

card_face=$builddir/tools/mynumber-card-face
report=$builddir/tools/opensc-mynumber-report
ports=(35963 35964) # of vpcd's readers
cards=()

# Two persons, in the folders 0 and 1.
two_persons() {
	[ -d "$builddir/tests/concurrency/other-persona" ] || skip "the second person was not made: p11-kit's headers are not installed"
	cp -R "$VIRTUAL_CARD_DIR" 0
	cp -R "$builddir/tests/concurrency/other-persona" 1
	touch 0/apdu.log 1/apdu.log
	start_pcscd
}

# put_in PERSON READER: waits until OpenSC sees the card.
put_in() {
	local end=$((SECONDS + 60))
	"$builddir/virtual-card/virtual-card" --dir "$1" --log "$1/apdu.log" --port "${ports[$2]}" --wait 10 >>virtual-card.out 2>&1 &
	cards[$2]=$!
	at_exit "kill $!; wait $!"
	until opensc-tool --list-readers | grep -q "^$2  *Yes"; do
		[ "$SECONDS" -lt "$end" ] || fail "OpenSC does not see the card: $(cat virtual-card.out)"
		sleep 0.1
	done
}

# pull READER: waits until OpenSC sees that the card is gone.
pull() {
	local end=$((SECONDS + 60))
	kill "${cards[$1]}"
	wait "${cards[$1]}" || true
	while opensc-tool --list-readers | grep -q "^$1  *Yes"; do
		[ "$SECONDS" -lt "$end" ] || fail "OpenSC still sees the card"
		sleep 0.1
	done
}

code_of() {
	cat "$1/expected/code-b.txt"
}

last_digits() {
	grep -o '[0-9]\{4\}$' "$1/expected/card-number.txt"
}

# expect_codes COUNT0 COUNT1: so many PINs and codes were sent to the card of each person.
expect_codes() {
	local person
	for person in 0 1; do
		expect_equal "$1" "$(VIRTUAL_CARD_LOG=$person/apdu.log count_apdus '> 002000..[0-9A-F]{4}')" "the number of codes sent to person $person"
		shift
	done
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
