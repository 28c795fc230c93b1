# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# p11-kit: its list of modules, and the card used from another machine by its server. docs/clients/p11-kit.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"

client p11-kit "$(packages p11-kit p11-kit-modules)"

# The page, with $module. It serves at the socket "socket", on a machine that has the client's module.
use_p11_kit_page() {
	require p11-kit pkcs11-tool
	remote=$(module_folder)/pkcs11/p11-kit-client.so
	[ -f "$remote" ] || skip "p11-kit-modules is not installed"
	use_page p11-kit "s|/[^ ]*/opensc-pkcs11.so|$module|" "s|/run/user/1000/card.sock|$PWD/socket|g; s|/tmp/card.sock|$PWD/socket|g" \
		"s|hanako|nobody|; s|--login|--login --pin $AUTH_PIN|"
	printf 'a document' >document
}

start_p11_kit_server() {
	use_p11_kit_page
	start_server '^P11_KIT_SERVER_PID' bash -c "$(page_block 'p11-kit server --foreground')"
}

# use_remotely COMMAND...: the page's commands for the other machine, by COMMAND, without what only the machine of the card has.
use_remotely() {
	page_block 'export P11_KIT_SERVER_ADDRESS' >remote.sh
	rm -f signature
	env -u OPENSC_CONF -u VIRTUAL_CARD_DIR "$@" bash -e remote.sh
}

test_lists_both_tokens() {
	require p11-kit
	use_card
	use_page p11-kit
	output=$(run_page 'p11-kit list-modules')
	expect_match "^ *token: JPKI \(User Authentication PIN\)" "$output"
	expect_match "^ *token: JPKI \(Digital Signature PIN\)" "$output"
	expect_match "^ *serial-number: $(card_number)" "$output"
	expect_no_pin_sent
}

test_remote_card_lists_and_signs() {
	use_card
	start_p11_kit_server
	output=$(use_remotely)
	expect_match 'label: *User Authentication Certificate$' "$output"
	expect_signature 01 sha256 document signature
	expect_only_auth_pin_sent
}

# as_user UID: the commands, which leave their files where everybody may write.
as_user() {
	(cd open && printf 'a document' >document && use_remotely setpriv "--reuid=$1" "--regid=$1" --clear-groups)
}

# The server names its socket before it makes it.
await_socket() {
	local end=$((SECONDS + 60))
	until [ -S socket ]; do
		[ "$SECONDS" -lt "$end" ] || fail "the server makes no socket"
		sleep 0.1
	done
}

test_another_user_signs_and_no_third() {
	require setpriv
	grep -q 4294967295 /proc/self/uid_map || skip "only root can be other users"
	use_card
	use_p11_kit_page
	chmod 755 .. .
	mkdir -m 777 open
	# shellcheck disable=SC2016 # the page has it so
	run_page 'eval "$(p11-kit server --user'
	await_socket
	run_page 'chmod 666'
	at_exit "p11-kit server --kill"
	# since p11-kit 0.25 the program ends by SIGPIPE
	! as_user 4711 || fail "a third user can use the card"
	expect_no_pin_sent
	as_user "$(id -u nobody)"
	expect_signature 01 sha256 document open/signature
	run_page 'p11-kit server --kill'
}

test_control_remote_token_signs() {
	use_softhsm
	start_p11_kit_server
	use_remotely
	expect_signature 01 sha256 document signature
}
