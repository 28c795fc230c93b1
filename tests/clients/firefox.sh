# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Firefox. docs/clients/firefox.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"
# shellcheck source=tests/lib/screen.sh
. "$srcdir/tests/lib/screen.sh"

client Firefox "$(packages firefox-esr)"

firefox=

# Starts Firefox as its user does.
start_firefox() {
	TMPDIR=$PWD firefox-esr "$@" >>firefox.log 2>&1 &
	firefox=$!
}

end_firefox() {
	[ -n "$firefox" ] || return 0
	kill "$firefox"
	wait "$firefox" || true
	firefox=
}

# Lets Firefox make its profile where it does that by itself. $profile is then what about:profiles shows as "Root Directory".
let_firefox_make_a_profile() {
	local end=$((SECONDS + 60)) list
	start_firefox
	until profile=$(compgen -G "$HOME/.config/mozilla/firefox/*/cert9.db") || profile=$(compgen -G "$HOME/.mozilla/firefox/*/cert9.db"); do
		[ "$SECONDS" -lt "$end" ] || fail "Firefox makes no profile: $(cat firefox.log)"
		sleep 0.2
	done
	end_firefox
	profile=${profile%/*}
	list=${profile%/*}/profiles.ini
	expect_match "^Default=${profile##*/}\$" "$(cat "$list")"
}

# The page's way to load the module and to be asked no questions, and the test's own: trust in its server, nothing from the network.
set_up_profile() {
	use_page firefox "s|PROFILE|$profile|"
	run_page 'modutil'
	page_block 'user_pref' >"$profile/user.js"
	cat >>"$profile/user.js" <<-'END'
	user_pref("datareporting.policy.dataSubmissionEnabled", false);
	user_pref("browser.aboutwelcome.enabled", false);
	user_pref("termsofuse.bypassNotification", true);
	user_pref("app.update.enabled", false);
	user_pref("network.captive-portal-service.enabled", false);
	user_pref("network.connectivity-service.enabled", false);
	user_pref("services.settings.server", "");
	END
	certutil -A -d "sql:$profile" -n server-ca -t C,, -i server-ca.pem
}

# tls_login 1_2|1_3
tls_login() {
	require firefox-esr modutil certutil
	start_screen
	at_exit end_firefox
	let_firefox_make_a_profile
	start_tls_server "$1"
	set_up_profile
	start_firefox "https://localhost:$port/"
	type_pin "Password Required"
	await_server '^verify return:1' 2
	expect_server_verified_card
}

test_TLS_1_2_login() {
	use_card
	tls_login 1_2
	expect_only_auth_pin_sent
}

test_TLS_1_3_login() {
	use_card
	tls_login 1_3
	expect_only_auth_pin_sent
}
