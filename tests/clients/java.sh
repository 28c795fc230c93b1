# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Java's SunPKCS11: keytool and jarsigner. docs/clients/java.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"

client Java "$(java --version 2>/dev/null | head -n 1)"

# use_slot INDEX: the options that tell Java's tools of the card.
use_slot() {
	require keytool jarsigner jar
	printf 'name = Card\nlibrary = %s\nslotListIndex = %s\n' "$module" "$1" >pkcs11.cfg
	store=(-keystore NONE -storetype PKCS11 -providerClass sun.security.pkcs11.SunPKCS11 -providerArg pkcs11.cfg)
}

# chain PIN ALIAS: the length that Java finds
chain() {
	keytool -list -v "${store[@]}" -storepass "$1" -alias "$2" | sed -n 's/^Certificate chain length: //p'
}

# sign_jar PIN ALIAS CERTIFICATE: jarsigner then verifies that this certificate's key signed the document, and nothing else.
sign_jar() {
	printf 'a document' >document
	jar --create --file document.jar document
	jarsigner "${store[@]}" -storepass "$1" document.jar "$2"
	output=$(jarsigner -verify -verbose:summary -certs document.jar)
	expect_match '^s.* document$' "$output"
	expect_contains "jar verified" "$output"
	expect_contains "Signed by \"CN=$(openssl x509 -in "$3" -noout -subject -nameopt multiline |
		sed -n 's/.*commonName *= //p'), C=JP\"" "$output"
	printf 'another document' >document
	jar --update --file document.jar document
	fails jarsigner -verify document.jar
}

test_lists_and_signs_as_the_page_says() {
	require keytool jarsigner jar
	use_card
	use_page java "s|-storetype PKCS11|& -storepass $AUTH_PIN|"
	page_block 'name = Card' >pkcs11.cfg
	printf 'a document' >document
	jar --create --file document.jar document
	run_page 'keytool -list' >said
	expect_match '^User Authentication Certificate, PrivateKeyEntry' "$(cat said)"
	expect_match '^Certificate chain length: 2$' "$(cat said)"
	expect_contains "jar verified" "$(cat said)"
	expect_only_auth_pin_sent
}

test_keytool_lists_a_chain_of_two() {
	use_card
	use_slot 0
	keytool -list "${store[@]}" -storepass "$AUTH_PIN" >list
	expect_match '^User Authentication Certificate, PrivateKeyEntry' "$(cat list)"
	expect_equal 1 "$(grep -c PrivateKeyEntry list)" "the number of keys"
	expect_equal 2 "$(chain "$AUTH_PIN" "User Authentication Certificate")" "the length of the chain"
	expect_only_auth_pin_sent
}

test_jarsigner_signs() {
	use_card
	use_slot 0
	sign_jar "$AUTH_PIN" "User Authentication Certificate" auth.pem
	expect_only_auth_pin_sent
}

test_jarsigner_signs_with_the_signature_key() {
	use_card
	use_slot 1
	expect_equal 2 "$(chain "$SIGN_PIN" "Digital Signature Certificate")" "the length of the chain"
	sign_jar "$SIGN_PIN" "Digital Signature Certificate" sign.pem
	expect_equal "$JPKI_AID:001B" "$(verified_pins)" "the list of PINs sent"
}

test_control_keytool() {
	use_softhsm
	use_slot 0
	expect_equal 2 "$(chain "$AUTH_PIN" "User Authentication Certificate")" "the length of the chain"
}
