# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Chromium, with the policy that it shall not ask which certificate. docs/clients/chromium.md
# namespace

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"
# shellcheck source=tests/lib/screen.sh
. "$srcdir/tests/lib/screen.sh"

client Chromium "$(packages chromium)"

# Policies are the system's: in this namespace there are none but this one.
choose_certificate_by_policy() {
	[ -d /etc/chromium ] || skip "this chromium has no folder /etc/chromium for policies"
	mount -t tmpfs none /etc/chromium
	at_exit "umount /etc/chromium"
	mkdir -p /etc/chromium/policies/managed
	page_block '{ "AutoSelectCertificateForUrls"' >/etc/chromium/policies/managed/card.json
}

# The page's store, which trusts the test's server as well.
make_store() {
	require certutil modutil
	run_page 'mkdir -p ~/.pki/nssdb'
	certutil -A -d "sql:$HOME/.pki/nssdb" -n server-ca -t C,, -i server-ca.pem
}

# tls_login 1_2|1_3
tls_login() {
	ip link set lo up
	use_page chromium "s|www.example.org|localhost|"
	choose_certificate_by_policy
	start_screen
	start_tls_server "$1"
	make_store
	TMPDIR=$PWD chromium --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
		--disable-component-update --disable-sync --user-data-dir="$PWD/profile" "https://localhost:$port/" >chromium.log 2>&1 &
	at_exit "kill $!; wait $!"
	type_pin "Unlock Security Device"
	await_server '^verify return:1' 2
	expect_server_verified_card
}

test_TLS_1_2_login() {
	require chromium ip
	use_card
	tls_login 1_2
	expect_only_auth_pin_sent
}

test_TLS_1_3_login() {
	require chromium ip
	use_card
	tls_login 1_3
	expect_only_auth_pin_sent
}
