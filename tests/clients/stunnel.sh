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

require_client() { require stunnel; }

use_stunnel_page() {
	http_port=$(free_port)
	use_openssl_page stunnel "s|127.0.0.1:8080|127.0.0.1:$http_port|" 's|^foreground = yes|&\npid =|'
	rm auth.pem
	run_page 'pkcs15-tool --read-certificate 01'
}

# By a program that knows no TLS.
get_page() {
	exec {web}<>"/dev/tcp/127.0.0.1/$http_port"
	printf 'GET / HTTP/1.0\r\n\r\n' >&"$web"
	cat <&"$web" >page
}

get_page_by_provider() {
	set_up_provider
	make_key_file
	use_stunnel_page
	run_page 'cat >stunnel.conf'
	get_page
}

get_page_by_engine() {
	write_pin_file 01
	use_stunnel_page
	run_page 'cat >engine.conf'
	get_page
}

test_provider_TLS_1_2_login() { log_in_by provider 1_2; }
test_provider_TLS_1_3_login() { log_in_by provider 1_3; }
test_control_provider_TLS_1_3_login() { log_in_by provider 1_3 use_softhsm; }
test_engine_TLS_1_2_login() { log_in_by engine 1_2; }
test_engine_TLS_1_3_login() { log_in_by engine 1_3; }
test_control_engine_TLS_1_3_login() { log_in_by engine 1_3 use_softhsm; }
