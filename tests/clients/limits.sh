# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# What programs cannot do with the card. The controls do it with SoftHSM: what works there is the card's limit, and what fails there
# as well is the program's. docs/clients/README.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/openssl.sh
. "$srcdir/tests/lib/openssl.sh"

# Enrolls the token's authentication certificate for a LUKS disk, as systemd-cryptenroll does, and takes out the key that it encrypted.
enroll_disk() {
	local uri="pkcs11:token=JPKI%20%28User%20Authentication%20PIN%29;id=%01;type=cert"
	require cryptsetup systemd-cryptenroll pkcs11-tool
	truncate --size 32M disk
	printf 'a password' >password
	cryptsetup luksFormat --batch-mode --pbkdf pbkdf2 --pbkdf-force-iterations 1000 disk password
	PASSWORD="a password" PIN=$AUTH_PIN systemd-cryptenroll "--pkcs11-token-uri=$uri" disk
	cryptsetup token export --token-id 0 disk | sed 's/.*"pkcs11-key":"\([^"]*\)".*/\1/' | base64 --decode >encrypted
	expect_equal 256 "$(stat -c %s encrypted)" "the length of the encrypted key"
}

decrypt_key() {
	pkcs11-tool --module "$module" --login --pin "$AUTH_PIN" --token-label "${key_token[01]}" --decrypt --id 01 --mechanism RSA-PKCS \
		--input-file encrypted --output-file key
}

# Systemd enrolls the card without a word, and the disk can never be opened with it.
test_the_card_opens_no_disk_that_systemd_enrolled_it_for() {
	use_card
	enroll_disk
	fails decrypt_key
	expect_contains CKR_KEY_TYPE_INCONSISTENT "$output"
}

test_control_opens_a_disk() {
	use_softhsm
	enroll_disk
	decrypt_key
	expect_equal 128 "$(stat -c %s key)" "the length of the key"
}

# age encrypts to the key, as to each RSA key of ssh, and has no way to a token.
expect_age_cannot_decrypt() {
	require age ssh-keygen
	printf 'a document' >document
	public_key 01 >public.pem
	ssh-keygen -i -m PKCS8 -f public.pem >card.pub
	age --recipients-file card.pub --output encrypted document
	fails age --decrypt --identity card.pub encrypted
	expect_contains "unknown identity type" "$output"
}

test_age_has_no_way_to_the_card() {
	use_card
	expect_age_cannot_decrypt
	expect_no_pin_sent
}

test_control_age() {
	use_softhsm
	expect_age_cannot_decrypt
}

# pss_sign MECHANISM [OPTIONS]
pss_sign() {
	rm -f signature
	printf 'a document' >document
	public_key 01 >public.pem
	pkcs11-tool --module "$module" --login --pin "$AUTH_PIN" --token-label "${key_token[01]}" --sign --id 01 --input-file document \
		--output-file signature --mechanism "$@"
}

# expect_pss HASH SALT
expect_pss() {
	openssl dgst "-$1" -verify public.pem -sigopt rsa_padding_mode:pss -sigopt "rsa_pss_saltlen:$2" -signature signature document
}

# OpenSC tells the driver neither salt nor mask: a salt of another length becomes one of 32 bytes. It does tell the hash.
test_PSS_has_a_salt_of_32_bytes_whatever_was_asked_for() {
	use_card
	pss_sign SHA256-RSA-PKCS-PSS --salt-len 20
	expect_pss sha256 32
	fails expect_pss sha256 20
}

test_PSS_with_another_hash_is_refused() {
	local hash
	use_card
	for hash in SHA384 SHA512; do
		fails pss_sign "$hash-RSA-PKCS-PSS"
		expect_contains "CKR_" "$output"
		[ ! -s signature ] || fail "there is a signature"
	done
}

test_control_PSS() {
	use_softhsm
	pss_sign SHA256-RSA-PKCS-PSS --salt-len 20
	expect_pss sha256 20
	pss_sign SHA384-RSA-PKCS-PSS
	expect_pss sha384 48
}

# The smallest program for Windows that osslsigncode takes: a header without sections.
make_program() {
	python3 - <<-'END'
	import struct

	program = bytearray(512)
	def put(offset, *values):
	    for form, value in zip(values[::2], values[1::2]):
	        struct.pack_into(form, program, offset, value)
	put(0, "2s", b"MZ")
	put(60, "<I", 64)
	put(64, "4s", b"PE")
	put(68, "<H", 0x8664)
	put(84, "<H", 240)
	put(86, "<H", 0x22)
	put(88, "<H", 0x20B)
	put(88 + 36, "<I", 512)
	put(88 + 60, "<I", 512)
	put(88 + 108, "<I", 16)
	open("program.exe", "wb").write(program)
	END
}

# sign_program CERTIFICATE: by the engine. What the program is and what the signature says are the same.
sign_program() {
	require osslsigncode python3
	require_engine
	make_program
	osslsigncode sign -pkcs11engine "$(engine_library)" -pkcs11module "$module" -key "$(key_uri 01)" -certs "$1" -in program.exe -out signed.exe
}

expect_refused_for_its_purpose() {
	sign_program auth.pem
	fails osslsigncode verify -in signed.exe -CAfile auth-ca.pem
	expect_match 'XKU_CODE_SIGN|does not permit codeSigning' "$output"
	expect_equal "$(sed -n 's/^Current message digest *: //p' <<<"$output")" "$(sed -n 's/^Calculated message digest *: //p' <<<"$output")"
}

test_signed_programs_are_refused_for_the_certificate() {
	use_card
	expect_refused_for_its_purpose
	expect_only_auth_pin_sent
}

# The same key and certificate elsewhere, and the same key with a certificate for that purpose.
test_control_signed_programs() {
	use_softhsm
	expect_refused_for_its_purpose
	rm signed.exe
	make_certificate code-ca "/CN=CA of a test"
	openssl req -x509 -key "$VIRTUAL_CARD_DIR/keys/auth.pem" -out code.pem -days 2 -subj /CN=code -CA code-ca.pem -CAkey code-ca.key \
		-addext basicConstraints=critical,CA:FALSE -addext keyUsage=digitalSignature -addext extendedKeyUsage=codeSigning
	sign_program code.pem
	osslsigncode verify -in signed.exe -CAfile code-ca.pem
}

expect_no_key_for_xmlsec1() {
	require xmlsec1
	require_engine
	[[ $(xmlsec1 --version) == "xmlsec1 1.2."* ]] || skip "this xmlsec1 is 1.3 or newer"
	set_up_engine
	use_openssl_page xmlsec1
	run_page 'cat >document.xml'
	fails xmlsec1 --sign --privkey-openssl-engine "pkcs11;$(key_uri 01),auth.pem" --output signed.xml document.xml
	expect_contains "key is not found" "$output"
}

test_xmlsec1_of_1_2_finds_no_key() {
	use_card
	expect_no_key_for_xmlsec1
	expect_only_auth_pin_sent
}

test_control_xmlsec1_of_1_2_finds_no_key() {
	use_softhsm
	expect_no_key_for_xmlsec1
}
