# shellcheck shell=bash disable=SC2154,SC2317
# SPDX-License-Identifier: LGPL-2.1-or-later
# xmlsec1, by pkcs11-provider. docs/clients/xmlsec1.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/openssl.sh
. "$srcdir/tests/lib/openssl.sh"

client xmlsec1 "$(packages xmlsec1 pkcs11-provider)"

require_stores() {
	require xmlsec1 python3
	[[ $(xmlsec1 --help-sign) == *--privkey-openssl-store* ]] || skip "this xmlsec1 is older than 1.3"
	require_provider
}

# expect_xml_signature ID: openssl verifies what is signed, the element SignedInfo in its canonical form, and the document has the digest
# that stands there.
expect_xml_signature() {
	python3 - <<-'END'
	import base64, hashlib, re
	from xml.etree.ElementTree import canonicalize

	signed = open("signed.xml").read()
	info = re.search("<SignedInfo>.*</SignedInfo>", signed, re.DOTALL).group()
	info = info.replace("<SignedInfo>", '<SignedInfo xmlns="http://www.w3.org/2000/09/xmldsig#">')
	open("signed-info", "w").write(canonicalize(info))
	value = re.search("<SignatureValue>(.*)</SignatureValue>", signed, re.DOTALL).group(1)
	open("signature", "wb").write(base64.b64decode(value))
	document = canonicalize(re.sub("<Signature .*</Signature>", "", signed, flags=re.DOTALL))
	digest = re.search("<DigestValue>(.*)</DigestValue>", signed).group(1)
	assert base64.b64decode(digest) == hashlib.sha256(document.encode()).digest()
	END
	expect_signature "$1" sha256 signed-info signature
}

sign() {
	require_stores
	"${1-use_card}"
	set_up_provider
	use_openssl_page xmlsec1
	run_page 'cat >document.xml'
	run_page 'xmlsec1 --sign'
	expect_xml_signature 01
	rm auth-ca.pem
	run_page 'pkcs15-tool --read-certificate 03'
}

test_signs() {
	sign
	expect_only_auth_pin_sent
}

test_signs_with_the_signature_key() {
	require_stores
	use_card
	set_up_provider
	write_pin_file 02
	use_openssl_page xmlsec1 's/User%20Authentication/Digital%20Signature/; s/%01/%02/'
	run_page 'cat >document.xml'
	xmlsec1() {
		openssl_asks "$SIGN_PIN" xmlsec1 "$@"
	}
	run_page 'xmlsec1 --sign'
	expect_xml_signature 02
}

test_control_signs() {
	sign use_softhsm
}
