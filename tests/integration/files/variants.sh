# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The cards that exist: what can work works, and what cannot says why.

# shellcheck source=tests/lib/jobs.sh
. "$srcdir/tests/lib/jobs.sh"

# Prints the tries left of the PIN $1.
tries_left() {
	pkcs15-tool --list-pins | sed -n "/^PIN \[$1\]/,/^$/s/.*Tries left *: //p"
}

# Everything that a full card does, on a card that differs in VARIANTS.
expect_everything_works() {
	variant "$1"
	expect_equal "My Number Card" "$(opensc-tool --name)" "the name"
	expect_match " $(card_number)$" "$(opensc-tool --serial)"
	output=$(pkcs15-tool --dump 2>&1)
	expect_lacks "failed" "$output"
	expect_reads_certificate 01
	expect_reads_certificate 02 --verify-pin --auth-id 02 --pin "$SIGN_PIN"
	expect_reads_certificate 03
	expect_reads_certificate 04
	expect_signs 01 02
	expect_equal "3 5" "$(tries_left "User Authentication PIN") $(tries_left "Digital Signature PIN")" "tries left"
}

# expect_blocked ID OTHER-ID VARIANT...: key ID is blocked in each of the ways that cards say so, and hides nothing.
expect_blocked() {
	local token
	variant "$3"
	fails pkcs11_sign "$1" SHA256-RSA-PKCS "$OPENSC_CONF"
	expect_contains CKR_PIN_LOCKED "$output"
	expect_contains "is blocked" "$output"
	fails pkcs15-tool --verify-pin --auth-id "$1" --pin "${key_pin[$1]}"
	expect_contains "Authentication method blocked" "$output"
	expect_equal 0 "$(count_verify)" "the number of PINs sent"

	token=${key_token[$1]#*(}
	expect_equal 0 "$(tries_left "${token%)}")" "tries left"
	output=$(pkcs11-tool --list-slots)
	expect_equal 1 "$(grep -c 'user PIN locked' <<<"$output")" "the number of locked tokens"
	expect_match 'user PIN locked' "$(grep -F -A 4 "${key_token[$1]}" <<<"$output")"

	pkcs15-tool --dump
	expect_reads_certificate 01
	expect_signs "$2"
}

test_authentication_pin_blocked() {
	expect_blocked 01 02 blocked-auth
}

test_authentication_pin_blocked_6983() {
	expect_blocked 01 02 blocked-auth,blocked-6983
}

test_authentication_pin_blocked_6984() {
	expect_blocked 01 02 blocked-auth,blocked-6984
}

test_signature_pin_blocked() {
	expect_blocked 02 01 blocked-sign
}

test_signature_pin_blocked_6983() {
	expect_blocked 02 01 blocked-sign,blocked-6983
}

test_signature_pin_blocked_6984() {
	expect_blocked 02 01 blocked-sign,blocked-6984
}

test_both_pins_blocked() {
	variant blocked-auth,blocked-sign
	output=$(pkcs15-tool --dump 2>&1)
	expect_lacks "failed" "$output"
	expect_equal 2 "$(pkcs11-tool --list-slots | grep -c 'user PIN locked')" "the number of locked tokens"
	expect_reads_certificate 01
}

test_child_has_no_signature_key() {
	variant child
	output=$(pkcs15-tool --dump)
	expect_lacks "[Digital Signature Certificate]" "$output"
	expect_lacks "[Digital Signature Key]" "$output"
	expect_lacks "[Digital Signature Public Key]" "$output"
	expect_lacks "[Digital Signature PIN]" "$output"
	expect_contains "[Digital Signature Certificate CA]" "$output"
	# from OpenSC 0.26 on, a token that is alone has no PIN in its name
	output=$(pkcs11-tool --list-slots | sed -n 's/^  token label *: //p')
	[ "$output" = JPKI ] || expect_equal "${key_token[01]}" "$output" "the list of tokens"
	key_token[01]=$output
	expect_signs 01
	fails pkcs15-tool --read-certificate 02
	expect_contains "not found" "$output"
}

test_juki_card() {
	expect_everything_works juki-card
}

