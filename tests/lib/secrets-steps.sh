# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154,SC2317
# What is secret of the virtual card, and the search for it.

# shellcheck source=tests/lib/pin-jobs.sh
. "$srcdir/tests/lib/pin-jobs.sh"

# What a PIN is changed to.
declare -A new_pin=([01]=4321 [02]=XYZ789 [09]=8765)

# Makes the folder "secrets": a file for each secret. What begins with "pin-" opens something; all else is what PINs open.
prepare_secrets() {
	local id name
	mkdir -p secrets
	echo "Created by OpenJPEG version" >library # says the photo of itself
	for name in name.txt address.txt birth.txt my-number.txt photo.jp2 name.png address.png security-code.png my-number.png; do
		cp "$(expected "$name")" "secrets/$name"
	done
	cp "$(certificate_file 02)" secrets/certificate.der
	for id in $pin_ids; do
		printf %s "$(pin "$id")" >"secrets/pin-$id"
	done
	for id in "${!new_pin[@]}"; do
		printf %s "${new_pin[$id]}" >"secrets/pin-$id-new"
	done
}

# secrets_in FILE: prints each secret of which a piece is there, and in which form. What other files of the card hold, free for
# everybody to read, is none; a piece of several secrets counts for the first of them.
secrets_in() {
	local public=() id
	for id in 01 03 04; do
		public+=(-x "$(certificate_file "$id")")
	done
	"$builddir/tests/integration/trust/secret-scan" "$1" "${public[@]}" -x "$(expected card-expiry.txt)" -x library secrets/*.txt secrets/*.png secrets/*.jp2 secrets/*.der secrets/pin-* |
		sed 's,^secrets/,,'
}

# --- the jobs: each is done in a folder of its own, and fails unless it has given what it is there for

private_job_dump() {
	expect_contains "$(card_number)" "$(pkcs15-tool --dump)"
}

private_job_verify() {
	local id
	for id in $pin_ids; do
		pkcs15-tool --verify-pin --auth-id "$id" --pin "$(pin "$id")"
	done
}

private_job_wrong() {
	! pkcs15-tool --verify-pin --auth-id 05 --pin "$(wrong_pin 05)"
	expect_equal 9 "$(card_tries 05)" "tries"
	pkcs15-tool --verify-pin --auth-id 05 --pin "$(pin 05)"
}

private_job_change() {
	local id
	for id in 01 02 09; do
		pkcs15-tool --change-pin --auth-id "$id" --pin "$(pin "$id")" --new-pin "${new_pin[$id]}"
		pkcs15-tool --verify-pin --auth-id "$id" --pin "${new_pin[$id]}"
	done
}

private_job_certificate() {
	expect_reads_certificate 02 --verify-pin --auth-id 02 --pin "$SIGN_PIN"
	pkcs15-tool --read-public-key 02 --verify-pin --auth-id 02 --pin "$SIGN_PIN" --output key.pem
	expect_equal "$(public_key 02)" "$(cat key.pem)" "the public key"
}

# expect_data LABEL AUTH-ID NAME
expect_data() {
	read_data "$1" out "$2"
	expect_same_file "$(expected "$3")" out
}

private_job_texts() {
	expect_data Name 03 name.txt
	expect_data Address 03 address.txt
	expect_data "Date of birth" 03 birth.txt
	expect_data "My Number" 03 my-number.txt
	read_data "Basic four data" out 03
	expect_contains "$(cat "$(expected name.txt)")" "$(tr -d '\0' <out)"
}

private_job_face() {
	expect_data "Face photo" 07 photo.jp2
	expect_data "Face name image" 07 name.png
	expect_data "Face address image" 07 address.png
	expect_data "Face security code image" 07 security-code.png
	expect_data "My Number image" 06 my-number.png
	expect_data "Age date of birth" 08 birth.txt
}

private_job_reports() {
	local report
	for report in "Input Support authenticity:03" "Card Surface authenticity:07" "JPKI certificate report:02"; do
		read_data "${report%:*}" out "${report#*:}"
		expect_match '^ok' "$(cat out)"
	done
}

private_job_sign() {
	expect_signs 01 02
}

private_job_crypt() {
	local id
	printf 'a document' >document
	openssl dgst -sha256 -binary -out hash document
	for id in 01 02; do
		pkcs15-crypt --sign --key "$id" --pin "${key_pin[$id]}" --sha-256 --pkcs1 --input hash --output signature
		expect_signature "$id" sha256 document signature
	done
}

private_job_login() {
	local id
	for id in $pin_ids; do
		steps login "${pin_token[$id]}" "$(pin "$id")" | tee out
		expect_match '^login CKR_OK$' "$(cat out)"
	done
}

private_job_pkcs11_tool() {
	pkcs11-tool --token-label "${pin_token[03]}" --login --pin "$(pin 03)" --read-object --type data --label Name --output-file out
	expect_same_file "$(expected name.txt)" out
	pkcs11-tool --token-label "${key_token[02]}" --login --pin "$SIGN_PIN" --read-object --type cert --id 02 --output-file out
	expect_same_file "$(certificate_file 02)" out
	pkcs11-tool --token-label "${key_token[02]}" --login --pin "$SIGN_PIN" --list-objects
}

# expect_all_attributes ID SECRET...: all attributes of the token of PIN object ID are read, twice, and these are among them.
expect_all_attributes() {
	local token=${pin_token[$1]} secret
	steps login "$token" "$(pin "$1")" attributes "$token" all attributes "$token" all logout "$token" | tee out
	expect_equal "login CKR_OK attributes CKR_OK attributes CKR_OK logout CKR_OK" "$(xargs <out)"
	for secret in "${@:2}"; do
		"$builddir/tests/integration/trust/secret-scan" all "$secret" | grep -q bytes || fail "$secret was not read"
	done
}

private_job_attributes() {
	expect_all_attributes 02 "$(certificate_file 02)"
	expect_all_attributes 03 "$(expected name.txt)" "$(expected address.txt)" "$(expected birth.txt)" "$(expected my-number.txt)"
	expect_all_attributes 06 "$(expected my-number.png)"
	expect_all_attributes 07 "$(expected photo.jp2)" "$(expected name.png)"
	expect_all_attributes 08 "$(expected birth.txt)"
}

private_job_read() {
	steps login "${pin_token[03]}" "$(pin 03)" read "${pin_token[03]}" Name name read "${pin_token[03]}" "My Number" number logout "${pin_token[03]}" \
		set-pin "${pin_token[01]}" "$AUTH_PIN" "${new_pin[01]}" | tee out
	expect_equal 5 "$(grep -c 'CKR_OK$' out)" "the number of good steps"
	expect_same_file "$(expected name.txt)" name
	expect_same_file "$(expected my-number.txt)" number
}

private_job_explorer() {
	cat >script <<-END
		cd 3F00
		cd DF02
		verify CHV3 "$(pin 03)"
		get 0002 four
	END
	opensc-explorer script
	expect_contains "$(cat "$(expected name.txt)")" "$(tr -d '\0' <four)"
}

private_job_viewer() {
	MYNUMBER_CODE_B="$(pin 05)" "$builddir/tools/mynumber-card-face" --text --output face
	expect_contains "$(cat "$(expected name.txt)")" "$(cat face)"
}

private_job_report() {
	printf '%s\n' "$AUTH_PIN" "$SIGN_PIN" "$(pin 03)" "$(pin 06)" "$(pin 07)" "$(pin 08)" |
		setsid --wait "$builddir/tools/opensc-mynumber-report" -p auth,sign,text,code-a,code-b,birth >out 2>err
	sed 's/番号//g' err >&2 # in a prompt, and in the persona's name
	expect_match '^4[.]17 +confirmed' "$(cat out)"
}

# --- what does them

all_jobs() {
	declare -F | sed -n 's/^declare -f private_job_//p'
}

# do_job JOB LEVEL: with a new card, in a folder of its own; the log is then in the file "log" there.
do_job() {
	new_card
	rm -rf "job-$1"
	mkdir "job-$1"
	(
		cd "job-$1"
		export OPENSC_DEBUG=$2
		"private_job_$1" >/dev/null 2>log
	) || fail "$1 did not succeed at level $2: $(tail -n 3 "job-$1/log")"
}
