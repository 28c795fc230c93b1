# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# GnuTLS's tools. Debian tells them of OpenSC by p11-kit; the control names its module. docs/clients/gnutls.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"

client GnuTLS "$(packages gnutls-bin)"

token="pkcs11:token=JPKI%20%28User%20Authentication%20PIN%29"
key="$token;id=%01;type=private"
certificate="$token;id=%01;type=cert"
provider=()

labels() {
	sed -n 's/^\tLabel: //p' "$1"
}

# tls_login 1_2|1_3
tls_login() {
	start_tls_server "$1"
	printf 'GET / HTTP/1.0\r\n\r\n' | GNUTLS_PIN=$AUTH_PIN gnutls-cli "${provider[@]}" --port "$port" --x509cafile server-ca.pem \
		--x509keyfile "$key" --x509certfile "$certificate" localhost >page
	expect_page "$1" page
	expect_server_verified_card
}

test_lists_without_PIN() {
	require p11tool
	use_card
	p11tool --list-all "$token" >list
	expect_match '^User Authentication Certificate$' "$(labels list)"
	expect_lacks "CA" "$(labels list)"
	p11tool --export "$certificate" >exported.pem
	openssl x509 -in exported.pem -out exported.pem
	expect_same_file auth.pem exported.pem
	expect_no_pin_sent
}

# The page's last command logs in at a server.
test_lists_signs_and_logs_in_as_the_page_says() {
	require p11tool gnutls-cli
	use_card
	start_tls_server 1_3
	use_page gnutls "s|www.example.org|--port $port --x509cafile server-ca.pem localhost|"
	export GNUTLS_PIN=$AUTH_PIN
	run_page 'p11tool --list-all' >said 2>&1 < <(printf 'GET / HTTP/1.0\r\n\r\n')
	expect_match '^User Authentication Certificate$' "$(labels said)"
	expect_contains "Signing using RSA-SHA256... ok" "$(cat said)"
	expect_contains "Signing using RSA-PSS-SHA256... ok" "$(cat said)"
	expect_page 1_3 said
	expect_server_verified_card
	expect_only_auth_pin_sent
}

test_lists_after_login() {
	require p11tool
	use_card
	GNUTLS_PIN=$AUTH_PIN p11tool --login --list-all "$token" >list
	expect_match '^User Authentication Key$' "$(labels list)"
	expect_match '^User Authentication Certificate CA$' "$(labels list)"
	expect_only_auth_pin_sent
}

test_test_sign() {
	require p11tool
	use_card
	output=$(GNUTLS_PIN=$AUTH_PIN p11tool --login --test-sign "$key" 2>&1)
	expect_contains "Signing using RSA-SHA256... ok" "$output"
	expect_contains "Verifying against public key in the token... ok" "$output"
	expect_only_auth_pin_sent
}

test_test_sign_PSS() {
	require p11tool
	use_card
	output=$(GNUTLS_PIN=$AUTH_PIN p11tool --login --test-sign --sign-params=RSA-PSS --hash=SHA256 "$key" 2>&1)
	expect_contains "Signing using RSA-PSS-SHA256... ok" "$output"
	expect_contains "Verifying against public key in the token... ok" "$output"
	expect_only_auth_pin_sent
}

test_test_sign_with_signature_key() {
	require p11tool
	use_card
	output=$(GNUTLS_PIN=$SIGN_PIN p11tool --login --test-sign "pkcs11:token=JPKI%20%28Digital%20Signature%20PIN%29;id=%02;type=private" 2>&1)
	expect_contains "Signing using RSA-SHA256... ok" "$output"
	expect_contains "Verifying against public key in the token... ok" "$output"
}

test_TLS_1_2_login() {
	require gnutls-cli
	use_card
	tls_login 1_2
	expect_only_auth_pin_sent
}

test_TLS_1_3_login() {
	require gnutls-cli
	use_card
	tls_login 1_3
	expect_only_auth_pin_sent
}

test_control_TLS_1_3_login() {
	require gnutls-cli
	use_softhsm
	provider=(--provider "$module")
	tls_login 1_3
}
