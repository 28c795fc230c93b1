# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenSSH's certificates, issued with the authentication key. docs/clients/ssh-certificates.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"
# shellcheck source=tests/lib/ssh-steps.sh
. "$srcdir/tests/lib/ssh-steps.sh"

client "OpenSSH (certificates)" "$(packages openssh-client openssh-server)"

# An authority, a server that trusts it, and a user's key. The name taro of the page is the user of this test.
use_authority() {
	require ssh sshd
	ssh-keygen -q -t ed25519 -N '' -f user
	: >authorized_keys
	printf '%s\n' "TrustedUserCAKeys $PWD/ca.pub" >sshd_config
	start_sshd
	use_ssh_page ssh-certificates "s|taro|$(id -un)|g" "s|/etc/ssh/|$PWD/|"
	expect_equal "$(head -n 1 sshd_config)" "$(page_block 'TrustedUserCAKeys')"
	answer_with_pin
}

# The server let the user in by a certificate of the card's key.
expect_certificate_accepted() {
	expect_equal "logged in" "$(run_page 'ssh -i')"
	stop_server
	expect_match "^Accepted publickey for $(id -un) .* ED25519-CERT " "$(cat server.log)"
	expect_contains "CA RSA $(ssh-keygen -l -f ca.pub | cut -d ' ' -f 2)" "$(cat server.log)"
}

test_issues_a_certificate() {
	use_card
	use_authority
	run_page 'ssh-keygen -D'
	run_page 'ssh-keygen -s' >said
	expect_contains "Signing CA: RSA $(ssh-keygen -l -f ca.pub | cut -d ' ' -f 2)" "$(cat said)"
	expect_certificate_accepted
	expect_only_auth_pin_sent
}

test_issues_a_certificate_by_agent() {
	use_card
	use_authority
	run_page 'ssh-keygen -D'
	start_agent
	ssh-add -s "$module"
	run_page 'ssh-keygen -Us'
	ssh-add -e "$module"
	kill "$SSH_AGENT_PID"
	expect_certificate_accepted
	expect_only_auth_pin_sent
}

# Without the certificate the server lets nobody in.
test_no_login_without_certificate() {
	use_card
	use_authority
	run_page 'ssh-keygen -D'
	fails log_in -o BatchMode=yes -i user
	expect_contains "Permission denied (publickey)" "$output"
}

test_control_issues_a_certificate() {
	use_softhsm
	use_authority
	public_key 01 >public.pem
	ssh-keygen -i -m PKCS8 -f public.pem >ca.pub
	ssh-keygen -s ca.pub -D "$module" -I test -n "$(id -un)" -V +1d user.pub
	expect_certificate_accepted
}
