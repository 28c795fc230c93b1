# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Values that the card has refused, or that somebody has changed meanwhile: what programs that live on send of them. OpenSC's
# PIN cache sends a value again without asking the user.

# shellcheck source=tests/lib/pin-jobs.sh
. "$srcdir/tests/lib/pin-jobs.sh"

# What can be changed, and has something to use it for.
usable="01 02 03"
declare -A other_pin=([01]=4321 [02]=XYZ987 [03]=8765)

# count_wrong: how many PINs the card has called wrong.
count_wrong() {
	answers_to_verify | grep -c '^63C' || true
}

# use_pin ID [PIN]: the step of pkcs11-steps that needs PIN object ID; sets $step. PIN is for a key that asks each time.
use_pin() {
	case $1 in
	01) step=(sign "${pin_token[01]}" 01 "$PWD/document" "$PWD/signature") ;;
	02) step=(sign-with-pin "${pin_token[02]}" 02 "$PWD/document" "$PWD/signature" "$2") ;;
	03) step=(read "${pin_token[03]}" Name "$PWD/name") ;;
	esac
}

# write_program FILE WORD...: a program that runs the steps WORD... and appends their results to "results".
write_program() {
	printf '#!/bin/bash\nexec %q %q %s >>%q 2>>%q\n' "$builddir/tests/integration/opensc/pkcs11-steps" "$PKCS11_MODULE" "${*:2}" "$PWD/results" "$PWD/messages" >"$1"
	chmod +x "$1"
}

# write_change FILE ID OLD NEW: a program that changes a PIN.
write_change() {
	printf '#!/bin/sh\nexec pkcs15-tool --change-pin --auth-id %s --pin %s --new-pin %s >>messages 2>&1\n' "$2" "$3" "$4" >"$1"
	chmod +x "$1"
}

# programs COUNT ID [STEP...]: so many programs log in and do the steps, one while the others live on; then the PIN is changed; then
# each uses it.
programs() {
	local old i next=./change
	old=$(pin "$2")
	write_change change "$2" "$old" "${other_pin[$2]}"
	printf 'a document' >document
	use_pin "$2" "$old"
	for ((i = $1; i > 0; i--)); do
		write_program "program-$i" login "$(printf %q "${pin_token[$2]}")" "$old" "${3+$(printf '%q ' "${@:3}")}" run "$next" "$(printf '%q ' "${step[@]}")"
		next=./program-$i
	done
	: >results
	./program-1
}

# expect_results VERB COUNT [RESULT]: the results of the step VERB but CKR_OK, or of that RESULT.
expect_results() {
	expect_equal "$2" "$(grep -c -x "$1 ${3-CKR_[^O].*}" results || true)" "the number of '$1 ${3-errors}' in $(cat results)"
}

# (OpenSC 0.23 does not send a PIN again to read a data object by PKCS#11.)
test_programs_with_an_old_pin_use_up_one_try() {
	local id count wrong
	all_applications_conf_with
	for id in $usable; do
		for count in 2 3 5; do
			new_card
			programs "$count" "$id"
			wrong=$(count_wrong)
			[ "$wrong" = 1 ] || { [ "$wrong" = 0 ] && [ "$id" = 03 ]; } || fail "$count programs with PIN $id sent $wrong wrong PINs"
			expect_equal $((pin_tries[$id] - wrong)) "$(card_tries "$id")" "tries left of $id after $count programs"
			expect_results login "$count" CKR_OK
			expect_results "${step[0]}" "$count"
			use_pin "$id" "${other_pin[$id]}"
			: >results
			write_program last login "$(printf %q "${pin_token[$id]}")" "${other_pin[$id]}" "$(printf '%q ' "${step[@]}")"
			./last
			expect_results "${step[0]}" 1 CKR_OK
			expect_equal "${pin_tries[$id]}" "$(card_tries "$id")" "tries left of $id after the new PIN"
		done
	done
}

# The card is asked before each VERIFY, even if the same PIN was right a moment ago: programs that sign many times, too, use up one
# try together.
test_programs_that_sign_again_with_an_old_pin_use_up_one_try() {
	local count
	for count in 2 5; do
		new_card
		use_pin 02 "$SIGN_PIN"
		programs "$count" 02 "${step[@]}" "${step[@]}"
		expect_equal 1 "$(count_wrong)" "the wrong PINs of $count programs"
		expect_results sign-with-pin $((2 * count)) CKR_OK
		expect_results sign-with-pin "$count"
	done
}

