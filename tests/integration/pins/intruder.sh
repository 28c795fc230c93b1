# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Another program selects another application, and verifies all its PINs there, between two transactions of a job. File
# numbers repeat across applications: no VERIFY may reach another PIN, no data of another file or key may come out.
#     TEST_FULL=1: before each transaction each application, not one of them in turn

# shellcheck source=tests/lib/pin-jobs.sh
. "$srcdir/tests/lib/pin-jobs.sh"

intruders=("$JPKI_AID" "${application_aid["Input Support"]}" "${application_aid["Card Surface"]}"
	"${application_aid["Resident Registry"]}" "$COMMON_AID" "$CARD_MANAGER_AID")

# The jobs. Each writes the file "out", if anything; $right is what it must hold, $places where its PINs may go.
job_read() {
	read_data "$1" out "$2"
}
job_read_by_pkcs11() {
	steps login "${pin_token[$2]}" "$(pin "$2")" read "${pin_token[$2]}" "$1" out | tee steps.out
	expect_match '^read CKR_OK$' "$(cat steps.out)"
}
job_certificate() {
	pkcs15-tool --read-certificate 02 --verify-pin --auth-id 02 --pin "$SIGN_PIN" --output out
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

# intrude FAULT JOB...: the job with the intruder; whatever becomes of it, nothing foreign is touched or comes out.
intrude() {
	local place status=0
	new_card
	rm -f out
	(VIRTUAL_CARD_FAULT=$1 "${@:2}") >job.log 2>&1 || status=$?
	[ "$status" -lt 126 ] || [ "$status" = 255 ] || fail "status $status of ${*:2} with $1: $(cat job.log)"
	for place in $(verified_pins); do
		[[ " $places " == *" $place "* ]] || fail "$place was sent a PIN by ${*:2} with $1"
	done
	expect_equal "" "$(answers_to_verify | grep -v 9000 || true)" "wrong answers to VERIFY in ${*:2} with $1"
	if [ -s out ]; then
		cmp out "$right" || fail "${*:2} with $1 gave something else"
	fi
	[ "$status" != 0 ] || [ "$right" = none ] || [ -s out ] || fail "${*:2} with $1 gave nothing and no error"
	[ "$status" = 0 ] || grep -q -i -E 'error|fail|CKR_|not |no slot|invalid|unable' job.log || fail "${*:2} with $1 failed without a word: $(cat job.log)"
	[ "$status" = 0 ] && good=$((good + 1)) || bad=$((bad + 1))
}

# The number of transactions of JOB... when each is preceded by another program.
count_transactions() {
	new_card
	(VIRTUAL_CARD_FAULT="T*:select=$CARD_MANAGER_AID" "$@") >/dev/null 2>&1 || true
	count_apdus "> 00A4040C07$CARD_MANAGER_AID"
}

# expect_no_foreign RIGHT PLACES JOB...: with each intruder before each transaction, and before one of them.
expect_no_foreign() {
	local right=$1 places=$2 aid number count good=0 bad=0
	shift 2
	"$@"
	[ "$right" = none ] || cmp out "$right"
	for aid in "${intruders[@]}"; do
		intrude "T*:open=$aid" "$@"
	done
	count=$(count_transactions "$@")
	[ "$count" -gt 3 ] || fail "only $count transactions"
	for ((number = 1; number <= count; number++)); do
		if [ -n "${TEST_FULL-}" ]; then
			for aid in "${intruders[@]}"; do
				intrude "T$number:open=$aid" "$@"
			done
		else
			intrude "T$number:open=${intruders[number % ${#intruders[@]}]}" "$@"
		fi
	done
	echo "$*: $count transactions, with an intruder $good jobs done, $bad refused"
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

test_read_by_pkcs11() {
	all_applications_conf_with
	expect_no_foreign "$(expected name.txt)" "${pin_place[03]}" job_read_by_pkcs11 Name 03
}

test_change() {
	expect_no_foreign none "${pin_place[03]}" job_change 03 8765
	expect_no_foreign none "${pin_place[09]} ${pin_place[c9]}" job_change 09 2109
}
