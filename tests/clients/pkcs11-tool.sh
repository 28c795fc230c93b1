# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenSC's pkcs11-tool: its own test of a token. docs/clients/pkcs11-tool.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"

client pkcs11-tool "$(packages opensc opensc-pkcs11)"

# The page's commands, with the PIN of the token that each names.
use_pkcs11_tool_page() {
	use_page pkcs11-tool "/User Authentication PIN/s|--login|--login --pin $AUTH_PIN|" "/Digital Signature PIN/s|--login|--login --pin $SIGN_PIN|"
}

test_tests_both_tokens_as_the_page_says() {
	use_card
	use_pkcs11_tool_page
	run_page 'pkcs11-tool --test' >said 2>&1
	expect_equal 2 "$(grep -c '^No errors$' said)" "the number of tests without errors"
	run_page 'pkcs11-tool --list-objects' >list
	expect_match 'label: *User Authentication Key$' "$(cat list)"
}

# token_test ID
token_test() {
	pkcs11-tool --module "$module" --test --login --token-label "${key_token[$1]}" --pin "${key_pin[$1]}" >said 2>&1
	expect_match '^No errors$' "$(cat said)"
	expect_lacks "ERR" "$(cat said)"
}

test_test_with_user_authentication_PIN() {
	use_card
	token_test 01
	expect_match 'RSA-PKCS: OK' "$(cat said)"
	expect_match 'seems to be OK' "$(sed -n '/C_GenerateRandom/,/^Digests/p' said)"
	expect_only_auth_pin_sent
}

test_test_with_digital_signature_PIN() {
	use_card
	token_test 02
	expect_match 'RSA-PKCS: OK' "$(cat said)"
	expect_equal "$JPKI_AID:001B" "$(verified_pins)" "the list of PINs sent"
}

# Of the objects in the file "list" those of the class $1.
objects() {
	awk -v class="$1" '/^[^ ]/ { inside = index($0, class) == 1 } inside' list
}

# The usage of a key pair's halves is the same, and no key says that it decrypts: the card cannot. OpenSC writes the id 01 so,
# since 0.27 "1 (0x01)".
test_usage_of_key_pairs_is_consistent() {
	local id
	use_card
	for id in 01 02; do
		pkcs11-tool --module "$module" --list-objects --login --token-label "${key_token[$id]}" --pin "${key_pin[$id]}" >list
		expect_match 'Usage: *sign' "$(objects "Private Key")"
		expect_match 'Usage: *verify$' "$(objects "Public Key")"
		expect_equal 3 "$(grep -c -E "^  ID: *($id|[0-9]+ \(0x$id\))$" list)" "the number of objects with the id $id"
		expect_lacks "decrypt" "$(cat list)"
	done
	expect_match 'Access: *always authenticate' "$(objects "Private Key")"
}
