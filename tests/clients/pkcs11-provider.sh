# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenSSL's command line with pkcs11-provider, as one provider among others, and as the one that OpenSSL prefers for everything: then what
# the module itself asked of OpenSSL would come back to the module. docs/clients/pkcs11-provider.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/openssl.sh
. "$srcdir/tests/lib/openssl.sh"

client "OpenSSL (pkcs11-provider)" "$(packages openssl pkcs11-provider)"

# use_provider [PROPERTIES [LINE]]: the page's openssl.cnf, with these default_properties, and a line for the provider.
use_provider() {
	require_provider
	use_card
	set_up_provider
	run_page 'cat >pkcs11.cnf'
	if [ $# != 0 ]; then
		sed -i '/^\[all\]/a alg_section = algorithms' pkcs11.cnf
		printf '%s\n' "${2-}" "[algorithms]" "default_properties = $1" >>pkcs11.cnf
	fi
	printf 'a document' >document
}

# with_provider OPENSSL-ARGUMENTS...
with_provider() {
	timeout 60 openssl "$@" || fail "openssl $1: status $?"
}

test_lists_certificates_without_PIN() {
	use_provider
	expect_contains "Total found: 1" "$(run_page 'openssl storeutl -noout')"
	expect_no_pin_sent
}

test_lists_certificates_without_a_file() {
	require_provider
	use_card
	use_openssl_page pkcs11-provider
	expect_contains "Total found: 1" "$(run_page 'export PKCS11_PROVIDER_MODULE')"
	expect_no_pin_sent
}

test_lists_the_key_after_login() {
	use_provider
	expect_contains "PKCS11 RSA Private Key (2048 bits)" "$(with_provider storeutl -keys -text -noout "$(key_uri 01)")"
	expect_only_auth_pin_sent
}

test_asks_for_the_PIN() {
	use_provider
	openssl_asks "$AUTH_PIN" openssl dgst -sha256 -sign "$(key_uri_without_pin 01)" -out signature document
	expect_signature 01 sha256 document signature
	expect_only_auth_pin_sent
}

test_takes_the_PIN_from_a_file() {
	use_provider
	with_provider dgst -sha256 -sign "$(key_uri_without_pin 01);pin-source=file:$PWD/pin" -out signature document
	expect_signature 01 sha256 document signature
	expect_only_auth_pin_sent
}

test_signs_with_a_file_that_names_the_key() {
	use_provider
	run_page 'cat >key.cnf'
	with_provider dgst -sha256 -sign key.pem -out signature document
	expect_signature 01 sha256 document signature
	expect_equal 600 "$(stat -c %a key.pem)" "the mode of key.pem"
	expect_only_auth_pin_sent
}

test_control_signs_with_a_file_that_names_the_key() {
	require_provider
	use_softhsm
	set_up_provider
	make_key_file
	printf 'a document' >document
	with_provider dgst -sha256 -sign key.pem -out signature document
	expect_signature 01 sha256 document signature
}

# For the login and for the signature.
test_signature_key_asks_twice() {
	local said
	use_provider
	said=$(openssl_asks "$SIGN_PIN" openssl dgst -sha256 -sign "$(key_uri_without_pin 02)" -out signature document 2>&1)
	expect_signature 02 sha256 document signature
	expect_match 'Enter pass phrase for PKCS#11 Token' "$said"
	expect_match 'Enter PIN for PKCS#11 Token' "$said"
	expect_equal "$JPKI_AID:001B" "$(verified_pins)" "the list of PINs sent"
}

# The page says so. No try is lost.
test_signature_key_refuses_with_pin_source_alone() {
	use_provider
	write_pin_file 02
	fails timeout 60 setsid --wait openssl dgst -sha256 -sign "$(key_uri_without_pin 02);pin-source=file:$PWD/pin" -out signature document \
		</dev/null
	expect_contains "while reading strings" "$output"
	expect_equal 1 "$(count_verify)" "the number of PINs sent"
}

test_signature_key_with_pin_source_and_ignored_consent() {
	use_provider
	write_pin_file 02
	sed -i '/framework pkcs15 {/a pin_cache_ignore_user_consent = true;' "$OPENSC_CONF"
	with_provider dgst -sha256 -sign "$(key_uri_without_pin 02);pin-source=file:$PWD/pin" -out signature document </dev/null
	expect_signature 02 sha256 document signature
}

sign_with_dgst() {
	use_provider "$@"
	with_provider dgst -sha256 -sign "$(key_uri 01)" -out signature document
	expect_signature 01 sha256 document signature
	expect_only_auth_pin_sent
}

sign_with_dgst_pss() {
	use_provider "$@"
	with_provider dgst -sha256 -sign "$(key_uri 01)" -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -out signature document
	public_key 01 >public.pem
	openssl dgst -sha256 -verify public.pem -signature signature -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 document
}

sign_with_pkeyutl() {
	use_provider "$@"
	openssl dgst -sha256 -binary -out digest document
	with_provider pkeyutl -sign -inkey "$(key_uri 01)" -in digest -out signature -pkeyopt digest:sha256
	expect_signature 01 sha256 document signature
}

sign_with_cms() {
	use_provider "$@"
	with_provider cms -sign -inkey "$(key_uri 01)" -signer auth.pem -in document -binary -outform DER -out signed
	openssl cms -verify -inform DER -in signed -binary -content document -CAfile auth-ca.pem -purpose any -out verified
	expect_same_file document verified
}

test_pkeyutl() { sign_with_pkeyutl; }

test_dgst_preferred() { sign_with_dgst '?provider=pkcs11'; }
test_dgst_pss_preferred() { sign_with_dgst_pss '?provider=pkcs11'; }
test_pkeyutl_preferred() { sign_with_pkeyutl '?provider=pkcs11'; }

# For CMS OpenSSL copies a hash that it has begun, which a PKCS#11 module must be able to; OpenSC's is not, whatever the card.
test_cms_preferred() { sign_with_cms '?provider=pkcs11' 'pkcs11-module-block-operations = digest'; }
