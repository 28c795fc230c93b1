# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# EAP-TLS: eapol_test, which is wpa_supplicant's code without a network, logs in at hostapd's RADIUS server.
# docs/clients/wpa_supplicant.md
# namespace

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"

client wpa_supplicant "$(packages eapoltest hostapd libengine-pkcs11-openssl)"

# A RADIUS server on this machine, which lets in who has a certificate of the CA $1.
start_radius() {
	require eapol_test hostapd ip
	[ -f "$(module_folder)/engines-3/pkcs11.so" ] || skip "libengine-pkcs11-openssl is not installed"
	ip link set lo up
	make_server_certificate
	printf '* TLS\n' >users
	printf '127.0.0.1/32 secret\n' >networks
	cat >hostapd.conf <<-END
	driver=none
	ieee8021x=1
	eap_server=1
	eap_user_file=$PWD/users
	ca_cert=$PWD/$1
	server_cert=$PWD/server.pem
	private_key=$PWD/server.key
	radius_server_clients=$PWD/networks
	radius_server_auth_port=1812
	logger_stdout=-1
	END
	start_server 'AP-ENABLED' hostapd -d hostapd.conf
}

# With the module $module, and without reading a card where there is none. The PIN is $1.
use_eap_page() {
	use_page wpa_supplicant "s|pin=\"PIN\"|pin=\"$1\"|" "s|/[^ ]*/opensc-pkcs11.so|$module|" "s|^pkcs15-tool .*|test -s auth.pem|"
	run_page 'pkcs15-tool'
}

expect_let_in() {
	run_page 'eapol_test' >eap.log
	expect_equal SUCCESS "$(tail -n 1 eap.log)" "what eapol_test says"
	stop_server
	expect_contains "EAP authentication succeeded" "$(cat server.log)"
}

# eapol_test then ends with a status that is none of a program's usual ones.
expect_kept_out() {
	! run_page 'eapol_test' >eap.log || fail "the server let the card in"
	expect_equal FAILURE "$(tail -n 1 eap.log)" "what eapol_test says"
}

test_EAP_TLS_login() {
	use_card
	start_radius auth-ca.pem
	use_eap_page "$AUTH_PIN"
	expect_let_in
	expect_only_auth_pin_sent
}

test_another_CA_keeps_the_card_out() {
	use_card
	start_radius sign-ca.pem
	use_eap_page "$AUTH_PIN"
	expect_kept_out
}

# It then asks for another one, for which nobody is here.
test_a_wrong_PIN_costs_one_try() {
	use_card
	start_radius auth-ca.pem
	use_eap_page 9999
	expect_kept_out
	expect_contains "PIN incorrect" "$(cat eap.log)"
	expect_equal 1 "$(count_verify)" "the number of PINs sent"
}

test_control_EAP_TLS_login() {
	use_softhsm
	start_radius auth-ca.pem
	use_eap_page "$AUTH_PIN"
	expect_let_in
}
