# shellcheck shell=bash disable=SC2119,SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The card's own keys, which need no PIN, and programs that use several applications in one process.

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

# card_public_key ID PIN-ID FILE
card_public_key() {
	pkcs15-tool --read-public-key "$1" --verify-pin --auth-id "$2" --pin "$(pin "$2")" --output "$3"
}

test_card_keys_sign_without_a_pin() {
	local id
	all_applications_conf_with
	printf 'a document' >document
	openssl dgst -sha256 -binary document >document.hash
	pkcs15-crypt --sign --key 11 --sha-256 --pkcs1 --raw --input document.hash --output text.pkcs15
	pkcs15-crypt --sign --key 12 --sha-256 --pkcs1 --raw --input document.hash --output surface.pkcs15
	expect_equal "sign CKR_OK
sign CKR_OK" "$(steps sign "${pin_token[03]}" 11 document text.pkcs11 sign "${pin_token[07]}" 12 document surface.pkcs11)"
	expect_equal 0 "$(count_verify)" "the number of PINs sent"

	card_public_key 11 03 text.pem
	card_public_key 12 07 surface.pem
	for id in pkcs15 pkcs11; do
		expect_card_signature text.pem document "text.$id"
		expect_card_signature surface.pem document "surface.$id"
	done
	fails cmp text.pem surface.pem
}

# pkcs11-tool itself wants a login before it signs, whatever the key: with one it works.
test_pkcs11_tool_signs_with_card_keys() {
	all_applications_conf_with
	printf 'a document' >document
	card_public_key 11 03 text.pem
	pkcs11-tool --sign --id 11 --mechanism SHA256-RSA-PKCS --input-file document --output-file signature \
		--token-label "${pin_token[03]}" --login --pin "$(pin 03)"
	expect_card_signature text.pem document signature
}

# An application of PKCS#11 is another of the card: what was verified there is lost. OpenSC's PIN cache brings it back for a
# signature, not for reading a data object: that needs a new login.
test_programs_use_several_applications_at_once() {
	local jpki=${pin_token[01]} text=${pin_token[03]} surface=${pin_token[07]}
	all_applications_conf_with
	printf 'a document' >document
	expect_equal "login CKR_OK
login CKR_OK
read CKR_OK
sign CKR_OK
read CKR_USER_NOT_LOGGED_IN
logout CKR_OK
login CKR_OK
read CKR_OK
login CKR_OK
read CKR_OK
sign CKR_OK
read CKR_OK
sign CKR_OK
logout CKR_OK
sign CKR_OK" "$(steps \
		login "$jpki" "$(pin 01)" \
		login "$text" "$(pin 03)" \
		read "$text" Name name \
		sign "$jpki" 01 document signature.1 \
		read "$text" Address address \
		logout "$text" \
		login "$text" "$(pin 03)" \
		read "$text" Address address \
		login "$surface" "$(pin 07)" \
		read "$surface" "Face photo" photo \
		sign "$surface" 12 document signature.card \
		read "$jpki" "Card number" number \
		sign "$jpki" 01 document signature.2 \
		logout "$text" \
		sign "$jpki" 01 document signature.3)"
	expect_same_file "$(expected name.txt)" name
	expect_same_file "$(expected address.txt)" address
	expect_same_file "$(expected photo.jp2)" photo
	expect_same_file "$(expected card-number.txt)" number
	expect_signature 01 sha256 document signature.1
	expect_signature 01 sha256 document signature.2
	expect_signature 01 sha256 document signature.3
	card_public_key 12 07 surface.pem
	expect_card_signature surface.pem document signature.card
	expect_equal "3 5 3 10 10 10 3" "$(pkcs15-tool --list-pins | sed -n 's/.*Tries left *: //p' | xargs)" "tries left"
}

test_without_pin_cache_a_lost_login_is_said() {
	local jpki=${pin_token[01]} text=${pin_token[03]} result
	all_applications_conf_with
	sed -i '/framework pkcs15 {/a\		use_pin_caching = false;' "$OPENSC_CONF"
	printf 'a document' >document
	result=$(steps \
		login "$jpki" "$(pin 01)" \
		sign "$jpki" 01 document signature.1 \
		login "$text" "$(pin 03)" \
		read "$text" Name name \
		sign "$jpki" 01 document signature.2 \
		read "$text" Address address)
	expect_equal "login CKR_OK
sign CKR_OK
login CKR_OK
read CKR_OK
sign CKR_USER_NOT_LOGGED_IN
read CKR_OK" "$result"
	expect_same_file "$(expected name.txt)" name
	expect_same_file "$(expected address.txt)" address
	expect_signature 01 sha256 document signature.1
	[ ! -e signature.2 ] || fail "a signature without login"
	expect_equal "3 5 3 10 10 10 3" "$(pkcs15-tool --list-pins | sed -n 's/.*Tries left *: //p' | xargs)" "tries left"
}

test_nothing_private_without_login_of_the_token() {
	all_applications_conf_with
	expect_equal "login CKR_OK
read CKR_OBJECT_HANDLE_INVALID
read CKR_OBJECT_HANDLE_INVALID" "$(steps login "${pin_token[01]}" "$(pin 01)" \
		read "${pin_token[03]}" Name name read "${pin_token[07]}" "Face photo" photo)"
	[ ! -e name ] || fail "a name without login"
	[ ! -e photo ] || fail "a photo without login"
}
