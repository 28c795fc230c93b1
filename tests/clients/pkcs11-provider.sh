# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenSSL's command line with pkcs11-provider, as one provider among others, and as the one that OpenSSL prefers for everything: then what
# the module itself asked of OpenSSL would come back to the module. docs/clients/pkcs11-provider.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"

client "OpenSSL (pkcs11-provider)" "$(packages openssl pkcs11-provider)"

# use_provider [PROPERTIES [LINE]]: an openssl.cnf with the provider, these default_properties, and a line for the provider.
use_provider() {
	local provider
	require openssl
	provider=$(openssl version -m | sed -n 's/^MODULESDIR: "\(.*\)"/\1/p')/pkcs11.so
	[ -f "$provider" ] || skip "pkcs11-provider is not installed"
	use_card
	cat >openssl.cnf <<-END
	openssl_conf = all
	[all]
	providers = providers
	${1:+alg_section = algorithms}
	[algorithms]
	${1:+default_properties = $1}
	[providers]
	default = default_provider
	pkcs11 = pkcs11_provider
	[default_provider]
	activate = 1
	[pkcs11_provider]
	module = $provider
	pkcs11-module-path = $module
	${2-}
	activate = 1
	END
	printf 'a document' >document
}

# with_provider OPENSSL-ARGUMENTS...
with_provider() {
	OPENSSL_CONF=$PWD/openssl.cnf timeout 60 openssl "$@" || fail "openssl $1: status $?"
}

sign_with_dgst() {
	use_provider "$@"
	with_provider dgst -sha256 -sign "$(key_uri 01)" -out signature document
	expect_signature 01 sha256 document signature
	expect_only_auth_pin_sent
}

sign_with_dgst_pss() {
	use_provider "$@"
	with_provider dgst -sha256 -sign "$(key_uri 01)" -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -out signature document
	public_key 01 >public.pem
	openssl dgst -sha256 -verify public.pem -signature signature -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 document
}

sign_with_pkeyutl() {
	use_provider "$@"
	openssl dgst -sha256 -binary -out digest document
	with_provider pkeyutl -sign -inkey "$(key_uri 01)" -in digest -out signature -pkeyopt digest:sha256
	expect_signature 01 sha256 document signature
}

sign_with_cms() {
	use_provider "$@"
	with_provider cms -sign -inkey "$(key_uri 01)" -signer auth.pem -in document -binary -outform DER -out signed
	openssl cms -verify -inform DER -in signed -binary -content document -CAfile auth-ca.pem -purpose any -out verified
	expect_same_file document verified
}

test_dgst() { sign_with_dgst; }
test_dgst_pss() { sign_with_dgst_pss; }
test_pkeyutl() { sign_with_pkeyutl; }
test_cms() { sign_with_cms; }

test_dgst_preferred() { sign_with_dgst '?provider=pkcs11'; }
test_dgst_pss_preferred() { sign_with_dgst_pss '?provider=pkcs11'; }
test_pkeyutl_preferred() { sign_with_pkeyutl '?provider=pkcs11'; }

# For CMS OpenSSL copies a hash that it has begun, which a PKCS#11 module must be able to; OpenSC's is not, whatever the card.
test_cms_preferred() { sign_with_cms '?provider=pkcs11' 'pkcs11-module-block-operations = digest'; }
