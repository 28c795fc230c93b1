# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenConnect, which logs in at a server of this test. docs/clients/openconnect.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"

client OpenConnect "$(packages openconnect libgnutls30*)"

# start_vpn CA: a server that lets in who has a certificate of this CA, and the page's command for it.
start_vpn() {
	require openconnect python3
	make_server_certificate
	start_server '^port' python3 "$srcdir/tests/clients/vpn_server.py" server.pem server.key "$1"
	use_page openconnect "s|https://vpn.example.org/|--cafile server-ca.pem https://localhost:${line#port }/|"
}

# The session that OpenConnect prints is that of the server, which saw the card's certificate.
expect_session() {
	# shellcheck source=/dev/null
	(. ./session && expect_contains "webvpn=a-session" "$COOKIE")
	stop_server
	expect_match "^let in $(openssl x509 -in auth.pem -noout -subject -nameopt multiline | sed -n 's/.*commonName *= //p') TLSv1\.3$" "$(cat server.log)"
}

test_logs_in() {
	use_card
	start_vpn auth-ca.pem
	run_page 'openconnect' <<<"$AUTH_PIN"
	expect_session
	expect_only_auth_pin_sent
}

# The page says that pin-source is of no use here.
test_takes_no_PIN_from_a_file() {
	use_card
	start_vpn auth-ca.pem
	printf '%s' "$AUTH_PIN" >pin
	page_examples+=(-e "s|id=%01|id=%01;pin-source=file:$PWD/pin|; s|--auth|--non-inter --auth|")
	! run_page 'openconnect' 2>errors || fail "OpenConnect took the PIN from the file"
	expect_contains "User input required in non-interactive mode" "$(cat errors)"
	expect_no_pin_sent
}

test_another_CA_keeps_the_card_out() {
	use_card
	start_vpn sign-ca.pem
	! run_page 'openconnect' <<<"$AUTH_PIN" || fail "the server let the card in"
	[ ! -s session ] || fail "there is a session"
}

# p11-kit knows SoftHSM as well.
test_control_logs_in() {
	use_softhsm
	start_vpn auth-ca.pem
	export OPENSC_CONF=/dev/null
	run_page 'openconnect' <<<"$AUTH_PIN"
	expect_session
}