# expect_phone VARIANT: JPKI alone, its authentication certificate behind the PIN.
expect_phone() {
	local serial
	variant "$1"
	serial=$(opensc-tool --serial | sed 's/.* //')
	expect_match '^[0-9a-f]{16}$' "$serial"
	output=$(pkcs15-tool --dump 2>&1)
	expect_lacks "failed" "$output"
	expect_lacks "Input Support" "$output"
	expect_lacks "Card Surface" "$output"
	expect_match "Serial number *: $serial$" "$output"
	expect_equal "Application 'JPKI':" "$(pkcs15-tool --list-applications | grep Application)" "the list of applications"

	fails pkcs15-tool --read-certificate 01
	expect_contains "Security status not satisfied" "$output"
	expect_reads_certificate 01 --verify-pin --auth-id 01 --pin "$AUTH_PIN"
	expect_reads_certificate 02 --verify-pin --auth-id 02 --pin "$SIGN_PIN"
	expect_reads_certificate 03
	expect_reads_certificate 04
	expect_signs 01 02
}

test_android() {
	expect_phone android,atr-unknown
	expect_equal "My Number Card on a smartphone (JPKI)" "$(opensc-tool --name)" "the name"
}

test_iphone() {
	expect_phone iphone,atr-unknown
	expect_equal "My Number Card on a smartphone (JPKI)" "$(opensc-tool --name)" "the name"
}

# An ATR is the reader's as much as the card's: a phone may come with one that cards have, too.
# The name is then a card's, as it is made of the ATR alone.
test_android_with_the_atr_of_a_card() {
	expect_phone android,atr-type-b-1
}

test_without_common_application_the_serial_is_a_hash() {
	local serial
	variant no-common
	pkcs15-tool --read-data-object "Token information" --output hashed
	cat "$(certificate_file 01)" >>hashed
	serial=$(sha256sum hashed | cut -c 1-16)
	expect_match " $serial$" "$(opensc-tool --serial)"
	output=$(pkcs15-tool --dump 2>&1)
	expect_match "Serial number *: $serial$" "$output"
	expect_lacks "failed" "$output"
	expect_lacks "Card number" "$output"
	expect_equal "$serial $serial" "$(pkcs11-tool --list-slots | sed -n 's/^  serial num *: //p' | xargs)" "serials"
	expect_signs 01 02
}

# expect_absent VARIANT APPLICATION AID: nothing of it is listed, and the rest works.
expect_absent() {
	variant "$1"
	output=$(pkcs15-tool --dump 2>&1)
	expect_lacks "failed" "$output"
	expect_lacks "$2" "$output"
	expect_lacks "$2" "$(pkcs15-tool --list-keys)"
	expect_lacks "$2" "$(pkcs15-tool --list-data-objects 2>&1)"
	fails pkcs15-tool --aid "$3" --dump
	expect_contains "not found" "$output"
	expect_signs 01 02
}

test_without_input_support() {
	expect_absent no-text "Input Support" D3921000310001010408
}

test_without_card_surface() {
	expect_absent no-surface "Card Surface" D3921000310001010402
}

test_without_resident_registry() {
	expect_absent no-juki "Resident Registry" D3921000310001010401
}

test_first_command_fails() {
	expect_everything_works first-6f00
}

test_first_command_fails_with_unknown_atr() {
	expect_everything_works first-6f00,atr-unknown
}

test_no_extended_length() {
	export VIRTUAL_CARD_EXTENDED=1
	expect_everything_works no-extended
}

test_reader_that_breaks_extended_length() {
	export VIRTUAL_CARD_EXTENDED=1
	expect_everything_works extended-broken
}

test_no_short_ef_identifiers() {
	expect_everything_works no-sfi
}

test_short_reads() {
	expect_everything_works short-reads
}

test_long_form_lengths() {
	expect_everything_works long-form
}

test_query_answers_9000() {
	expect_everything_works query-9000
	output=$(pkcs15-tool --verify-pin --auth-id 01 --pin "$AUTH_PIN" --list-pins)
	expect_equal "3 5" "$(sed -n 's/.*Tries left *: //p' <<<"$output" | head -n 2 | xargs)" "tries left"
}

test_selecting_again_drops_verification() {
	expect_everything_works reselect-drops
	output=$(pkcs11-tool --test --login --token-label "${key_token[01]}" --pin "$AUTH_PIN" 2>&1)
	expect_match '^No errors$' "$output"
}

test_every_atr() {
	local atr
	for atr in $("$builddir/virtual-card/virtual-card" --list-variants | grep -o '^atr-[a-z0-9-]*'); do
		variant "$atr"
		expect_equal "My Number Card" "$(opensc-tool --name)" "the name with $atr"
		expect_reads_certificate 01
		expect_signs 01
	done
}
