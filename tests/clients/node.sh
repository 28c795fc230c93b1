# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Node.js with pkcs11js and graphene-pk11. docs/clients/node.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"

node_folder=$builddir/tests/clients/node # npm installs there, once
compiled=$node_folder/node_modules/pkcs11js/build/Release/pkcs11.node

client Node.js "node $(node --version 2>/dev/null), $(npm list --prefix "$node_folder" 2>/dev/null | sed -n 's/.* \([a-z].*@.*\)/\1/p' | xargs)"

# As the page says, with the user's own settings for npm (registry, proxy), and without a variable that its compiling takes for its own.
# Newer versions compile pkcs11js only if they are told to.
install_packages() {
	HOME=$(getent passwd "$(id -u)" | cut -d : -f 6)
	cd "$node_folder" || return
	unset builddir
	run_page 'npm install'
	[ -f "$compiled" ] || { npm install-scripts approve pkcs11js && npm rebuild pkcs11js; }
}

# sed's expressions for the page: where the examples lie, and which module the control has.
use_node() {
	require node npm
	use_page node "s|node sign|node $srcdir/docs/examples/sign|" "s|/[^ ]*/opensc-pkcs11.so|$module|"
	mkdir -p "$node_folder"
	if [ ! -f "$compiled" ]; then
		(install_packages) >npm.log 2>&1 || skip "npm cannot install pkcs11js and graphene-pk11: $(tail -n 1 npm.log)"
	fi
	export NODE_PATH=$node_folder/node_modules
	printf 'a document' >document
}

# expect_both_signatures ID
expect_both_signatures() {
	expect_signature "$1" sha256 document signature
	openssl dgst -sha256 -verify public.pem -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 \
		-signature signature-pss document
}

# pkcs11js_sign ID: the one command of the page's block that is for this key.
pkcs11js_sign() {
	page_block 'PIN=1234 node sign.js' | grep " $1 document" >page.commands
	# shellcheck source=/dev/null
	. ./page.commands >said
	expect_both_signatures "$1"
}

test_pkcs11js_signs() {
	use_card
	use_node
	pkcs11js_sign 01
	expect_equal "User Authentication Certificate" "$(cat said)"
	expect_only_auth_pin_sent
	expect_equal 1 "$(count_verify)" "the number of PINs sent"
}

test_pkcs11js_signs_with_the_signature_key() {
	use_card
	use_node
	pkcs11js_sign 02
	expect_equal "Digital Signature Certificate" "$(cat said)"
	expect_equal "$JPKI_AID:001B" "$(verified_pins)" "the list of PINs sent"
	expect_equal 3 "$(count_verify)" "the number of PINs sent: a login and two signatures"
}

test_a_wrong_length_costs_no_try() {
	use_card
	use_node
	fails env PIN=12345 node "$srcdir/docs/examples/sign.js" "$module" 01 document
	expect_contains "CKR_PIN_LEN_RANGE" "$output"
	expect_no_pin_sent
}

test_graphene_signs() {
	use_card
	use_node
	run_page 'PIN=1234 node sign-graphene.js' >said
	expect_equal "User Authentication Certificate" "$(cat said)"
	expect_signature 01 sha256 document signature
	expect_only_auth_pin_sent
}

test_control_pkcs11js_signs() {
	use_softhsm
	use_node
	pkcs11js_sign 01
}
