# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# LibreOffice, which signs a PDF by NSS on a screen that nobody sees. docs/clients/libreoffice.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"
# shellcheck source=tests/lib/pdf-steps.sh
. "$srcdir/tests/lib/pdf-steps.sh"
# shellcheck source=tests/lib/screen.sh
. "$srcdir/tests/lib/screen.sh"

client LibreOffice "$(packages libreoffice-writer)"

# LibreOffice as the page starts it, with a profile of its own, listening at a pipe.
start_libreoffice() {
	require soffice modutil certutil
	/usr/bin/python3 -c 'import uno' 2>/dev/null || skip "python3-uno is not installed"
	start_screen
	pipe=card$$
	use_page libreoffice "s|/[^ ]*/opensc-pkcs11.so|$module|" \
		"s|soffice\$|soffice -env:UserInstallation=file://$PWD/office --norestore --nologo --accept='pipe,name=$pipe;urp' >office.log 2>\&1 \&|"
	run_page 'mkdir -p ~/card-certificates'
	office=$!
	at_exit "kill $office; wait $office"
}

# answer_dialog ANSWER: LibreOffice asks for a PIN. Without a window manager its dialog has no focus.
answer_dialog() {
	local window
	window=$(find_window "Enter Password")
	[ -n "$window" ] || fail "LibreOffice asks for no PIN: $(cat office.log sign.log)"
	xdotool windowfocus --sync "$window" type "$1"
	xdotool key Return
	await_no_window "$window"
}

await_no_window() {
	local end=$((SECONDS + 60))
	while xdotool search --onlyvisible --name "Enter Password" | grep -q -x "$1"; do
		[ "$SECONDS" -lt "$end" ] || fail "the dialog stays"
		sleep 0.1
	done
}

# sign_pdf ISSUER PIN...: the PINs are those for which LibreOffice asks, in this order.
sign_pdf() {
	local pin signing status=0
	timeout 300 /usr/bin/python3 "$srcdir/tests/clients/sign_pdf.py" "$pipe" "$1" "$PWD/signed.pdf" >sign.log 2>&1 &
	signing=$!
	for pin in "${@:2}"; do
		answer_dialog "$pin"
	done
	wait "$signing" || status=$?
	[ "$status" = 0 ] || fail "LibreOffice did not sign: $(cat sign.log)"
}

test_signs_a_PDF_with_the_signature_key() {
	use_card
	start_libreoffice
	sign_pdf "JPKI for digital signature" "$SIGN_PIN" "$AUTH_PIN"
	expect_pdf_signed signed.pdf sign.pem sign-ca.pem
	expect_equal 2 "$(grep -c JPKI sign.log)" "the number of certificates"
	expect_equal "$JPKI_AID:0018
$JPKI_AID:001B" "$(verified_pins)" "the list of PINs sent"
}

# The page says that a PIN for the wrong token costs no try.
test_a_PIN_for_the_other_token_costs_no_try() {
	use_card
	start_libreoffice
	timeout 300 /usr/bin/python3 "$srcdir/tests/clients/sign_pdf.py" "$pipe" JPKI "$PWD/signed.pdf" >sign.log 2>&1 &
	answer_dialog "$AUTH_PIN"
	! wait $! || fail "LibreOffice signed"
	expect_contains NoPasswordException "$(cat sign.log)"
	expect_no_pin_sent
}
