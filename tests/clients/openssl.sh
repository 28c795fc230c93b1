# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenSSL's command line with the engine pkcs11. docs/clients/openssl.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"

client "OpenSSL (engine)" "$(packages openssl libengine-pkcs11-openssl)"

require_engine() {
	require openssl
	openssl engine pkcs11 >/dev/null 2>&1 || skip "libengine-pkcs11-openssl is not installed"
}

# sign ID [OPTIONS]: makes the file "signature". The signature key's PIN is asked for again, at the terminal if there is one.
sign() {
	rm -f signature
	setsid --wait openssl dgst -sha256 -engine pkcs11 -keyform engine -sign "$(key_uri "$1")" "${@:2}" \
		-out signature document <<<"${key_pin[$1]}"
}

verify_pss() {
	public_key "$1" >public.pem
	openssl dgst -sha256 -verify public.pem -signature signature \
		-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 document
}

# tls_login 1_2|1_3
tls_login() {
	start_tls_server "$1"
	printf 'GET / HTTP/1.0\r\n\r\n' | openssl s_client -connect "127.0.0.1:$port" -servername localhost -ign_eof -quiet \
		-CAfile server-ca.pem -verify_return_error -engine pkcs11 -keyform engine -key "$(key_uri 01)" -cert auth.pem >page
	expect_page "$1" page
	expect_server_verified_card
}

test_dgst() {
	require_engine
	use_card
	printf 'a document' >document
	sign 01
	expect_signature 01 sha256 document signature
	expect_only_auth_pin_sent
	sign 02
	expect_signature 02 sha256 document signature
}

test_dgst_pss() {
	local id
	require_engine
	use_card
	printf 'a document' >document
	for id in 01 02; do
		sign "$id" -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32
		verify_pss "$id"
	done
}

test_cms_with_each_key() {
	require_engine
	use_card
	expect_cms_by_engine 01 02
}

# What the page says of pin-source: it answers the first of the two questions for the PIN of the signature key.
test_pin_source_is_not_enough_for_the_signature_key() {
	local uri
	require_engine
	use_card
	printf 'a document' >document
	printf '%s' "$SIGN_PIN" >pin
	uri="$(key_uri 02 | sed 's/;pin-value=.*//');pin-source=file:$PWD/pin"
	fails setsid --wait openssl dgst -sha256 -engine pkcs11 -keyform engine -sign "$uri" -out signature document </dev/null
	expect_contains "Error signing data" "$output"
	setsid --wait openssl dgst -sha256 -engine pkcs11 -keyform engine -sign "$uri" -out signature document <<<"$SIGN_PIN"
	expect_signature 02 sha256 document signature
}

test_TLS_1_2_login() {
	require_engine
	use_card
	tls_login 1_2
	expect_only_auth_pin_sent
}

test_TLS_1_3_login() {
	require_engine
	use_card
	tls_login 1_3
	expect_only_auth_pin_sent
}

# What the logins prove: that server lets nobody in without the card.
test_no_login_without_card() {
	require_engine
	use_card
	start_tls_server 1_3
	printf 'GET / HTTP/1.0\r\n\r\n' | openssl s_client -connect "127.0.0.1:$port" -ign_eof -quiet -CAfile server-ca.pem >page || true
	expect_equal 0 "$(stat -c %s page)" "the size of the page"
	stop_server
	expect_contains "peer did not return a certificate" "$(cat server.log)"
}

test_control_TLS_1_3_login() {
	require_engine
	use_softhsm
	tls_login 1_3
}
