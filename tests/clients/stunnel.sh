# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# stunnel, by pkcs11-provider and by the engine. docs/clients/stunnel.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/openssl.sh
. "$srcdir/tests/lib/openssl.sh"

client stunnel "$(packages stunnel4 pkcs11-provider libengine-pkcs11-openssl)"

# In the place of the program: in the background, until it is ready.
stunnel() {
	exec {stunnel_output}< <(exec timeout 120 stunnel "$@" 2>&1)
	at_exit "kill $!"
	while read -r -u "$stunnel_output" line; do
		printf '%s\n' "$line" >>stunnel.log
		[[ $line != *"Configuration successful"* ]] || return 0
	done
	fail "stunnel ended: $(cat stunnel.log)"
}

start_by_provider() { run_page 'cat >stunnel.conf'; }
start_by_engine() { run_page 'cat >engine.conf'; }

# log_in 1_2|1_3 START: by a program that knows no TLS.
log_in() {
	local http_port
	http_port=$(free_port)
	use_openssl_page stunnel "s|127.0.0.1:8080|127.0.0.1:$http_port|" 's|^foreground = yes|&\npid =|'
	rm auth.pem
	run_page 'pkcs15-tool --read-certificate 01'
	"$2"
	exec {web}<>"/dev/tcp/127.0.0.1/$http_port"
	printf 'GET / HTTP/1.0\r\n\r\n' >&"$web"
	cat <&"$web" >page
	expect_page "$1" page
	expect_server_verified_card
}

log_in_by_provider() {
	require stunnel
	require_provider
	"${2-use_card}"
	start_tls_server "$1"
	set_up_provider
	make_key_file
	log_in "$1" start_by_provider
}

log_in_by_engine() {
	require stunnel
	require_engine
	"${2-use_card}"
	start_tls_server "$1"
	write_pin_file 01
	log_in "$1" start_by_engine
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
