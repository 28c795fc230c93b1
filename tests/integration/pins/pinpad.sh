# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# A reader with a keypad: digits are typed there and go to the card as they are; letters cannot, and a change is refused.

# shellcheck source=tests/lib/pin-jobs.sh
. "$srcdir/tests/lib/pin-jobs.sh"

# verify_at_pad ID TYPED
verify_at_pad() {
	VIRTUAL_CARD_PINPAD=$2 pkcs15-tool --verify-pin --auth-id "$1" --use-pinpad </dev/null
}

# The PINs of $pin_ids that have letters are left out.
digits="01 03 04 05 06 07 08 09"

test_typed_digits_reach_the_card_unpadded() {
	local id
	conf_with "my_number = yes;"
	for id in $digits; do
		new_card
		verify_at_pad "$id" "$(pin "$id")"
		expect_verifies 1 "PIN $id"
		expect_equal "9000" "$(answers_to_verify)" "the answer to VERIFY"
		expect_equal "${pin_place[$id]}" "$(verified_pins)" "the PIN that was sent"
	done
}

test_a_wrong_pin_is_sent_once() {
	fails verify_at_pad 01 9999
	expect_contains "PIN code or key incorrect" "$output"
	expect_verifies 1
	expect_equal 2 "$(card_tries 01)" "tries left"
}

test_the_keypad_has_the_limits_of_each_pin() {
	local id right
	conf_with "my_number = yes;"
	for id in $digits; do
		right=$(pin "$id")
		fails verify_at_pad "$id" "${right:1}"
		expect_contains "Invalid PIN length" "$output"
		fails verify_at_pad "$id" "${right}0"
		expect_contains "Invalid PIN length" "$output"
	done
	expect_verifies 0
}

test_cancelled_and_timed_out() {
	fails verify_at_pad 01 cancel
	expect_contains "Input operation cancelled by user" "$output"
	fails verify_at_pad 01 timeout
	expect_contains "Timed out while waiting for user input" "$output"
	expect_verifies 0
}

test_the_last_try_is_kept() {
	fails verify_at_pad 01 9999
	fails verify_at_pad 01 9999
	fails verify_at_pad 01 "$AUTH_PIN"
	expect_contains "one try left" "$output"
	expect_verifies 2
	MYNUMBER_LAST_TRY=1 verify_at_pad 01 "$AUTH_PIN"
	expect_equal 3 "$(card_tries 01)" "tries left"
}

test_no_letters_at_the_keypad() {
	fails verify_at_pad 02 1234567
	expect_contains "Digital Signature PIN may have letters, which the reader's keypad lacks" "$output"
	expect_contains "Not supported" "$output"
	expect_verifies 0
	VIRTUAL_CARD_PINPAD=1234567 pkcs15-tool --verify-pin --auth-id 02 --pin "$SIGN_PIN"
	expect_verifies 1
}

test_no_change_at_the_keypad() {
	export VIRTUAL_CARD_PINPAD=$AUTH_PIN
	fails pkcs15-tool --change-pin --auth-id 01 --use-pinpad </dev/null
	expect_contains "cannot be changed at the reader's keypad" "$output"
	expect_verifies 0
	pkcs15-tool --change-pin --auth-id 01 --pin "$AUTH_PIN" --new-pin 4321
}

test_pkcs11_signs_with_a_pin_from_the_keypad() {
	export VIRTUAL_CARD_PINPAD=$AUTH_PIN
	expect_contains "PIN pad present" "$(pkcs11-tool --list-slots)"
	printf 'a document' >document
	pkcs11-tool --sign --id 01 --mechanism SHA256-RSA-PKCS --input-file document --output-file signature \
		--token-label "${key_token[01]}" --login </dev/null
	expect_signature 01 sha256 document signature
	expect_verifies 1
}

test_pkcs11_takes_the_signature_pin_from_the_program() {
	export VIRTUAL_CARD_PINPAD=1234567
	fails pkcs11-tool --list-objects --token-label "${key_token[02]}" --login </dev/null
	expect_contains CKR_FUNCTION_NOT_SUPPORTED "$output"
	expect_verifies 0
	expect_signs 02
}

test_a_fault_at_the_keypad_is_no_second_verify() {
	local number fault
	verify_at_pad 01 "$AUTH_PIN"
	number=$(grep ' > ' "$VIRTUAL_CARD_LOG" | grep -n '> 0020008004' | cut -d : -f 1)
	for fault in mute comm-error removed-after reset-after sw=6F00; do
		new_card
		VIRTUAL_CARD_FAULT="$number:$fault" fails verify_at_pad 01 9999
		[ "$(count_verify)" -le 1 ] || fail "$(count_verify) PINs sent after $fault"
		rm -f "$VIRTUAL_CARD_DIR/card.removed"
		verify_at_pad 01 "$AUTH_PIN"
	done
}

# An answer without a status word is none of the card's, there as elsewhere.
test_no_status_word_at_the_keypad() {
	local number
	verify_at_pad 01 "$AUTH_PIN"
	number=$(grep ' > ' "$VIRTUAL_CARD_LOG" | grep -n '> 0020008004' | cut -d : -f 1)
	new_card
	VIRTUAL_CARD_FAULT="$number:empty" fails verify_at_pad 01 "$AUTH_PIN"
	expect_contains "Transmit failed" "$output"
	expect_verifies 1
}
