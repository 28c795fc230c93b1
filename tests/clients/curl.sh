# shellcheck shell=bash disable=SC2154,SC2317
# SPDX-License-Identifier: LGPL-2.1-or-later
# curl, linked with OpenSSL, by pkcs11-provider and by the engine. docs/clients/curl.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/openssl.sh
. "$srcdir/tests/lib/openssl.sh"

client curl "$(packages curl pkcs11-provider libengine-pkcs11-openssl)"

require_client() {
	require curl openssl
	[[ $(curl --version) == *OpenSSL* ]] || skip "this curl has no OpenSSL"
}

# curl asks for the PIN.
use_curl_page() {
	use_openssl_page curl "s|https://www.example.org/|https://localhost:$port/|"
	rm auth.pem
	run_page 'pkcs15-tool --read-certificate 01'
	curl() {
		openssl_asks "$AUTH_PIN" curl "$@" --cacert server-ca.pem --output page
	}
}

get_page_by_provider() {
	set_up_provider
	use_curl_page
	run_page 'curl --cert'
}

get_page_by_engine() {
	use_curl_page
	run_page 'export PKCS11_MODULE_PATH'
}

test_provider_TLS_1_2_login() { log_in_by provider 1_2; }
test_provider_TLS_1_3_login() { log_in_by provider 1_3; }
test_control_provider_TLS_1_3_login() { log_in_by provider 1_3 use_softhsm; }
test_engine_TLS_1_2_login() { log_in_by engine 1_2; }
test_engine_TLS_1_3_login() { log_in_by engine 1_3; }
test_control_engine_TLS_1_3_login() { log_in_by engine 1_3 use_softhsm; }
