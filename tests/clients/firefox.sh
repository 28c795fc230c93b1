# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Firefox. docs/clients/firefox.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/screen.sh
. "$srcdir/tests/lib/screen.sh"

client Firefox "$(packages firefox-esr)"

# A profile whose browser does not ask which certificate, and looks for nothing in the network.
make_profile() {
	make_browser_store "$PWD/profile"
	cat >profile/user.js <<-'END'
	user_pref("security.default_personal_cert", "Select Automatically");
	user_pref("datareporting.policy.dataSubmissionEnabled", false);
	user_pref("browser.aboutwelcome.enabled", false);
	user_pref("termsofuse.bypassNotification", true);
	user_pref("app.update.enabled", false);
	user_pref("network.captive-portal-service.enabled", false);
	user_pref("network.connectivity-service.enabled", false);
	user_pref("services.settings.server", "");
	END
}

# tls_login 1_2|1_3
tls_login() {
	start_screen
	start_tls_server "$1"
	make_profile
	TMPDIR=$PWD firefox-esr --no-remote --profile "$PWD/profile" "https://localhost:$port/" >firefox.log 2>&1 &
	at_exit "kill $!; wait $!"
	type_pin "Password Required"
	await_server '^verify return:1' 2
	expect_server_verified_card
}

test_TLS_1_2_login() {
	require firefox-esr
	use_card
	tls_login 1_2
	expect_only_auth_pin_sent
}

test_TLS_1_3_login() {
	require firefox-esr
	use_card
	tls_login 1_3
	expect_only_auth_pin_sent
}
