# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenSSH: ssh, ssh-agent, and a login at its server. docs/clients/ssh.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"
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

test_login_as_the_page_says() {
	require ssh sshd
	use_card
	start_sshd
	answer_with_pin
	use_ssh_page ssh
	run_page 'ssh-keygen -D'
	cp "$HOME/.ssh/card.pub" authorized_keys
	expect_equal "logged in" "$(run_page 'ssh -I')"
	run_page 'cat >>~/.ssh/config'
	start_agent
	ssh-keygen -q -t ed25519 -N '' -f other
	ssh-add other
	expect_equal "logged in" "$(ssh www.example.org)"
	expect_equal 1 "$("$ssh_program" -v -F ssh_config www.example.org true 2>&1 | grep -c 'Offering public key')" "the number of keys offered"
	expect_server_accepted_card
	expect_only_auth_pin_sent
}

test_login_by_agent() {
	require ssh sshd
	use_card
	list_key
	start_sshd
	start_agent
	answer_with_pin
	use_ssh_page ssh 's|^ssh www.*|&\n&\nssh-add -T authorized_keys|'
	run_page 'ssh-add -s' >said
	expect_equal "logged in
logged in" "$(cat said)"
	fails ssh-add -l
	expect_server_accepted_card
	expect_only_auth_pin_sent
	expect_equal 1 "$(count_verify)" "the number of PINs sent"
}

# offered_keys OPTIONS...: how many of the agent's keys ssh offers to a server that accepts none.
offered_keys() {
	log_in -v -o BatchMode=yes "$@" 2>&1 | grep -c 'Offering public key'
}

# The page says so. A server that accepts the first key does not see the second.
test_agent_offers_the_key_of_the_CA() {
	require ssh sshd
	use_card
	list_key
	mv authorized_keys card.pub
	: >authorized_keys
	start_sshd
	start_agent
	answer_with_pin
	ssh-add -s "$module"
	expect_equal 2 "$(offered_keys)" "the number of keys offered"
	expect_equal 1 "$(offered_keys -o IdentitiesOnly=yes -i card.pub)" "the number of keys offered with IdentitiesOnly"
	ssh-add -e "$module"
	conf_with 'ca_certificates = no;'
	ssh-add -s "$module"
	expect_equal 1 "$(offered_keys)" "the number of keys offered with ca_certificates = no"
}

# What the page says of a card that was out of the reader.
test_agent_needs_the_module_again_after_the_card_was_out() {
	require ssh sshd
	use_card
	list_key
	start_sshd
	start_agent
	answer_with_pin
	ssh-add -s "$module"
	touch "$VIRTUAL_CARD_DIR/card.removed"
	fails log_in
	rm "$VIRTUAL_CARD_DIR/card.removed"
	fails log_in
	expect_contains "agent refused operation" "$output"
	fails ssh-add -s "$module"
	expect_contains "agent refused operation" "$output"
	ssh-add -e "$module"
	ssh-add -s "$module"
	expect_equal "logged in" "$(log_in)"
	expect_only_auth_pin_sent
}

test_signs_a_file() {
	use_card
	port=0
	start_agent
	answer_with_pin
	use_ssh_page ssh
	run_page 'ssh-keygen -D'
	ssh-add -s "$module"
	printf 'a document' >document
	run_page 'ssh-keygen -Y sign' >said
	expect_contains 'Good "file" signature for taro@example.org' "$(cat said)"
	expect_no_certificate document.sig
	printf 'another document' >document
	fails ssh-keygen -Y verify -n file -f allowed_signers -I taro@example.org -s document.sig <document
	expect_only_auth_pin_sent
}

# expect_no_certificate FILE: the armoured file holds neither the certificate nor its serial number.
expect_no_certificate() {
	local serial
	serial=$(openssl x509 -in auth.pem -noout -serial | sed 's/.*=//')
	expect_lacks "${serial,,}" "$(sed '/^-/d' "$1" | base64 --decode | od -An -v -t x1 | tr -d ' \n')"
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

test_control_signs_a_file() {
	use_softhsm
	start_agent
	answer_with_pin
	public_key 01 >public.pem
	ssh-keygen -i -m PKCS8 -f public.pem >card.pub
	ssh-add -s "$module"
	printf 'a document' >document
	ssh-keygen -Y sign -n file -f card.pub document
	printf 'taro %s\n' "$(cat card.pub)" >allowed_signers
	ssh-keygen -Y verify -n file -f allowed_signers -I taro -s document.sig <document
}
