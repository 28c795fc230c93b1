# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# NSS, the library of Firefox, Thunderbird, Chromium and LibreOffice, by its own tools. docs/clients/nss.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"

client NSS "$(packages libnss3-tools)"

nickname="${key_token[01]}:User Authentication Certificate"

# A certificate store in the folder "db" that knows the module. FRIENDLY: NSS reads certificates without a login, else it asks
# for the PIN when it looks for one by its name. The file "pin" is for the tools' option -f.
make_store() {
	require certutil modutil
	mkdir db
	certutil -N -d sql:db --empty-password
	modutil -dbdir sql:db -add OpenSC -libfile "$module" -mechanisms FRIENDLY -force
	printf '%s\n' "$AUTH_PIN" >pin
}

# Of certutil's lists the nickname and the trust of each certificate.
certificates() {
	sed -n 's/ *\([a-zA-Z]*,[a-zA-Z]*,[a-zA-Z]*\) *$/|\1/p' | grep -v '^SSL'
}

# tls_login 1_2|1_3
tls_login() {
	start_tls_server "$1"
	certutil -A -d sql:db -n server-ca -t C,, -i server-ca.pem
	printf 'GET / HTTP/1.0\r\n\r\n' >request
	tstclnt -h localhost -p "$port" -d sql:db -n "$nickname" -W pin -A request >page
	expect_page "$1" page
	expect_server_verified_card
}

# The page's last command logs in at a server, whose CA the test adds to the store.
test_works_as_the_page_says() {
	require tstclnt certutil modutil
	use_card
	start_tls_server 1_3
	printf '%s\n' "$AUTH_PIN" >pin
	printf 'GET / HTTP/1.0\r\n\r\n' >request
	use_page nss "s|certutil -K|& -f pin|; s|tstclnt|& -W pin|; s|-h www.example.org -p 443|-h localhost -p $port|"
	run_page 'mkdir db' >said
	expect_contains "Token Name: ${key_token[01]}" "$(tr -s ' ' <said)"
	run_page 'certutil -L' >list
	expect_equal "$nickname|u,u,u" "$(certificates <list)" "the list"
	expect_same_file "$(certificate_file 01)" auth.der
	expect_no_pin_sent
	certutil -A -d sql:db -n server-ca -t C,, -i server-ca.pem
	run_page 'certutil -K' >page
	expect_contains "User Authentication Key" "$(cat page)"
	expect_page 1_3 page
	expect_server_verified_card
	expect_only_auth_pin_sent
}

test_modutil_lists_tokens() {
	use_card
	make_store
	output=$(modutil -dbdir sql:db -list OpenSC)
	expect_equal "${key_token[01]}
${key_token[02]}" "$(sed -n 's/.*Token Name: \(.*)\) *$/\1/p' <<<"$output")" "the list of tokens"
	expect_no_pin_sent
}

test_certutil_lists_one_user_certificate_without_PIN() {
	use_card
	make_store
	expect_equal "$nickname|u,u,u" "$(certutil -L -d sql:db -h all | certificates)" "the list"
	certutil -L -d sql:db -n "$nickname" -r >read.der
	expect_same_file "$(certificate_file 01)" read.der
	expect_no_pin_sent
}

test_certutil_lists_the_key_after_login() {
	use_card
	make_store
	expect_contains "User Authentication Key" "$(certutil -K -d sql:db -h "${key_token[01]}" -f pin)"
	expect_only_auth_pin_sent
}

# What NSS says of the CA certificate to who has logged in.
test_the_CA_is_no_user_certificate() {
	use_card
	make_store
	modutil -dbdir sql:db -undefault OpenSC -mechanisms FRIENDLY -force
	expect_equal "$nickname|u,u,u
$nickname CA|,," "$(certutil -L -d sql:db -h "${key_token[01]}" -f pin | certificates)" "the list"
	expect_only_auth_pin_sent
}

test_TLS_1_2_login() {
	require tstclnt
	use_card
	make_store
	tls_login 1_2
	expect_only_auth_pin_sent
}

test_TLS_1_3_login() {
	require tstclnt
	use_card
	make_store
	tls_login 1_3
	expect_only_auth_pin_sent
}

test_control_TLS_1_3_login() {
	require tstclnt
	use_softhsm
	make_store
	tls_login 1_3
}