# No program sees what others have used up: docs/security.md tells this limit, and what helps.
test_programs_with_an_old_pin_where_nobody_tells_the_tries() {
	variant query-6700
	new_card
	programs 3 01
	expect_equal 3 "$(count_wrong)" "the number of wrong PINs"
	sed -i 's/framework pkcs15 {/& use_pin_caching = false;/' "$OPENSC_CONF"
	new_card
	programs 3 01
	expect_equal 0 "$(count_wrong)" "the number of wrong PINs without OpenSC's PIN cache"
	expect_results sign 3 CKR_USER_NOT_LOGGED_IN
}

# Each of them takes the new PIN at once, and what the others lost is given back each time.
test_the_new_pin_is_accepted_at_once_in_each_program() {
	local token step i next=./change
	token=$(printf %q "${pin_token[01]}")
	write_change change 01 "$AUTH_PIN" 4321
	printf 'a document' >document
	use_pin 01
	for i in 5 4 3 2 1; do
		write_program "program-$i" login "$token" "$AUTH_PIN" run "$next" "$(printf '%q ' "${step[@]}")" \
			login "$token" 4321 "$(printf '%q ' "${step[@]}")"
		next=./program-$i
	done
	: >results
	./program-1
	expect_results login 10 CKR_OK
	expect_results sign 5 CKR_USER_NOT_LOGGED_IN
	expect_results sign 5 CKR_OK
	expect_equal 3 "$(card_tries 01)" "tries left"
	expect_equal 0 "$(answers_to_verify | grep -c '^63C[01]' || true)" "how often more than one try was missing"
}

# pkcs15-crypt has its PIN verified, and then waits for its input.
test_pkcs15_crypt_with_an_old_pin() {
	local count i
	for count in 2 3 5; do
		new_card
		for ((i = 0; i < count; i++)); do
			rm -f "input-$i"
			mkfifo "input-$i"
			pkcs15-crypt --sign --key 01 --pkcs1 --sha-256 --pin "$AUTH_PIN" --raw --input "input-$i" --output "signature-$i" >"crypt-$i.log" 2>&1 &
		done
		for ((i = 0; i < 600 && $(count_verify) < count; i++)); do sleep 0.1; done
		pkcs15-tool --change-pin --auth-id 01 --pin "$AUTH_PIN" --new-pin 4321
		for ((i = 0; i < count; i++)); do
			printf '%032d' 1 >"input-$i"
		done
		wait
		for ((i = 0; i < count; i++)); do
			expect_match 'Compute signature failed: Security status not satisfied' "$(cat "crypt-$i.log")"
		done
		expect_equal 1 "$(count_wrong)" "the wrong PINs of $count programs"
		expect_equal 2 "$(card_tries 01)" "tries left after $count programs"
		printf '%032d' 1 >digest
		pkcs15-crypt --sign --key 01 --pkcs1 --sha-256 --pin 4321 --raw --input digest --output signature
		expect_equal 3 "$(card_tries 01)" "tries left after the new PIN"
	done
}

test_the_same_wrong_pin_costs_one_try() {
	local id wrong
	all_applications_conf_with "my_number = yes;"
	for id in $pin_ids; do
		new_card
		wrong=$(wrong_pin "$id")
		steps login "${pin_token[$id]}" "$wrong" login "${pin_token[$id]}" "$wrong" login "${pin_token[$id]}" "$wrong" \
			login "${pin_token[$id]}" "$(pin "$id")" >results 2>messages
		expect_equal "login CKR_PIN_INCORRECT
login CKR_PIN_INCORRECT
login CKR_PIN_INCORRECT
login CKR_OK" "$(cat results)" "the logins of $id"
		expect_verifies 2 "PIN $id"
		expect_equal 2 "$(grep -c -F "${pin_label[$id]}: the card has refused this value before, so it was not sent again. Enter another value" messages)" "the messages for $id"
	done
}

test_wrong_pins_are_remembered_side_by_side() {
	local token=${pin_token[02]} first second
	first=$(wrong_pin 02 1)
	second=$(wrong_pin 02 2)
	steps login "$token" "$first" login "$token" "$second" login "$token" "$first" login "$token" "$second" >results
	expect_results login 4 CKR_PIN_INCORRECT
	expect_verifies 2
	expect_equal 3 "$(card_tries 02)" "tries left"
}

# write_wrong FILE: a program that enters a wrong PIN elsewhere.
write_wrong() {
	printf '#!/bin/sh\nexec opensc-tool --card-driver default -s 00A4040C0A%s -s 00A4020C020018 -s 00200080043939393A >&2\n' "$JPKI_AID" >"$1"
	chmod +x "$1"
}

# write_right FILE PIN: a program that enters the right PIN elsewhere.
write_right() {
	printf '#!/bin/sh\nexec pkcs15-tool --verify-pin --auth-id 01 --pin %s >&2\n' "$2" >"$1"
	chmod +x "$1"
}

