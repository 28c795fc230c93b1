# shellcheck shell=bash disable=SC2154,SC2317
# SPDX-License-Identifier: LGPL-2.1-or-later
# curl, linked with OpenSSL, by pkcs11-provider and by the engine. docs/clients/curl.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/openssl.sh
. "$srcdir/tests/lib/openssl.sh"

client curl "$(packages curl pkcs11-provider libengine-pkcs11-openssl)"

require_curl() {
	require curl openssl
	[[ $(curl --version) == *OpenSSL* ]] || skip "this curl has no OpenSSL"
}

get_by_provider() { run_page 'curl --cert'; }
get_by_engine() { run_page 'export PKCS11_MODULE_PATH'; }

# log_in 1_2|1_3 SET-UP GET: the page's command. curl asks for the PIN.
log_in() {
	start_tls_server "$1"
	$2
	use_openssl_page curl "s|https://www.example.org/|https://localhost:$port/|"
	rm auth.pem
	run_page 'pkcs15-tool --read-certificate 01'
	curl() {
		openssl_asks "$AUTH_PIN" curl "$@" --cacert server-ca.pem --output page
	}
	"$3"
	expect_page "$1" page
	expect_server_verified_card
}

log_in_by_provider() {
	require_curl
	require_provider
	"${2-use_card}"
	log_in "$1" set_up_provider get_by_provider
}

log_in_by_engine() {
	require_curl
	require_engine
	"${2-use_card}"
	log_in "$1" true get_by_engine
}

test_provider_TLS_1_2_login() {
	log_in_by_provider 1_2
	expect_only_auth_pin_sent
}

test_provider_TLS_1_3_login() {
	log_in_by_provider 1_3
	expect_only_auth_pin_sent
}

test_control_provider_TLS_1_3_login() {
	log_in_by_provider 1_3 use_softhsm
}

test_engine_TLS_1_2_login() {
	log_in_by_engine 1_2
	expect_only_auth_pin_sent
}

test_engine_TLS_1_3_login() {
	log_in_by_engine 1_3
	expect_only_auth_pin_sent
}

test_control_engine_TLS_1_3_login() {
	log_in_by_engine 1_3 use_softhsm
}
