# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenSSL's command line with pkcs11-provider and with the engine pkcs11. docs/clients/openssl.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/openssl.sh
. "$srcdir/tests/lib/openssl.sh"

client OpenSSL "$(packages openssl pkcs11-provider libengine-pkcs11-openssl)"

# The certificates come from the card, by the page's first block.
begin_page() {
	rm auth.pem auth-ca.pem sign.pem sign-ca.pem
	use_openssl_page openssl
	answer_with_pin_of 01
	printf 'a document' >document
}

use_provider() {
	require_provider
	use_card
	set_up_provider
	begin_page
	run_page 'openssl x509 -in'
}

use_engine() {
	require_engine
	use_card
	begin_page
	run_page 'export PKCS11_MODULE_PATH'
}

# The page verifies with the key that it read from the card. This is the key of the persona's certificate.
expect_signatures() {
	expect_signature 01 sha256 document signature
	expect_only_auth_pin_sent
}

require_client() { require openssl; }

# The page's s_client takes the PIN from a file, as its standard input is the request for the page.
use_s_client_page() {
	write_pin_file 01
	answer_with_pin_of 01
	use_openssl_page openssl "s|type=private' -cert|type=private;pin-source=file:$PWD/pin' -cert|"
}

get_page_by_provider() {
	set_up_provider
	use_s_client_page
	run_page 'openssl s_client -connect www.example.org:443 -key'
}

get_page_by_engine() {
	use_s_client_page
	run_page 'openssl s_client -connect www.example.org:443 -engine'
}

test_provider_signs_a_file() {
	use_provider
	run_page 'openssl dgst -sha256 -sign'
	expect_signatures
}

test_provider_signs_CMS() {
	use_provider
	run_page 'openssl cms -sign -inkey'
	expect_same_file document verified
	expect_only_auth_pin_sent
}

test_provider_signs_CMS_with_the_signature_key() {
	use_provider
	answer_with_pin_of 02
	run_page 'pkcs15-tool --read-certificate 02'
	expect_same_file document verified
	expect_certificate 02 sign.pem
	expect_equal "$JPKI_AID:001B" "$(verified_pins)" "the list of PINs sent"
}

test_provider_requests_a_certificate() {
	use_provider
	run_page 'openssl req -new'
	expect_equal "$(public_key 01)" "$(openssl req -in request.pem -noout -pubkey)" "the key of the request"
}

test_provider_TLS_1_2_login() { log_in_by provider 1_2; }
test_provider_TLS_1_3_login() { log_in_by provider 1_3; }
test_control_provider_TLS_1_3_login() { log_in_by provider 1_3 use_softhsm; }

test_engine_signs_a_file() {
	use_engine
	run_page 'openssl dgst -sha256 -engine'
	expect_signatures
}

# sign ID [OPTIONS]: makes the file "signature". The signature key's PIN is asked for again.
sign_by_engine() {
	rm -f signature
	openssl dgst -sha256 -engine pkcs11 -keyform engine -sign "$(key_uri "$1")" "${@:2}" -out signature document
}

test_engine_signs_with_the_signature_key() {
	use_engine
	answer_with_pin_of 02
	sign_by_engine 02
	expect_signature 02 sha256 document signature
	sign_by_engine 02 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32
	public_key 02 >public.pem
	openssl dgst -sha256 -verify public.pem -signature signature -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 document
}

# What the page says of pin-source: it answers the first of the two questions for the PIN of the signature key. No try is lost.
test_engine_needs_more_than_pin_source_for_the_signature_key() {
	local sign
	use_engine
	write_pin_file 02
	sign=(openssl dgst -sha256 -engine pkcs11 -keyform engine -sign "$(key_uri_without_pin 02);pin-source=file:$PWD/pin" -out signature document)
	fails setsid --wait "${sign[@]}" </dev/null
	expect_contains "Error signing data" "$output"
	expect_equal 1 "$(count_verify)" "the number of PINs sent"
	openssl_asks "$SIGN_PIN" "${sign[@]}"
	expect_signature 02 sha256 document signature
}

test_engine_signs_CMS() {
	use_engine
	run_page 'openssl cms -sign -engine'
	expect_same_file document verified
	expect_only_auth_pin_sent
}

test_engine_signs_CMS_with_each_key() {
	require_engine
	use_card
	expect_cms_by_engine 01 02
}

test_engine_TLS_1_2_login() { log_in_by engine 1_2; }
test_engine_TLS_1_3_login() { log_in_by engine 1_3; }
test_control_engine_TLS_1_3_login() { log_in_by engine 1_3 use_softhsm; }

# What the logins prove: that server lets nobody in without the card.
test_no_login_without_card() {
	require openssl
	use_card
	start_tls_server 1_3
	printf 'GET / HTTP/1.0\r\n\r\n' | openssl s_client -connect "localhost:$port" -ign_eof -quiet -CAfile server-ca.pem >page || true
	expect_equal 0 "$(stat -c %s page)" "the size of the page"
	stop_server
	expect_contains "peer did not return a certificate" "$(cat server.log)"
}
