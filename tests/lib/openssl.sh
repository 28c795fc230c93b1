# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2317
# OpenSSL's two ways to the card, as the pages of docs/clients set them up: pkcs11-provider and the engine pkcs11.

# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"

# The server, whose name and port the page's example stands for, has started before: it uses OpenSSL without the card.
port=

# use_openssl_page NAME [SED-EXPRESSION...]: that page, with the module, the file of the PIN and the server of the test.
use_openssl_page() {
	use_page "$1" "${@:2}" "s|\\([ =:]\\)opensc-pkcs11\\.so|\\1$module|" "s|/a/private/file|$PWD/pin|g" "s|www\.example\.org:443|localhost:$port|" \
		"s|www\.example\.org|localhost|g" "s|/etc/ssl/certs/ca-certificates.crt|server-ca.pem|"
}

require_provider() {
	require openssl
	[ -f "$(openssl version -m | sed -n 's/^MODULESDIR: "\(.*\)"/\1/p')/pkcs11.so" ] || skip "pkcs11-provider is not installed"
}

# The engine's library, for programs that want its path.
engine_library() {
	printf '%s/pkcs11.so\n' "$(openssl version -e | sed -n 's/^ENGINESDIR: "\(.*\)"/\1/p')"
}

require_engine() {
	require openssl
	[ -f "$(engine_library)" ] || skip "libengine-pkcs11-openssl is not installed"
}

# Writes the file that the page's pin-source names. A line end would be a part of the PIN to the engine.
write_pin_file() {
	(umask 077 && printf %s "${key_pin[$1]}" >pin)
}

# set_up_provider: from now on OpenSSL has the provider, by the page's openssl.cnf. use_card or use_softhsm comes before.
set_up_provider() {
	unset PKCS11_MODULE_PATH
	write_pin_file 01
	use_openssl_page pkcs11-provider
	run_page 'cat >pkcs11.cnf'
	if [[ $module == *softhsm* ]]; then
		# else SoftHSM, which uses OpenSSL itself, crashes at the program's end
		sed -i '/^pkcs11-module-path/a pkcs11-module-quirks = no-deinit' pkcs11.cnf
	fi
}

# make_key_file: the page's key.pem, which names the key of the card.
make_key_file() {
	use_openssl_page pkcs11-provider
	run_page 'cat >key.cnf'
}

# set_up_engine: the page's openssl.cnf for programs that do not load the engine themselves.
set_up_engine() {
	unset PKCS11_MODULE_PATH
	write_pin_file 01
	use_openssl_page nginx
	run_page 'cat >engine.cnf'
}

# log_in_by provider|engine 1_2|1_3 [use_softhsm]: the file's get_page_by_provider or get_page_by_engine, which the test of a client defines
# as it defines require_client, logs in to a TLS server and writes what that sends to the file "page".
log_in_by() {
	require_client
	"require_$1"
	"${3-use_card}"
	start_tls_server "$2"
	"get_page_by_$1"
	expect_page "$2" page
	expect_server_verified_card
	[ $# = 3 ] || expect_only_auth_pin_sent
}

# openssl_asks PIN COMMAND...: runs a page's command. Without a terminal OpenSSL reads the PIN from the standard input.
openssl_asks() {
	timeout 60 setsid --wait "${@:2}" < <(yes "$1" 2>/dev/null || true)
}

# From now on OpenSSL's commands of a page are given the PIN of key $1 where they ask for it, and s_client gets a page.
answer_with_pin_of() {
	asked_pin=${key_pin[$1]}
	openssl() {
		case " $* " in
		*" -sign "* | *" -new "*) openssl_asks "$asked_pin" openssl "$@" ;;
		*" s_client "*) printf 'GET / HTTP/1.0\r\n\r\n' | command openssl "$@" -ign_eof -quiet -CAfile server-ca.pem -verify_return_error >page ;;
		*) command openssl "$@" ;;
		esac
	}
	pkcs15-tool() {
		command pkcs15-tool "$@" --pin "$asked_pin"
	}
}
