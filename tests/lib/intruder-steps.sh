# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154
# Jobs while another program selects another application between their transactions.

# shellcheck source=tests/lib/pin-jobs.sh
. "$srcdir/tests/lib/pin-jobs.sh"

# The applications that the other program selects.
intruders=("$JPKI_AID" "${application_aid["Input Support"]}" "${application_aid["Card Surface"]}"
	"${application_aid["Resident Registry"]}" "$COMMON_AID" "$CARD_MANAGER_AID")

# Jobs. Each writes the file "out", if anything; $right is what it must hold, $places where its PINs may go.
job_read() {
	read_data "$1" out "$2"
}
job_certificate() {
	pkcs15-tool --read-certificate 02 --verify-pin --auth-id 02 --pin "$SIGN_PIN" --output out
}

# A test replaces this to look at each job that was done with an intruder.
note_job() {
	:
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
	note_job
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
