# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenSSH: ssh, ssh-agent, and a login at its server. docs/clients/ssh.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/ssh-steps.sh
. "$srcdir/tests/lib/ssh-steps.sh"

client OpenSSH "$(packages openssh-client openssh-server)"

# With a PIN for each use.
log_in_with_module() {
	list_key
	start_sshd
	answer_with_pin
	expect_equal "logged in" "$(log_in -I "$module")"
	expect_equal "Enter PIN for '${key_token[01]}': " "$(cat asked)" "the question"
	expect_server_accepted_card
}

test_lists_one_key_without_PIN() {
	require ssh-keygen
	use_card
	list_key
	expect_no_pin_sent
}

test_login() {
	require ssh sshd
	use_card
	log_in_with_module
	expect_only_auth_pin_sent
}

test_login_by_agent() {
	require ssh sshd ssh-agent ssh-add
	use_card
	list_key
	start_sshd
	answer_with_pin
	eval "$(ssh-agent -s)"
	at_exit "kill $SSH_AGENT_PID"
	ssh-add -s "$module"
	expect_match "${key_token[01]}|User Authentication" "$(ssh-add -l | head -n 1)"
	ssh-add -T authorized_keys
	rm askpass
	expect_equal "logged in" "$(log_in)"
	expect_equal "logged in" "$(log_in)"
	ssh-add -e "$module"
	fails ssh-add -l
	expect_server_accepted_card
	expect_only_auth_pin_sent
	expect_equal 1 "$(count_verify)" "the number of PINs sent"
}

# What the logins prove: the server lets nobody in without the card.
test_no_login_without_card() {
	require ssh sshd
	use_card
	list_key
	start_sshd
	fails log_in -o BatchMode=yes
	expect_contains "Permission denied (publickey)" "$output"
	expect_no_pin_sent
}

test_control_login() {
	require ssh sshd
	use_softhsm
	ssh-keygen -D "$module" >all_keys
	public_key 01 >public.pem
	ssh-keygen -i -m PKCS8 -f public.pem >authorized_keys
	start_sshd
	answer_with_pin
	expect_equal "logged in" "$(log_in -I "$module")"
	expect_server_accepted_card
}
