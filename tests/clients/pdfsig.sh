# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# pdfsig of poppler, which signs by NSS: with both keys, each in a configuration that shows it alone. docs/clients/pdfsig.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"
# shellcheck source=tests/lib/pdf-steps.sh
. "$srcdir/tests/lib/pdf-steps.sh"

client pdfsig "$(packages poppler-utils)"

# use_pdfsig user|sign ID: the page's configuration, which shows only the token of that PIN, and its store. Since 0.26 OpenSC calls a token that
# is alone by the application's name. Sets $token.
use_pdfsig() {
	require pdfsig certutil modutil
	token=${key_token[$2]}
	! opensc_since 0.26 || token=JPKI
	use_page pdfsig "s|\"sign\"|\"$1\"|" "s|JPKI (Digital Signature PIN):|$token:|" "s|PIN -|${key_pin[$2]} -|" "s|PIN signed|${key_pin[$2]} signed|"
	run_page 'cp '
	run_page 'mkdir db'
	write_pdf
}

test_signs_with_the_signature_key() {
	use_card
	use_pdfsig sign 02
	run_page 'OPENSC_CONF=' >said 2>&1
	expect_contains "$token:Digital Signature Certificate" "$(cat said)"
	expect_contains "Signature is Valid" "$(cat said)"
	expect_pdf_signed signed.pdf sign.pem sign-ca.pem
	expect_equal "$JPKI_AID:001B" "$(verified_pins)" "the list of PINs sent"
}

test_signs_with_the_authentication_key() {
	use_card
	use_pdfsig user 01
	page_examples+=(-e "s|Digital Signature Certificate|User Authentication Certificate|")
	run_page 'OPENSC_CONF=' >said 2>&1
	expect_contains "Signature is Valid" "$(cat said)"
	expect_pdf_signed signed.pdf auth.pem auth-ca.pem
	expect_only_auth_pin_sent
}

# The page says what pdfsig does where it sees both tokens, and that the right PIN costs no try.
test_refuses_to_sign_with_two_tokens() {
	use_card
	use_pdfsig sign 02
	fails pdfsig -nssdir sql:db -nss-pwd "$SIGN_PIN" document.pdf signed.pdf -add-signature -nick "$token:Digital Signature Certificate"
	expect_contains "Password was not accepted" "$output"
	expect_equal "$JPKI_AID:001B" "$(verified_pins)" "the list of PINs sent"
	[ ! -f signed.pdf ] || fail "there is a signed.pdf"
}
