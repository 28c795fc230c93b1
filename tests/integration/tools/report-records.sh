# shellcheck shell=bash disable=SC2119,SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# opensc-mynumber-config report: whether the records are what was issued, and to this card.

# shellcheck source=tests/lib/report-steps.sh
. "$srcdir/tests/lib/report-steps.sh"

# The My Number is not for everybody to read: only whoever types it has it read.
test_my_number_is_read_only_if_it_was_typed() {
	local number
	number=$(printf %s "$(pin 06)" | od -A n -t x1 -v | tr -d ' \n')
	report_with text,code-b "$(pin 03)" "$(pin 07)"
	says 3.9 'not tried' 'without it the My Number is not read'
	says 3.19 'not tried'
	expect_equal 2 "$(sent_pins)" "PINs sent"
	expect_equal 0 "$(count_apdus "< .*$number")" "answers with the My Number"
	report_with text,code-a "$(pin 03)" "$(pin 06)"
	expect_equal 1 "$(count_apdus "< .*$number")" "answers with the My Number"
}

test_genuine_records() {
	local record
	trusting_conf_with
	report_with_all_pins
	contradicts_only
	does_not_fit
	says 7.1 confirmed 'Input Support .*: signed by the CA that it names'
	says 7.1 confirmed 'Card Surface .*: signed by the CA that it names'
	for record in '7.3 integrity record' '7.5 card key record' '7.4 card face' '7.5 age record' '7.5 My Number image'; do
		says "${record%% *}" confirmed "${record#* }: signed by the key of the CV certificate"
	done
	for record in 'name, address, birth, sex' 'My Number'; do
		says 7.3 confirmed "$record: its hash is the one in the integrity record"
	done
	for record in 'card key record' 'card face' 'age record' 'My Number image'; do
		says 6.8 confirmed "$record: the card holds the key that it names"
	done
}

test_records_of_another_length() {
	local name
	for name in long-names long-form; do
		variant "$name"
		report_with_all_pins
		contradicts_only
		does_not_fit
		says 7.3 confirmed 'name, address, birth, sex: its hash'
	done
}

test_changed_records() {
	local name other="its hash is not the one in the integrity record"
	for name in tamper-name tamper-address; do
		variant "$name"
		report_with_all_pins
		contradicts_only
		does_not_fit "7.3 name, address, birth, sex: $other"
		expect_match '^DOES NOT FIT: ' "$output"
	done
	variant tamper-my-number
	report_with_all_pins
	does_not_fit "7.3 My Number: $other"
	variant tamper-photo
	report_with_all_pins
	does_not_fit "7.4 card face: the signature is by the key of the CV certificate, but over something else"
}

unsigned="not signed by the key of the CV certificate"
not_held="the card does not hold the key that it names; it is a copy, or has the record of another card"
all_unsigned=("7.3 integrity record: $unsigned" "7.5 card key record: $unsigned" "7.4 card face: $unsigned"
	"7.5 age record: $unsigned" "7.5 My Number image: $unsigned")

test_wrong_signatures() {
	variant tamper-signature
	report_with_all_pins
	contradicts_only
	does_not_fit "7.3 integrity record: $unsigned" "7.4 card face: $unsigned"
}

test_forged_certificate() {
	local forged="not signed by the CA that it names"
	variant tamper-cv
	report_with_all_pins
	contradicts_only
	does_not_fit "${all_unsigned[@]}"
	says 7.1 'not tried' 'its CA is not known here'
	trusting_conf_with
	report_with_all_pins
	does_not_fit "7.1 Input Support CV certificate: $forged" "7.1 Card Surface CV certificate: $forged" "${all_unsigned[@]}"
}

test_certificate_of_the_other_application() {
	local foreign="signed under a CA key for the records of another application"
	variant tamper-foreign-cv
	report_with_all_pins
	contradicts_only
	does_not_fit "7.2 Input Support CV certificate: $foreign" "7.2 Card Surface CV certificate: $foreign" "${all_unsigned[@]}"
	# that needs no PIN
	report
	says 7.2 'DOES NOT FIT' "Input Support CV certificate: $foreign"
}

test_clone() {
	variant tamper-clone
	report_with_all_pins
	contradicts_only
	does_not_fit "6.8 card key record: $not_held" "6.8 card face: $not_held" "6.8 age record: $not_held" "6.8 My Number image: $not_held"
}

# A copy that learned an answer cannot give it again.
test_challenges_differ() {
	report_with text "$(pin 03)"
	report_with text "$(pin 03)"
	expect_equal 2 "$(grep -o '> 802A00003330.*' "$VIRTUAL_CARD_LOG" | sort -u | wc -l)" "the number of different challenges"
}

test_records_of_another_card() {
	variant tamper-foreign-record
	report_with_all_pins
	contradicts_only
	does_not_fit "7.3 name, address, birth, sex: its hash is not the one in the integrity record" "6.8 card face: $not_held" "6.8 age record: $not_held"
	says 7.4 confirmed 'card face: signed'
}

test_unknown_ca() {
	trusting_conf_with
	variant unknown-ca
	report_with_all_pins
	contradicts_only
	does_not_fit
	says 7.1 'not tried' 'Input Support .*: its CA is not known here'
	says 7.1 'not tried' 'Card Surface .*: its CA is not known here'
	says 7.2 absent 'Input Support .*: signed under a CA key that is not listed'
	expect_lacks "by the CA that it names" "$output"
}

# fault_at COMMAND FAULT: what happens to the last exchange whose command in the log begins with COMMAND, in the next run.
fault_at() {
	local number
	number=$(grep '> ' "$VIRTUAL_CARD_LOG" | grep -n "> $1" | tail -n 1 | cut -d : -f 1)
	export VIRTUAL_CARD_FAULT=$number:$2
}

# The file cannot be selected, is not there, the reader fails: the report says so and goes on.
test_a_record_that_cannot_be_read() {
	local fault select_integrity=00A4020C020003
	report_with text "$(pin 03)"
	for fault in sw=6F00:CONTRADICTED:6F00 sw=6A82:absent:6A82 mute:"not tried":0000; do
		fault_at "$select_integrity" "${fault%%:*}"
		rm "$VIRTUAL_CARD_LOG"
		report_with text "$(pin 03)"
		fault=${fault#*:}
		says 3.11 "${fault%:*}" "it cannot be read, the answer is ${fault#*:}"
		says 7.3 'not tried' 'name, address, birth, sex: no integrity record'
		says 7.5 confirmed 'card key record: signed'
		unset VIRTUAL_CARD_FAULT
		rm "$VIRTUAL_CARD_LOG"
		report_with text "$(pin 03)"
	done
}

test_a_certificate_that_cannot_be_read() {
	report_with text "$(pin 03)"
	fault_at 00A4020C020004 sw=6A82
	report_with text "$(pin 03)"
	says 7.3 'not tried' 'integrity record: no key of a CV certificate'
	says 7.3 confirmed 'name, address, birth, sex: its hash'
	says 6.8 confirmed 'card key record: the card holds'
}

test_a_card_key_that_does_not_answer() {
	report_with text "$(pin 03)"
	fault_at 802A0000 sw=6985
	report_with text "$(pin 03)"
	does_not_fit
	says 6.8 'not tried' 'card key record: no signature of the card .*6985'
}
