# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The times with which make bench reckons: constants, or what the report of a real card measured.

# shellcheck source=tests/lib/report-steps.sh
. "$srcdir/tests/lib/report-steps.sh"

# A SELECT, a READ of 128 bytes, a signature.
write_log() {
	printf '1 > %s\n1 < %s\n' \
		00A4040C0AD392F000260100000001 9000 \
		00B0860080 "$(printf '00%.0s' {1..128})9000" \
		"802A009733$(printf '00%.0s' {1..51})00" "$(printf '00%.0s' {1..256})9000" >exchanges.log
}

# seconds MODEL: prints what the model is, and the time of that log.
seconds() {
	write_log
	PYTHONPATH=$srcdir/tests/bench python3 -B - "$1" exchanges.log <<-'END'
	import sys
	import cardlog, model
	said, models = model.load(sys.argv[1])
	cost = cardlog.cost(cardlog.exchanges(sys.argv[2]))
	print(said)
	for each in models:
	    print(each.title, f"{each.seconds(cost):.4f}")
	END
}

# 467 bytes in 3 exchanges.
test_constants() {
	require python3
	printf '%s\n' '# a comment' 'source a test' 'exchange 10 each' 'signature 100' 'rates 80 160 kbit/s' >model.txt
	output=$(seconds model.txt)
	expect_contains "(a test)" "$output"
	expect_match '^at 80 kbit/s 0\.1767$' "$output"
	expect_match '^at 160 kbit/s 0\.1533$' "$output"
}

test_constants_of_the_project() {
	require python3
	expect_match '^at 424 kbit/s ' "$(seconds "$srcdir/tests/bench/model.txt")"
}

test_a_line_is_missing() {
	require python3
	printf '%s\n' 'source a test' 'exchange 10' 'rates 80' >model.txt
	fails seconds model.txt
	expect_contains "it needs the lines source, exchange, signature and rates" "$output"
}

# Half a READ of 256 bytes, whose bytes take 32 ms.
test_times_of_a_report() {
	require python3
	echo '5.17  measured      milliseconds: SELECT 10.0 (3, longest 11.0), READ 256 42.0 (9, longest 50.1), VERIFY 20.0 (1, longest 20.0), signature 300.0 (2, longest 301.0), others 10.0 (7, longest 12.5)' >report.txt
	expect_match '^as the report measured 0\.3360$' "$(seconds report.txt)"
}

test_form_of_the_report() {
	require python3
	report_with auth "$AUTH_PIN"
	expect_match '^as the report measured [0-9.]+$' "$(seconds report.txt)"
}

test_report_without_a_pin_has_no_time_of_a_signature() {
	require python3
	report
	fails seconds report.txt
	expect_contains "the report measured no VERIFY" "$output"
}
