# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
# What the tests of OpenSSH and of the programs that sign by it share: the PIN as an answer, a server, the card's key.

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
