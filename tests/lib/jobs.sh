# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
# The main jobs of a card, the same for every reader, driver and variant. What comes out must be what the persona's files say.

JPKI_AID=D392F000260100000001
PKCS11_MODULE=opensc-pkcs11.so
export JPKI_AID PKCS11_MODULE

# By id: the persona's certificate, and of the two that have a key its PIN and its PKCS#11 token.
declare -A certificate_name=([01]=auth [02]=sign [03]=auth-ca [04]=sign-ca)
declare -A key_pin=([01]=$AUTH_PIN [02]=$SIGN_PIN)
declare -A key_token=([01]="JPKI (User Authentication PIN)" [02]="JPKI (Digital Signature PIN)")

# The persona's certificate $1, in DER.
certificate_file() {
	printf '%s\n' "$VIRTUAL_CARD_DIR/certificates/${certificate_name[$1]}.der"
}

# Prints the public key in the persona's certificate $1.
public_key() {
	openssl x509 -inform DER -in "$(certificate_file "$1")" -pubkey -noout
}

# expect_same_file EXPECTED ACTUAL
expect_same_file() {
	cmp "$1" "$2" || fail "$2 differs from $1"
}

# expect_certificate ID PEM: the file PEM holds the persona's certificate, byte for byte.
expect_certificate() {
	sed '/^-----/d' "$2" | base64 --decode >read.der
	expect_same_file "$(certificate_file "$1")" read.der
}

# expect_reads_certificate ID [OPTIONS]
expect_reads_certificate() {
	pkcs15-tool --read-certificate "$1" --output "read-$1.pem" "${@:2}"
	expect_certificate "$1" "read-$1.pem"
}

# expect_signature ID DIGEST DOCUMENT SIGNATURE: openssl verifies it with the key in the persona's certificate.
expect_signature() {
	public_key "$1" >public.pem
	openssl dgst "-$2" -verify public.pem -signature "$4" "$3" || fail "wrong signature by key $1 with $2"
}

# expect_padded ID DATA SIGNATURE: openssl finds exactly DATA in the signature's PKCS #1 v1.5 block.
expect_padded() {
	public_key "$1" >public.pem
	openssl pkeyutl -verifyrecover -pubin -inkey public.pem -in "$3" -out recovered
	expect_same_file "$2" recovered
}

# pkcs11_sign ID MECHANISM DOCUMENT [OPTIONS]: makes the file "signature".
pkcs11_sign() {
	rm -f signature
	pkcs11-tool --sign --id "$1" --mechanism "$2" --input-file "$3" --output-file signature \
		--token-label "${key_token[$1]}" --login --pin "${key_pin[$1]}" "${@:4}"
}

# expect_signs ID...
expect_signs() {
	local id
	printf 'a document of %s bytes' "$RANDOM" >document
	for id; do
		pkcs11_sign "$id" SHA256-RSA-PKCS document
		expect_signature "$id" sha256 document signature
	done
}

# The commands of the card's log that verify a PIN, each as AID:FILE of the PIN that it went to.
verified_pins() {
	awk 'function file_of(p2) { return (substr(p2, 1, 1) == "8" ? "000" : "001") substr(p2, 2) }
		$2 == ">" { command = $3; next }
		$2 != "<" { aid = ef = ""; next }
		command ~ /^00A404/ && $3 == "9000" { aid = substr(command, 11, 2 * 10); ef = "" }
		command ~ /^00A4020C02/ { ef = $3 == "9000" ? substr(command, 11, 4) : "" }
		command ~ /^002000..../ && length(command) > 10 { print aid ":" (command ~ /^00200080/ ? ef : file_of(substr(command, 7, 2))) }
		' "$VIRTUAL_CARD_LOG" | sort -u
}

# How many PINs the card was sent.
count_verify() {
	count_apdus '> 002000..[0-9A-F]{4}'
}

# The persona's card number.
card_number() {
	cat "$VIRTUAL_CARD_DIR/expected/card-number.txt"
}

# expect_cms ID SIGN-OPTIONS...: openssl's CMS signature of the file "document" with key ID verifies under the persona's CA.
# The engine asks again for the PIN of the signature key (CKA_ALWAYS_AUTHENTICATE), at the terminal unless it has none.
expect_cms() {
	local ca=$((10#$1 + 2))
	openssl x509 -inform DER -in "$(certificate_file "$1")" -out signer.pem
	openssl x509 -inform DER -in "$(certificate_file "0$ca")" -out ca.pem
	PKCS11_MODULE_PATH=$PKCS11_MODULE setsid --wait openssl cms -sign -signer signer.pem \
		-in document -binary -outform DER -out signed "${@:2}" <<<"${key_pin[$1]}"
	openssl cms -verify -inform DER -in signed -binary -content document -CAfile ca.pem -purpose any -out verified
	expect_same_file document verified
}

# expect_cms_by_engine ID...: the same with OpenSSL's engine pkcs11, of a document.
expect_cms_by_engine() {
	local id
	printf 'a document' >document
	for id; do
		expect_cms "$id" -engine pkcs11 -keyform engine -inkey "$(key_uri "$id")"
	done
}

# The PKCS#11 URI of private key ID.
key_uri_without_pin() {
	printf 'pkcs11:token=%s;id=%%%s;type=private\n' "${key_token[$1]// /%20}" "$1"
}

# The same with its PIN.
key_uri() {
	printf '%s;pin-value=%s\n' "$(key_uri_without_pin "$1")" "${key_pin[$1]}"
}
