# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# GnuPG's S/MIME tool with gnupg-pkcs11-scd in place of its own card daemon. docs/clients/gnupg.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"

client GnuPG "$(packages gpgsm gnupg-pkcs11-scd)"

# A pinentry for the agent: it answers with the PIN and keeps the question in the file "asked".
write_pinentry() {
	cat >pinentry <<-END
	#!/bin/bash
	echo OK
	while read -r command words; do
		case \$command in
		GETPIN) printf 'D %s\n' $AUTH_PIN ;;
		SETDESC) printf '%s\n' "\$words" >>"$PWD/asked" ;;
		esac
		echo OK
	done
	END
	chmod +x pinentry
}

# As the page says, in a home with a short name, as sockets need. The control has no card that pkcs15-tool could read.
configure() {
	require gpgsm gpg-agent gpgconf gnupg-pkcs11-scd
	GNUPGHOME=$(mktemp -d /tmp/gnupg.XXXXXX)
	export GNUPGHOME
	at_exit "rm -rf '$GNUPGHOME'"
	at_exit "gpgconf --kill gpg-agent"
	write_pinentry
	printf 'pinentry-program %s\n' "$PWD/pinentry" >"$GNUPGHOME/gpg-agent.conf"
	use_page gnupg "s|~/.gnupg|$GNUPGHOME|g" "s|/[^ ]*/opensc-pkcs11.so|$module|" "s|0xFINGERPRINT|0x$(fingerprint auth.pem)|" \
		"s/^pkcs15-tool .*/test -s auth-ca.pem/"
	run_page 'mkdir -p'
	run_page 'cat >>~/.gnupg/gpgsm.conf'
	run_page 'pkcs15-tool'
	printf 'a document' >document
}

# fingerprint CERTIFICATE
fingerprint() {
	openssl x509 -in "$1" -noout -fingerprint -sha1 | sed 's/.*=//; s/://g'
}

sign_and_verify() {
	run_page 'gpgsm --learn-card' >said 2>&1
	expect_contains "Good signature" "$(cat said)"
	openssl pkcs7 -inform DER -in signature -print_certs -out certificates.pem
	expect_contains "$(sed '1d;$d' auth.pem)" "$(cat certificates.pem)"
	printf 'another document' >document
	fails gpgsm --verify signature document
	expect_contains "message digest attribute does not match" "$output"
}

test_gpgsm_learns_the_card_without_PIN() {
	use_card
	configure
	gpgsm --learn-card
	expect_equal 1 "$(gpgsm --list-secret-keys --with-colons | grep -c '^crs:\|^sec:')" "the number of keys"
	expect_no_pin_sent
}

test_gpgsm_signs() {
	use_card
	configure
	sign_and_verify
	expect_contains "Authentication" "$(cat asked)"
	expect_only_auth_pin_sent
}

# trust CA: gpgsm knows the certificate and trusts it.
trust() {
	openssl x509 -in "$1" -noout -fingerprint -sha1 | sed 's/.*=//; s/$/ S relax/' >>"$GNUPGHOME/trustlist.txt"
	gpgsm --import "$1"
}

# What the page says does not work.
test_gpgsm_does_not_use_the_signature_key() {
	use_card
	configure
	trust sign-ca.pem
	gpgsm --import sign.pem
	gpgsm --learn-card
	fails gpgsm --local-user "0x$(fingerprint sign.pem)" --detach-sign --output signature document
	expect_contains "No secret key" "$output"
	expect_no_pin_sent
}

test_gpgsm_does_not_encrypt() {
	use_card
	configure
	gpgsm --learn-card
	fails gpgsm --encrypt --recipient "0x$(fingerprint auth.pem)" --output encrypted document
	expect_contains "Wrong key usage" "$output"
	openssl cms -encrypt -in document -outform DER -out encrypted auth.pem
	fails gpgsm --decrypt encrypted
	expect_contains "Card error" "$output"
}

# What the page says of a card that was out of the reader. The agent of GnuPG 2.4 asks for the card again and again, as the test's pinentry
# answers that it is there.
test_gpg_agent_starts_again_after_the_card_was_out() {
	use_card
	configure
	run_page 'gpgsm --learn-card'
	touch "$VIRTUAL_CARD_DIR/card.removed"
	fails timeout 20 gpgsm --local-user "0x$(fingerprint auth.pem)" --detach-sign --output signature-2 document
	[[ $(gpgsm --version) != "gpgsm (GnuPG) 2.2."* ]] || expect_contains "End of file" "$output"
	rm "$VIRTUAL_CARD_DIR/card.removed"
	gpgsm --local-user "0x$(fingerprint auth.pem)" --detach-sign --output signature-3 document
	gpgsm --verify signature-3 document
	expect_only_auth_pin_sent
}

test_control_gpgsm_signs() {
	use_softhsm
	configure
	sign_and_verify
}
