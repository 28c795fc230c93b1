# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# p11-kit: its list of modules, and the card used from another machine by its server. docs/clients/p11-kit.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"

client p11-kit "$(packages p11-kit p11-kit-modules)"

# Makes the token available at the socket "socket", and uses it by the client's module, as on a machine without a card.
start_p11_kit_server() {
	require p11-kit pkcs11-tool
	remote=$(module_folder)/pkcs11/p11-kit-client.so
	[ -f "$remote" ] || skip "p11-kit-modules is not installed"
	start_server '^P11_KIT_SERVER_PID' p11-kit server --foreground --provider "$module" --name "$PWD/socket" \
		"pkcs11:token=JPKI%20%28User%20Authentication%20PIN%29"
	export P11_KIT_SERVER_ADDRESS=unix:path=$PWD/socket
}

sign_remotely() {
	printf 'a document' >document
	env -u OPENSC_CONF -u VIRTUAL_CARD_DIR pkcs11-tool --module "$remote" --login --pin "$AUTH_PIN" --sign --id 01 \
		--mechanism SHA256-RSA-PKCS --input-file document --output-file signature
	expect_signature 01 sha256 document signature
}

test_lists_both_tokens() {
	require p11-kit
	use_card
	output=$(p11-kit list-modules)
	expect_match "^ *token: JPKI \(User Authentication PIN\)" "$output"
	expect_match "^ *token: JPKI \(Digital Signature PIN\)" "$output"
	expect_match "^ *serial-number: $(card_number)" "$output"
	expect_no_pin_sent
}

test_remote_card_lists_and_signs() {
	use_card
	start_p11_kit_server
	output=$(env -u OPENSC_CONF -u VIRTUAL_CARD_DIR pkcs11-tool --module "$remote" --list-objects --type cert)
	expect_match 'label: *User Authentication Certificate$' "$output"
	expect_no_pin_sent
	sign_remotely
	expect_only_auth_pin_sent
}

test_control_remote_token_signs() {
	use_softhsm
	start_p11_kit_server
	sign_remotely
}
