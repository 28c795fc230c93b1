# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# opensc-mynumber-config report settles the open questions about licence and residence, and prints nothing of their content.

# shellcheck source=tests/lib/report-steps.sh
. "$srcdir/tests/lib/report-steps.sh"

test_without_a_pin() {
	variant licence
	report
	says 11.1 confirmed
	says 11.3 confirmed 63CA
	says 11.4 confirmed "the PIN is set"
	says 11.24 confirmed 6982
	says 11.6 confirmed
	says 11.7 confirmed 6A82
	says 11.8 measured
	says 11.13 "not tried"
	says 12.1 absent
	expect_equal 0 "$(count_verify)" "the number of PINs that were sent"
}

test_with_the_licence_pin() {
	variant licence
	report_with licence "$(pin 0A)"
	says 11.13 confirmed "the tag 0107"
	says 11.13 measured "70 objects"
	says 11.14 measured "READ gives 5845 bytes, .* then comes 00"
	says 11.18 measured
	says 11.19 measured JP2
	says 11.20 confirmed "010D"
	expect_match '^settles:.* 11.8 measured.* 11.14 measured.* 11.18 measured.* 11.24 confirmed' "$output"
	expect_equal A0000002310600000000:0006 "$(verified_pins)" "the PINs that were sent"
}

test_wrong_licence_pin_is_sent_once() {
	variant licence
	report_with licence 0000
	says 4.10 confirmed
	expect_equal 1 "$(count_verify)" "the number of PINs that were sent"
}

test_without_a_set_pin_the_record_is_described() {
	variant licence-no-pin
	report
	says 11.4 confirmed "the PIN is not set"
	says 11.24 measured 9000
	says 11.13 measured
	expect_equal 0 "$(count_verify)" "the number of PINs that were sent"
}

test_forms_are_told_apart() {
	variant licence-unpadded
	report_with licence "$(pin 0A)"
	says 11.14 measured "then comes nothing"
	variant licence-long-form
	report_with licence "$(pin 0A)"
	says 11.13 CONTRADICTED
	says 11.13 measured "[1-9][0-9]* lengths after 81"
	variant licence-old-forms
	report_with licence "$(pin 0A)"
	says 11.18 measured "zeros"
}

test_residence() {
	variant residence
	report
	says 12.1 confirmed
	says 12.2 confirmed "6 bytes"
	says 12.3 confirmed "4 bytes"
	says 11.1 absent
}
