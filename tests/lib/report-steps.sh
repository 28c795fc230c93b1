# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
# opensc-mynumber-report: run with and without PINs, and what must stand in every report.

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

# Makes the file "report.txt" and sets $output.
report() {
	"$builddir/tools/opensc-mynumber-report" >report.txt
	output=$(cat report.txt)
	expect_impersonal
}

# The same with PINs, typed where there is no terminal.
report_with() {
	local pins=$1
	shift
	printf '%s\n' "$@" | setsid --wait "$builddir/tools/opensc-mynumber-report" -p "$pins" >report.txt 2>prompts || return
	output=$(cat report.txt)
	expect_impersonal
}

# With all PINs that it asks for.
report_with_all_pins() {
	report_with auth,sign,text,code-a,code-b,birth "$AUTH_PIN" "$SIGN_PIN" "$(pin 03)" "$(pin 06)" "$(pin 07)" "$(pin 08)"
}

# Nothing that the persona's files hold stands in the report, as text or in hexadecimal. Some variants are another person, of
# whom there are no files: so no Japanese either, and no number or hexadecimal text as long as a date, but for the ATR.
expect_impersonal() {
	local value hex values=0
	! LC_ALL=C grep '[^ -~]' report.txt || fail "not in ASCII"
	! grep -v '^ATR:' report.txt | grep -i -E '[0-9A-F]{6}' || fail "that is more than a status word or a length"
	while IFS= read -r value; do
		[ "${#value}" -ge 4 ] || continue
		values=$((values + 1))
		hex=$(printf %s "$value" | od -A n -t x1 -v | tr -d ' \n')
		! grep -q -F -e "$value" report.txt || fail "'$value' stands in the report"
		! tr -d ' ' <report.txt | grep -q -i -F "$hex" || fail "'$value' stands in the report, in hexadecimal"
	done < <(awk 1 "$VIRTUAL_CARD_DIR"/expected/*.txt <(sed -n 's/^\(name\|address\|birth\|my_number\|serial\|municipality\|card_expiry\|security_code\|sign_pin\) = //p' "$VIRTUAL_CARD_DIR/persona.ini"))
	[ "$values" -ge 15 ] || fail "only $values values were searched for"
}

# does_not_fit LINE...: these are all that the report says so of.
does_not_fit() {
	expect_equal "$(printf '%s\n' "$@")" "$(sed -n 's/^\([0-9.]*\) *DOES NOT FIT  /\1 /p' report.txt)" "what does not fit"
}

# says FACT VERDICT [TEXT]: there is such a line.
says() {
	expect_match "^${1/./\\.} +$2 .*${3-}" "$output"
}

contradicts_only() {
	expect_equal "$*" "$(sed -n 's/^\([0-9.]*\) *CONTRADICTED.*/\1/p' report.txt | sort -u -V | xargs)" "contradicted facts"
}

# The block at the end that is for an issue, without its two marks; expect_equal's that these are two.
block() {
	expect_equal 2 "$(grep -c '^-----8<-----' report.txt)" "the marks around the block"
	sed '1,/^-----8<-----/d; /^-----8<-----/,$d' report.txt
}

# fails_at BEFORE COMMAND FAULT [AGAIN]: in the next run FAULT happens to the last exchange whose command begins with COMMAND, and the
# one before it with BEFORE; and to the one that comes AGAIN exchanges later, where the report tries a second time.
fails_at() {
	local number
	number=$(grep '> ' "$VIRTUAL_CARD_LOG" | awk -v before="> $1" -v command="> $2" 'index(last, before) && index($0, command) { found = NR } { last = $0 } END { print found }')
	[ -n "$number" ] || fail "no $2 after $1"
	export VIRTUAL_CARD_FAULT=${VIRTUAL_CARD_FAULT:+$VIRTUAL_CARD_FAULT,}$number:$3${4:+,$((number + $4)):$3}
}

sent_pins() {
	count_apdus '> 002000..[0-9A-F]{4}'
}
