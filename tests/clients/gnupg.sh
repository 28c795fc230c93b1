# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# GnuPG's S/MIME tool with gnupg-pkcs11-scd in place of its own card daemon. docs/clients/gnupg.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"

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

# The home of GnuPG has a short name, as sockets need.
configure() {
	require gpgsm gpg-agent gpgconf gnupg-pkcs11-scd
	GNUPGHOME=$(mktemp -d /tmp/gnupg.XXXXXX)
	export GNUPGHOME
	at_exit "rm -rf '$GNUPGHOME'"
	at_exit "gpgconf --kill gpg-agent"
	write_pinentry
	printf 'providers card\nprovider-card-library %s\n' "$module" >"$GNUPGHOME/gnupg-pkcs11-scd.conf"
	printf 'scdaemon-program %s\npinentry-program %s\n' "$(command -v gnupg-pkcs11-scd)" "$PWD/pinentry" >"$GNUPGHOME/gpg-agent.conf"
	printf 'disable-dirmngr\ndisable-crl-checks\ndisable-policy-checks\n' >"$GNUPGHOME/gpgsm.conf"
	openssl x509 -in auth-ca.pem -noout -fingerprint -sha1 | sed 's/.*=//; s/$/ S relax/' >"$GNUPGHOME/trustlist.txt"
	gpgsm --import auth-ca.pem
}

fingerprint() {
	openssl x509 -in auth.pem -noout -fingerprint -sha1 | sed 's/.*=//; s/://g'
}

sign_and_verify() {
	gpgsm --learn-card
	expect_match "^fpr:.*:$(fingerprint):" "$(gpgsm --list-secret-keys --with-colons)"
	printf 'a document' >document
	gpgsm --local-user "0x$(fingerprint)" --detach-sign --output signature document
	expect_contains "Good signature" "$(gpgsm --verify signature document 2>&1)"
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

test_control_gpgsm_signs() {
	use_softhsm
	configure
	sign_and_verify
}