test_a_pin_set_back_elsewhere_is_accepted() {
	local token=${pin_token[01]}
	write_change change 01 "$AUTH_PIN" 4321
	write_change back 01 4321 "$AUTH_PIN"
	printf 'a document' >document
	use_pin 01
	expect_equal "login CKR_OK
run CKR_OK
sign CKR_USER_NOT_LOGGED_IN
run CKR_OK
login CKR_OK
sign CKR_OK" "$(steps login "$token" "$AUTH_PIN" run ./change "${step[@]}" run ./back login "$token" "$AUTH_PIN" "${step[@]}")"
	expect_equal 3 "$(card_tries 01)" "tries left"
	expect_equal 1 "$(count_wrong)" "the wrong PINs"
}

test_a_wrong_value_that_has_become_right_is_accepted() {
	local token=${pin_token[01]}
	write_change change 01 "$AUTH_PIN" 4321
	expect_equal "login CKR_PIN_INCORRECT
run CKR_OK
login CKR_OK" "$(steps login "$token" 4321 run ./change login "$token" 4321)"
}

# Others' wrong PINs: the right value is held back once, and sent when it is entered again.
test_a_right_value_is_held_back_once_when_tries_are_missing() {
	local token=${pin_token[01]}
	write_wrong wrong
	printf 'a document' >document
	use_pin 01
	expect_equal "login CKR_OK
run CKR_OK
sign CKR_USER_NOT_LOGGED_IN
login CKR_OK
sign CKR_OK" "$(steps login "$token" "$AUTH_PIN" run ./wrong "${step[@]}" login "$token" "$AUTH_PIN" "${step[@]}" 2>messages)"
	expect_contains "${pin_label[01]}: tries are missing that this program did not use, so the PIN may have been changed. The value was not sent. Enter the PIN again" "$(cat messages)"
	expect_equal 3 "$(card_tries 01)" "tries left"
}

# The program's own wrong entries are no sign of others.
test_own_wrong_entries_hold_nothing_back() {
	local token=${pin_token[02]}
	expect_equal "login CKR_OK
logout CKR_OK
login CKR_PIN_INCORRECT
login CKR_PIN_INCORRECT
login CKR_OK" "$(steps login "$token" "$SIGN_PIN" logout "$token" login "$token" "$(wrong_pin 02 1)" login "$token" "$(wrong_pin 02 2)" login "$token" "$SIGN_PIN")"
	expect_verifies 4
}

# A counter that was full again in between, though it is lower now than it could be, is one that was set back.
test_a_counter_that_was_set_back_counts_from_full() {
	local token=${pin_token[01]}
	write_wrong wrong
	write_right right "$AUTH_PIN"
	expect_equal "login CKR_OK
logout CKR_OK
login CKR_PIN_INCORRECT
run CKR_OK
login CKR_PIN_INCORRECT
run CKR_OK
login CKR_PIN_INCORRECT
login CKR_OK" "$(MYNUMBER_LAST_TRY=1 steps login "$token" "$AUTH_PIN" logout "$token" login "$token" 9999 run ./right login "$token" 9999 \
		run ./wrong login "$token" "$AUTH_PIN" login "$token" "$AUTH_PIN" 2>messages)"
}

# What the program knows of its values outlives a reset of the card.
test_a_reset_makes_nothing_forgotten() {
	local token=${pin_token[01]} number
	steps login "$token" "$(wrong_pin 01)" login "$token" "$(wrong_pin 01)" >results
	number=$(grep ' > ' "$VIRTUAL_CARD_LOG" | grep -n '> 002000..04' | cut -d : -f 1)
	new_card
	VIRTUAL_CARD_FAULT="$((number + 1)):reset-before" steps login "$token" "$(wrong_pin 01)" login "$token" "$(wrong_pin 01)" login "$token" "$(wrong_pin 01)" >results
	expect_equal 1 "$(count_wrong)" "the wrong PINs"
	expect_equal 2 "$(card_tries 01)" "tries left"
}

# Another program's visit ends the verification. OpenSC sends the PIN again, once for each visit, and no try is missing.
test_a_visit_costs_one_verify_of_the_right_pin() {
	local token=${pin_token[01]}
	printf '#!/bin/sh\nexec opensc-tool --card-driver default -s 00A4040C0A%s >&2\n' "$COMMON_AID" >visit
	chmod +x visit
	printf 'a document' >document
	use_pin 01
	expect_equal 7 "$(steps login "$token" "$AUTH_PIN" run ./visit "${step[@]}" run ./visit "${step[@]}" run ./visit "${step[@]}" | grep -c CKR_OK)" "what went well"
	expect_verifies 4
	expect_equal 0 "$(count_wrong)" "the wrong PINs"
}
