# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# nginx, which logs in for programs without TLS, by pkcs11-provider and by the engine; and as a server with the key on the card.
# docs/clients/nginx.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/openssl.sh
. "$srcdir/tests/lib/openssl.sh"

client nginx "$(packages nginx pkcs11-provider libengine-pkcs11-openssl)"

# A main configuration like a distribution's, with the virtual card's variables, and card.conf in its http { }.
write_nginx_conf() {
	local name
	cat >nginx.conf <<-END
	daemon off;
	error_log stderr notice;
	pid nginx.pid;
	events { }
	env OPENSSL_CONF;
	$(for name in OPENSC_CONF VIRTUAL_CARD_DIR VIRTUAL_CARD_LOG SOFTHSM2_CONF; do printf 'env %s; ' "$name"; done)
	http {
		access_log off;
		$(for name in client_body proxy fastcgi uwsgi scgi; do printf '%s_temp_path %s; ' "$name" "$PWD/temporary"; done)
		include card.conf;
	}
	END
	[ "$(id -u)" != 0 ] || sed -i '1i user root;' nginx.conf
}

# Returns when nginx serves.
start_nginx() {
	write_nginx_conf
	exec {nginx_output}< <(exec timeout 120 nginx -p "$PWD" -c nginx.conf 2>&1)
	at_exit "kill $!"
	while read -r -u "$nginx_output" line; do
		printf '%s\n' "$line" >>nginx.log
		[[ $line != *"start worker process "* ]] || return 0
	done
	fail "nginx ended: $(cat nginx.log)"
}

# The page, with a port of its own.
use_nginx_page() {
	http_port=$(free_port)
	use_openssl_page nginx "s|127.0.0.1:8080|127.0.0.1:$http_port|"
	rm auth.pem
	run_page 'pkcs15-tool --read-certificate 01'
}

require_client() { require nginx curl; }

# OPENSSL_CONF is for nginx.
get_page() {
	start_nginx
	curl --silent --show-error --output page "http://127.0.0.1:$http_port/"
}

get_page_by_provider() {
	set_up_provider
	make_key_file
	use_nginx_page
	get_page
}

get_page_by_engine() {
	set_up_engine
	use_nginx_page
	run_page 'cat >engine.cnf'
	run_page 'sed -i'
	get_page
}

test_provider_TLS_1_2_login() { log_in_by provider 1_2; }
test_provider_TLS_1_3_login() { log_in_by provider 1_3; }
test_control_provider_TLS_1_3_login() { log_in_by provider 1_3 use_softhsm; }
test_engine_TLS_1_2_login() { log_in_by engine 1_2; }
test_engine_TLS_1_3_login() { log_in_by engine 1_3; }
test_control_engine_TLS_1_3_login() { log_in_by engine 1_3 use_softhsm; }

# expect_served KEY: each visitor's connection takes a signature of the card, and a visitor who wants a server's certificate refuses.
expect_served() {
	local https_port version
	https_port=$(free_port)
	cat >card.conf <<-END
	server {
		listen 127.0.0.1:$https_port ssl;
		ssl_protocols TLSv1.2 TLSv1.3;
		ssl_certificate auth.pem;
		ssl_certificate_key $1;
		return 200 "served";
	}
	END
	start_nginx
	for version in tls1_2 tls1_3; do
		expect_contains "Verification: OK" "$(OPENSSL_CONF='' openssl s_client "-$version" -connect "127.0.0.1:$https_port" -CAfile auth-ca.pem \
			-purpose any -verify_return_error 2>&1 </dev/null)"
	done
	fails env -u OPENSSL_CONF openssl s_client -connect "127.0.0.1:$https_port" -CAfile auth-ca.pem -verify_return_error </dev/null
	expect_match "(unsuitable|unsupported) certificate purpose" "$output"
	expect_only_auth_pin_sent
}

test_provider_serves() {
	require nginx
	require_provider
	use_card
	set_up_provider
	make_key_file
	expect_served key.pem
}

test_engine_serves() {
	require nginx
	require_engine
	use_card
	set_up_engine
	expect_served "\"engine:pkcs11:$(key_uri_without_pin 01);pin-source=file:$PWD/pin\""
}
