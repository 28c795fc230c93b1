# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# curl, linked with OpenSSL. docs/clients/curl.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"

client curl "$(packages curl libengine-pkcs11-openssl)"

require_curl() {
	require curl openssl
	[[ $(curl --version) == *OpenSSL* ]] || skip "this curl has no OpenSSL"
	openssl engine pkcs11 >/dev/null 2>&1 || skip "libengine-pkcs11-openssl is not installed"
}

# tls_login 1_2|1_3
tls_login() {
	start_tls_server "$1"
	curl --cacert server-ca.pem --cert auth.pem --key "$(key_uri 01)" --output page "https://localhost:$port/"
	expect_page "$1" page
	expect_server_verified_card
}

test_TLS_1_2_login() {
	require_curl
	use_card
	tls_login 1_2
	expect_only_auth_pin_sent
}

test_TLS_1_3_login() {
	require_curl
	use_card
	tls_login 1_3
	expect_only_auth_pin_sent
}

test_control_TLS_1_3_login() {
	require_curl
	use_softhsm
	tls_login 1_3
}
