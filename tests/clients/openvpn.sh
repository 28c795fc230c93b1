# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenVPN, from its list of keys to an encrypted connection of two peers without a network device. docs/clients/openvpn.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"

client OpenVPN "$(packages openvpn "libpkcs11-helper1*")"

key_id() {
	openvpn --show-pkcs11-ids "$module" | sed -n 's/^ *Serialized id: *//p'
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

connect() {
	local management_port vpn_client
	management_port=$(free_port)
	start_vpn_server
	exec {vpn_client}< <(exec timeout 120 openvpn --dev null --proto udp --remote 127.0.0.1 "$vpn_port" --nobind --tls-client \
		--ca server-ca.pem --remote-cert-tls server --pkcs11-providers "$module" --pkcs11-id "$1" \
		--management 127.0.0.1 "$management_port" --management-query-passwords --verb 3)
	at_exit "kill $!"
	while read -r -u "$vpn_client" line && [[ $line != *"MANAGEMENT: TCP Socket listening"* ]]; do
		:
	done
	answer_with_pin "$management_port"
	await_server 'VERIFY OK: depth=0'
	expect_contains "$(openssl x509 -in auth.pem -noout -subject -nameopt RFC2253 | sed 's/subject=CN=\([^,]*\).*/CN=\1/')" "$line"
	await_server 'Control Channel: TLSv1.3.*RSA'
	await_server 'Initialization Sequence Completed'
}

test_lists_one_key_without_PIN() {
	require openvpn
	use_card
	expect_match "^J.x2DLIS/.*/$(card_number)/JPKI.*User.*/01$" "$(key_id)"
	expect_equal 1 "$(key_id | wc -l)" "the number of keys"
	expect_no_pin_sent
}

test_connects_by_TLS_1_3() {
	require openvpn
	use_card
	connect "$(key_id)"
	expect_only_auth_pin_sent
}

test_control_connects() {
	require openvpn
	use_softhsm
	connect "$(key_id | grep '/01$')"
}
