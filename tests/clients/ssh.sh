# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenSSH: ssh, ssh-agent, and a login at its server. docs/clients/ssh.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"

client OpenSSH "$(packages openssh-client openssh-server)"

# Answers as the user does who is asked for the PIN, and keeps the questions in the file "asked".
answer_with_pin() {
	cat >askpass <<-END
	#!/bin/sh
	echo "\$1" >>"$PWD/asked"
	echo $AUTH_PIN
	END
	chmod +x askpass
	: >asked
	export SSH_ASKPASS=$PWD/askpass SSH_ASKPASS_REQUIRE=force
}

# A server on $port that lets in who has a key of the file "authorized_keys". sshd wants its own full name.
start_sshd() {
	port=$(free_port)
	ssh-keygen -q -t ed25519 -N '' -f host_key
	printf '[localhost]:%s %s\n' "$port" "$(cat host_key.pub)" >known_hosts
	[ "$(id -u)" != 0 ] || mkdir -p /run/sshd
	start_server '^Server listening' "$(command -v sshd)" -D -e -f /dev/null -p "$port" -o ListenAddress=127.0.0.1 \
		-o HostKey="$PWD/host_key" -o AuthorizedKeysFile="$PWD/authorized_keys" -o StrictModes=no -o PidFile=none \
		-o AuthenticationMethods=publickey
}

log_in() {
	ssh -F none -o UserKnownHostsFile="$PWD/known_hosts" -p "$port" "$@" localhost 'echo logged in'
}

expect_server_accepted_card() {
	stop_server
	expect_contains "Accepted publickey for $(id -un)" "$(cat server.log)"
	expect_contains "$(ssh-keygen -l -f authorized_keys | cut -d ' ' -f 2)" "$(cat server.log)"
}

# The one key of the token is that of the authentication certificate.
list_key() {
	ssh-keygen -D "$module" >authorized_keys
	public_key 01 >public.pem
	expect_equal "$(ssh-keygen -i -m PKCS8 -f public.pem)" "$(cut -d ' ' -f 1,2 authorized_keys)" "the list of keys"
}

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
