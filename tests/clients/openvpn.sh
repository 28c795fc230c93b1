# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenVPN, from its list of keys to an encrypted connection of two peers without a network device. docs/clients/openvpn.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/openssl.sh
. "$srcdir/tests/lib/openssl.sh"

client OpenVPN "$(packages openvpn "libpkcs11-helper1*" pkcs11-provider)"

# What OpenVPN calls the keys of the token.
key_ids() {
	sed -n 's/^ *Serialized id: *//p'
}

start_vpn_server() {
	make_server_certificate
	vpn_port=$(free_port)
	start_server 'link remote' openvpn --dev null --proto udp --local 127.0.0.1 --lport "$vpn_port" --tls-server --dh none \
		--ca auth-ca.pem --cert server.pem --key server.key --remote-cert-eku "TLS Web Client Authentication" --verb 3
}

# Answers the management interface's question for the PIN.
answer_with_pin() {
	local request name
	exec {management}<>"/dev/tcp/127.0.0.1/$1"
	while read -r -u "$management" request; do
		if [[ $request == ">PASSWORD:Need"* ]]; then
			name=${request#*\'}
			printf 'password "%s" %s\n' "${name%%\'*}" "$AUTH_PIN" >&"$management"
			break
		fi
	done
}

# From now on the command "openvpn" of a page is a client that runs in the background, for a connection of two peers without a network device.
run_openvpn_in_background() {
	openvpn() {
		exec {vpn_client}< <(exec timeout 120 openvpn "$@" --nobind --verb 3 2>&1)
		at_exit "kill $!"
	}
}

# use_vpn_page: the page with the test's server, which knows no addresses to give to clients.
use_vpn_page() {
	use_openssl_page openvpn 's|^client$|tls-client|' 's|dev tun|dev null|' "s|www.example.org 1194|127.0.0.1 $vpn_port|" \
		"s|900000000000017|$(card_number)|"
}

expect_connected() {
	await_server 'VERIFY OK: depth=0'
	expect_contains "$(openssl x509 -in auth.pem -noout -subject -nameopt RFC2253 | sed 's/subject=CN=\([^,]*\).*/CN=\1/')" "$line"
	await_server 'Control Channel: TLSv1.3.*RSA'
	await_server 'Initialization Sequence Completed'
}

# connect LINE...: with these lines of the client's configuration in the place of certificate and key.
connect() {
	local management_port
	start_vpn_server
	management_port=$(free_port)
	printf '%s\n' tls-client "dev null" "remote 127.0.0.1 $vpn_port" "ca server-ca.pem" "$@" \
		"management 127.0.0.1 $management_port" management-query-passwords >client.conf
	run_openvpn_in_background
	openvpn --config client.conf
	while read -r -u "$vpn_client" line && [[ $line != *"MANAGEMENT: TCP Socket listening"* ]]; do
		:
	done
	answer_with_pin "$management_port"
	expect_connected
}

connect_by_provider() {
	require openvpn
	require_provider
	"${1-use_card}"
	start_vpn_server
	set_up_provider
	make_key_file
	use_vpn_page
	run_openvpn_in_background
	rm auth.pem
	run_page 'pkcs15-tool --read-certificate 01'
	expect_connected
}

test_provider_connects_by_TLS_1_3() {
	connect_by_provider
	expect_only_auth_pin_sent
}

test_control_provider_connects() {
	connect_by_provider use_softhsm
}

test_lists_one_key_without_PIN() {
	local ids
	require openvpn
	use_card
	vpn_port=0
	use_vpn_page
	ids=$(run_page 'openvpn --show-pkcs11-ids' | key_ids)
	expect_match "^J.x2DLIS/.*/$(card_number)/JPKI.*User.*/01$" "$ids"
	expect_equal 1 "$(wc -l <<<"$ids")" "the number of keys"
	expect_equal "pkcs11-id '$ids'" "$(page_block 'pkcs11-providers' | grep pkcs11-id)"
	expect_no_pin_sent
}

test_connects_by_TLS_1_3() {
	require openvpn
	use_card
	vpn_port=0
	use_vpn_page
	connect "$(page_block 'pkcs11-providers')"
	expect_only_auth_pin_sent
}

test_control_connects() {
	require openvpn
	use_softhsm
	connect "pkcs11-providers $module" "pkcs11-id '$(openvpn --show-pkcs11-ids "$module" | key_ids | grep '/01$')'" "remote-cert-tls server"
}
