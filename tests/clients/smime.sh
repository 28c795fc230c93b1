# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Signed mail: by OpenSSL's engine, and by cmsutil of NSS, the library of Thunderbird. docs/clients/smime.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"

client S/MIME "$(packages openssl libengine-pkcs11-openssl libnss3-tools)"

use_smime_page() {
	use_page smime "s|PIN1|$AUTH_PIN|; s|PIN2|$SIGN_PIN|" "s|/[^ ]*/opensc-pkcs11.so|$module|" "s|^openssl|setsid --wait openssl|" \
		"s|--verify-pin|--verify-pin --pin $SIGN_PIN|"
	printf 'Dear Hanako,\n\nthis is signed.\n' >body.txt
}

expect_only_sign_pin_sent() {
	expect_equal "$JPKI_AID:001B" "$(verified_pins)" "the list of PINs sent"
}

test_openssl_signs_a_mail() {
	require openssl
	openssl engine pkcs11 >/dev/null 2>&1 || skip "libengine-pkcs11-openssl is not installed"
	use_card
	use_smime_page
	rm sign.pem
	run_page 'export PKCS11_MODULE_PATH' <<<"$SIGN_PIN"$'\n'"$SIGN_PIN"
	expect_match '^Subject: A signed mail' "$(cat signed.eml)"
	run_page 'pkcs15-tool --read-certificate 04'
	expect_contains "this is signed." "$(cat verified.txt)"
	expect_only_sign_pin_sent
	sed -i 's/this is signed/this is forged/' signed.eml
	fails openssl cms -verify -in signed.eml -CAfile sign-ca.pem -purpose any -out forged.txt
}

test_cmsutil_signs() {
	require cmsutil certutil modutil
	use_card
	use_smime_page
	run_page 'mkdir db'
	openssl cms -verify -inform DER -in signed.der -CAfile sign-ca.pem -purpose any -signer signer.pem -out verified.txt
	expect_same_file body.txt verified.txt
	expect_same_file sign.pem signer.pem
}

# What the page says does not work.
test_cmsutil_does_not_sign_with_the_authentication_certificate() {
	require cmsutil certutil modutil
	use_card
	use_smime_page
	page_examples+=(-e "s|JPKI (Digital Signature PIN):Digital Signature|${key_token[01]}:User Authentication|; s|^rm pins||")
	fails run_page 'mkdir db'
	expect_contains "SEC_ERROR_EXTENSION_NOT_FOUND" "$output"
}

test_only_a_newer_cmsutil_verifies() {
	require cmsutil certutil modutil
	use_card
	use_smime_page
	run_page 'mkdir db'
	certutil -A -d sql:db -n ca -t ,C, -i sign-ca.pem
	if [[ $(packages libnss3-tools) == *" 2:3.87."* ]]; then
		fails cmsutil -D -d sql:db -i signed.der
		expect_contains "SEC_ERROR_UNKNOWN_CRITICAL_EXTENSION" "$output"
	else
		expect_equal "$(cat body.txt)" "$(cmsutil -D -d sql:db -i signed.der)" "what was signed"
	fi
}

# The same with a certificate of software whose policy is not critical: the limit is the certificate's.
test_control_cmsutil_signs_and_verifies() {
	require cmsutil certutil pk12util
	printf 'a mail' >body.txt
	mkdir db
	certutil -N -d sql:db --empty-password
	make_certificate ca "/CN=CA of a test"
	make_certificate mail "/CN=taro" -CA ca.pem -CAkey ca.key -addext basicConstraints=CA:FALSE -addext keyUsage=digitalSignature \
		-addext extendedKeyUsage=emailProtection
	openssl pkcs12 -export -in mail.pem -inkey mail.key -name taro -passout pass: -out mail.p12
	pk12util -i mail.p12 -d sql:db -W ''
	certutil -A -d sql:db -n ca -t ,C, -i ca.pem
	cmsutil -S -d sql:db -N taro -u 4 -Y NONE -G -i body.txt -o signed.der
	expect_equal "a mail" "$(cmsutil -D -d sql:db -i signed.der)"
}
