# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# pdfsig of poppler, which signs by NSS: with both keys, each in a configuration that shows it alone. docs/clients/pdfsig.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"

client pdfsig "$(packages poppler-utils)"

# It logs in to every token, so there must be but one: of the PIN that create_slots_for_pins names, user or sign. Since 0.26 OpenSC
# calls a token that is alone by the application's name. Sets $token.
show_only() {
	token=${key_token[$2]}
	! opensc_since 0.26 || token=JPKI
	require pdfsig certutil modutil
	printf 'app opensc-pkcs11 {\n\tpkcs11 {\n\t\tcreate_slots_for_pins = "%s";\n\t}\n}\n' "$1" >>"$OPENSC_CONF"
	mkdir db
	certutil -N -d sql:db --empty-password
	modutil -dbdir sql:db -add OpenSC -libfile "$module" -mechanisms FRIENDLY -force
}

# A page with nothing on it.
write_pdf() {
	local objects=("<</Type/Catalog/Pages 2 0 R>>" "<</Type/Pages/Kids[3 0 R]/Count 1>>" "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>")
	local number=1 object table
	printf '%%PDF-1.4\n' >document.pdf
	for object in "${objects[@]}"; do
		table+=$(printf '%010d 00000 n ' "$(stat -c %s document.pdf)")$'\n'
		printf '%d 0 obj%s endobj\n' $((number++)) "$object" >>document.pdf
	done
	printf 'xref\n0 4\n0000000000 65535 f \n%strailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n' "$table" \
		"$(stat -c %s document.pdf)" >>document.pdf
}

# sign PIN NICKNAME CERTIFICATE
sign() {
	write_pdf
	expect_contains "$2"$'\n' "$(pdfsig -nssdir sql:db -nss-pwd "$1" -list-nicks | sed "s/ *$//")"$'\n'
	pdfsig document.pdf signed.pdf -nssdir sql:db -nss-pwd "$1" -add-signature -nick "$2"
	expect_contains "Signature is Valid" "$(pdfsig -nocert -nssdir sql:db -nss-pwd "$1" signed.pdf)"
	pdfsig -dump -nssdir sql:db -nss-pwd "$1" signed.pdf
	openssl pkcs7 -inform DER -in signed.pdf.sig0 -print_certs -out signers.pem
	expect_contains "$(sed '1d;$d' "$3")" "$(cat signers.pem)"
}

test_signs_with_the_signature_key() {
	use_card
	show_only sign 02
	sign "$SIGN_PIN" "$token:Digital Signature Certificate" sign.pem
	expect_equal "$JPKI_AID:001B" "$(verified_pins)" "the list of PINs sent"
}

test_signs_with_the_authentication_key() {
	use_card
	show_only user 01
	sign "$AUTH_PIN" "$token:User Authentication Certificate" auth.pem
	expect_only_auth_pin_sent
}
