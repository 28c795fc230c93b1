# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Another program selects another application, and verifies all its PINs there, between two transactions of a job. File
# numbers repeat across applications: no VERIFY may reach another PIN, no data of another file or key may come out.
#     TEST_FULL=1: before each transaction each application, not one of them in turn

# shellcheck source=tests/lib/intruder-steps.sh
. "$srcdir/tests/lib/intruder-steps.sh"

# The jobs.
job_read_by_pkcs11() {
	steps login "${pin_token[$2]}" "$(pin "$2")" read "${pin_token[$2]}" "$1" out | tee steps.out
	expect_match '^read CKR_OK$' "$(cat steps.out)"
}
job_sign() {
	pkcs11-tool --sign --id "$1" --mechanism SHA256-RSA-PKCS --input-file document --output-file out \
		--token-label "${key_token[$1]}" --login --pin "${key_pin[$1]}"
}
job_crypt() {
	pkcs15-crypt --sign --key "$1" --pin "${key_pin[$1]}" --sha-256 --pkcs1 --raw --input document.hash --output out
}
job_change() {
	pkcs15-tool --change-pin --auth-id "$1" --pin "$(pin "$1")" --new-pin "$2"
}

# The signature of the file "document" by the key $1, made without the card: PKCS #1 v1.5 knows no chance.
sign_without_card() {
	openssl dgst -sha256 -sign "$VIRTUAL_CARD_DIR/keys/${certificate_name[$1]}.pem" -out "right.$1" document
}

test_verify() {
	local id
	conf_with "my_number = yes;"
	for id in $some_pin_ids; do
		expect_no_foreign none "${pin_place[$id]}" job_verify "$id"
	done
}

test_login() {
	local id
	all_applications_conf_with "my_number = yes;"
	for id in 03 08; do
		expect_no_foreign none "${pin_place[$id]}" job_login "$id"
	done
}

test_sign() {
	local id
	printf 'a document' >document
	openssl dgst -sha256 -binary -out document.hash document
	for id in 01 02; do
		sign_without_card "$id"
		expect_no_foreign "right.$id" "${pin_place[$id]}" job_sign "$id"
		expect_no_foreign "right.$id" "${pin_place[$id]}" job_crypt "$id"
	done
}

test_read() {
	trusting_conf_with "my_number = yes;"
	expect_no_foreign "$(expected name.txt)" "${pin_place[03]}" job_read Name 03
	expect_no_foreign "$(expected my-number.txt)" "${pin_place[03]}" job_read "My Number" 03
	expect_no_foreign "$(expected photo.jp2)" "${pin_place[07]}" job_read "Face photo" 07
	openssl x509 -inform DER -in "$(certificate_file 02)" -out right.pem
	expect_no_foreign right.pem "${pin_place[02]}" job_certificate
}

# The file 0006 is the token information of JPKI and a data file of Input Support: no licence PIN may go there.
test_licence() {
	local intruders=("${intruders[@]}" "${application_aid[Licence]}")
	variant licence
	conf_with "trusted_licence_keys = \"$VIRTUAL_CARD_DIR/trusted-licence-keys.txt\";" 'pkcs11_applications = JPKI, Licence;'
	expect_no_foreign none A0000002310600000000:0006 job_verify 0A
	expect_no_foreign none A0000002310600000000:0006 job_login 0A
	expect_no_foreign "$(expected licence-number.txt)" A0000002310600000000:0006 job_read "Licence number" 0A
}

test_read_by_pkcs11() {
	all_applications_conf_with
	expect_no_foreign "$(expected name.txt)" "${pin_place[03]}" job_read_by_pkcs11 Name 03
}

test_change() {
	expect_no_foreign none "${pin_place[03]}" job_change 03 8765
	expect_no_foreign none "${pin_place[09]} ${pin_place[c9]}" job_change 09 2109
}
