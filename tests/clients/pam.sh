# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Login to the system by PAM: pam_p11 and pam_pkcs11, asked by pamtester. docs/clients/pam.md
# namespace

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"

client PAM "$(packages libpam-p11 libpam-pkcs11 pamtester)"

# pam_service LINES: the system's only PAM service "card" and, beside those that exist, a user "cardholder", in this namespace.
pam_service() {
	require pamtester
	mkdir cardholder
	{
		cat /etc/passwd
		printf 'cardholder:x:%s:%s::%s:/bin/sh\n' "$(id -u)" "$(id -g)" "$PWD/cardholder"
	} >passwd
	mount --bind passwd /etc/passwd
	at_exit "umount /etc/passwd"
	mount -t tmpfs none /etc/pam.d
	at_exit "umount /etc/pam.d"
	printf '%s\n' "$@" "account required pam_permit.so" >/etc/pam.d/card
}

# authenticate ANSWER
authenticate() {
	pamtester card cardholder authenticate <<<"$1" 2>&1
}

use_pam_p11() {
	compgen -G "/lib/*/security/pam_p11.so" >/dev/null || skip "libpam-p11 is not installed"
	pam_service "auth required pam_p11.so $module"
}

# pam_pkcs11 with the lines $@ for the certificate and its user.
use_pam_pkcs11() {
	compgen -G "/lib/*/security/pam_pkcs11.so" >/dev/null || skip "libpam-pkcs11 is not installed"
	pam_service "auth required pam_pkcs11.so config_file=$PWD/pam_pkcs11.conf"
	mkdir cacerts
	cp auth-ca.pem cacerts/
	openssl rehash cacerts
	printf '%s -> cardholder\n' "$1" >subject_mapping
	cat >pam_pkcs11.conf <<-END
	pam_pkcs11 {
		use_pkcs11_module = card;
		pkcs11_module card {
			module = $module;
			slot_num = 0;
			ca_dir = $PWD/cacerts;
			cert_policy = ca,signature;
		}
		use_mappers = subject;
		mapper subject {
			module = internal;
			mapfile = file://$PWD/subject_mapping;
		}
	}
	END
}

subject() {
	openssl x509 -in auth.pem -noout -subject -nameopt compat | sed 's/^subject=//'
}

test_pam_p11_lets_the_card_in() {
	use_card
	use_pam_p11
	mkdir cardholder/.ssh
	ssh-keygen -D "$module" >cardholder/.ssh/authorized_keys
	expect_contains "successfully authenticated" "$(authenticate "$AUTH_PIN")"
	expect_only_auth_pin_sent
}

test_pam_p11_keeps_another_card_out() {
	use_card
	use_pam_p11
	mkdir cardholder/.ssh
	ssh-keygen -q -t rsa -N '' -f other
	cp other.pub cardholder/.ssh/authorized_keys
	fails authenticate "$AUTH_PIN"
	expect_no_pin_sent
}

test_pam_pkcs11_lets_the_card_in() {
	use_card
	use_pam_pkcs11 "$(subject)"
	expect_contains "successfully authenticated" "$(authenticate "$AUTH_PIN")"
	expect_only_auth_pin_sent
}

test_pam_pkcs11_keeps_another_card_out() {
	use_card
	use_pam_pkcs11 "/C=JP/CN=SOMEBODY ELSE"
	fails authenticate "$AUTH_PIN"
	expect_contains "No matching certificate found" "$output"
}

test_control_pam_p11() {
	use_softhsm
	use_pam_p11
	mkdir cardholder/.ssh
	public_key 01 >public.pem
	ssh-keygen -i -m PKCS8 -f public.pem >cardholder/.ssh/authorized_keys
	expect_contains "successfully authenticated" "$(authenticate "$AUTH_PIN")"
}
