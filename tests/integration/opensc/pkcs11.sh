# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# PKCS#11: slots, objects, logins and signatures, by pkcs11-tool and by OpenSSL's engine.

# shellcheck source=tests/lib/jobs.sh
. "$srcdir/tests/lib/jobs.sh"

# Of pkcs11-tool -O a line for each object: its class and its label.
objects() {
	awk '/ Object|^Data object/ { class = $1 " " $2; sub(/ (Object|object).*/, "", class) }
		/^  label:/ { label = $0; gsub(/^  label: *\047?|\047$/, "", label); print class ": " label }'
}

public_objects="Public Key: User Authentication Public Key
Certificate: User Authentication Certificate
Data: Card number
Data: Card expiry date
Data: Municipality code
Data: Token information
Data: JPKI certificate report"

test_two_slots_authentication_first() {
	output=$(pkcs11-tool --list-slots)
	expect_equal "${key_token[01]}
${key_token[02]}" "$(sed -n 's/^  token label *: //p' <<<"$output")" "the list of tokens"
	expect_equal "$(card_number) $(card_number)" "$(sed -n 's/^  serial num *: //p' <<<"$output" | xargs)" "serials"
	expect_equal "4/4 6/16" "$(sed -n 's/^  pin min.max *: //p' <<<"$output" | xargs)" "PIN lengths"
	expect_lacks "locked" "$output"
}

test_nothing_private_before_login() {
	expect_equal "$public_objects" "$(pkcs11-tool --list-objects | objects)" "the list"
	expect_equal "" "$(pkcs11-tool --list-objects --token-label "${key_token[02]}" | objects)" "the list"
	expect_equal 0 "$(count_verify)" "the number of PINs sent"
}

test_authentication_slot_after_login() {
	expect_equal "$(sort <<<"Private Key: User Authentication Key
Certificate: User Authentication Certificate CA
Public Key: User Authentication Certificate CA
$public_objects")" "$(pkcs11-tool --list-objects --token-label "${key_token[01]}" --login --pin "$AUTH_PIN" | objects | sort)"
}

test_signature_slot_after_login() {
	output=$(pkcs11-tool --list-objects --token-label "${key_token[02]}" --login --pin "$SIGN_PIN")
	expect_equal "Private Key: Digital Signature Key
Public Key: Digital Signature Public Key
Certificate: Digital Signature Certificate
Certificate: Digital Signature Certificate CA
Public Key: Digital Signature Certificate CA" "$(objects <<<"$output")"
	expect_match 'Usage: *sign, non-repudiation$' "$output"
	expect_match 'Access: *always authenticate,' "$output"
}

test_reads_objects() {
	pkcs11-tool --read-object --type cert --id 01 --output-file certificate
	expect_same_file "$(certificate_file 01)" certificate
	pkcs11-tool --read-object --type cert --id 02 --token-label "${key_token[02]}" --login --pin "$SIGN_PIN" \
		--output-file certificate
	expect_same_file "$(certificate_file 02)" certificate
	pkcs11-tool --read-object --type pubkey --id 01 --output-file key
	expect_equal "$(public_key 01)" "$(openssl pkey -pubin -inform DER -in key)"
	expect_equal "$(card_number)" "$(pkcs11-tool --read-object --type data --label "Card number")"
}

test_signs_with_each_hash() {
	local id bits
	head -c 5000 /dev/urandom >document
	for id in 01 02; do
		for bits in 1 256 384 512; do
			pkcs11_sign "$id" "SHA$bits-RSA-PKCS" document
			expect_signature "$id" "sha$bits" document signature
		done
	done
}

# RSA-PKCS pads what the host gives, normally a DigestInfo: 245 bytes are the most that fit with the padding.
test_signs_what_the_host_gives() {
	local id size
	for id in 01 02; do
		for size in 1 51 245; do
			head -c "$size" /dev/urandom >data
			pkcs11_sign "$id" RSA-PKCS data
			expect_padded "$id" data signature
		done
	done
	head -c 246 /dev/urandom >data
	fails pkcs11_sign 01 RSA-PKCS data
	expect_match 'CKR_(DATA_LEN_RANGE|GENERAL_ERROR|BUFFER_TOO_SMALL)' "$output"
}

test_folds_the_signature_pin_to_upper_case() {
	key_pin[02]=${SIGN_PIN,,}
	expect_signs 02
	expect_equal "$JPKI_AID:001B" "$(verified_pins)" "the PIN that was verified"
}

test_refuses_a_pin_of_wrong_format_before_the_card_sees_it() {
	local pin
	for pin in 123 12345 12a4; do
		fails pkcs11-tool --token-label "${key_token[01]}" --login --pin "$pin" --list-objects
		expect_match 'C_Login failed.*CKR_PIN_(LEN_RANGE|INVALID|INCORRECT)' "$output"
	done
	for pin in ABC12 ABCDEFGHIJ1234567 ABC-123; do
		fails pkcs11-tool --token-label "${key_token[02]}" --login --pin "$pin" --list-objects
		expect_match 'C_Login failed.*CKR_PIN_(LEN_RANGE|INVALID|INCORRECT)' "$output"
	done
	expect_equal 0 "$(count_verify)" "the number of PINs sent"
}

test_a_wrong_pin_is_sent_once() {
	fails pkcs11-tool --token-label "${key_token[02]}" --login --pin WRONG99 --list-objects
	expect_contains CKR_PIN_INCORRECT "$output"
	expect_equal 1 "$(count_verify)" "the number of PINs sent"
	expect_equal 1 "$(count_apdus '< 63C4')" "the number of answers '4 tries left'"
}

test_random_is_the_cards() {
	pkcs11-tool --generate-random 32 >random
	expect_equal 32 "$(stat -c %s random)"
	expect_equal 1 "$(count_apdus '> 00840000')" "the number of GET CHALLENGE"
}
