# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
# What the tests of OpenSSH and of the programs that sign by it share: the PIN as an answer, a server, the card's key.

ssh_program=$(command -v ssh)

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

# Lines of configuration for an sshd that is not installed but unpacked: from version 9.8 on it starts helpers by their full names.
unpacked_helpers() {
	local folder=$test_programs/usr/lib/openssh
	[ ! -x "$folder/sshd-session" ] || echo "SshdSessionPath $folder/sshd-session"
	[ ! -x "$folder/sshd-auth" ] || echo "SshdAuthPath $folder/sshd-auth"
}

# Sets with_sshd_user, what runs a server that is not installed but unpacked: as root it wants the user sshd, which its package would
# have made. Where there is none, it sees one of its own.
find_sshd_user() {
	with_sshd_user=()
	if [ "$(id -u)" = 0 ] && ! getent passwd sshd >/dev/null; then
		cat /etc/passwd <(echo "sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin") >passwd
		# shellcheck disable=SC2016 # the inner shell expands it
		with_sshd_user=(unshare --mount sh -c 'mount --bind passwd /etc/passwd && exec "$@"' sh)
	fi
}

# A server on $port that lets in who has a key of the file "authorized_keys". sshd wants its own full name. The file "sshd_config"
# may hold more lines of configuration.
start_sshd() {
	port=$(free_port)
	ssh-keygen -q -t ed25519 -N '' -f host_key
	printf '[localhost]:%s %s\n' "$port" "$(cat host_key.pub)" >known_hosts
	[ "$(id -u)" != 0 ] || mkdir -p /run/sshd
	unpacked_helpers >>sshd_config
	find_sshd_user
	start_server '^Server listening' "${with_sshd_user[@]}" "$(command -v sshd)" -D -e -f sshd_config -p "$port" -o ListenAddress=127.0.0.1 \
		-o HostKey="$PWD/host_key" -o AuthorizedKeysFile="$PWD/authorized_keys" -o StrictModes=no -o PidFile=none \
		-o AuthenticationMethods=publickey
}

log_in() {
	"$ssh_program" -F none -o UserKnownHostsFile="$PWD/known_hosts" -p "$port" "$@" localhost 'echo logged in'
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

# An agent that has no key yet.
start_agent() {
	require ssh-agent ssh-add
	[ -z "${TEST_PRELOAD-}" ] || skip "ssh-agent is setgid: no sanitizer can be preloaded"
	eval "$(ssh-agent -s)"
	at_exit "kill $SSH_AGENT_PID"
}

# use_ssh_page NAME [SED-EXPRESSION...]: the page's commands in the home of the test. Its server www.example.org is that on $port, where
# the page's ssh says that it is logged in.
use_ssh_page() {
	mkdir -p "$HOME/.ssh" bin
	use_page "$1" "s|~/|$HOME/|g" "${@:2}"
	cat >ssh_config <<-END
	Include $HOME/.ssh/config
	Host www.example.org
		HostName localhost
		Port $port
		UserKnownHostsFile $PWD/known_hosts
	END
	cat >bin/ssh <<-END
	#!/bin/sh
	echo 'echo logged in' | exec $ssh_program -F $PWD/ssh_config "\$@" 2>>$PWD/ssh.log
	END
	chmod +x bin/ssh
	PATH=$PWD/bin:$PATH
}
