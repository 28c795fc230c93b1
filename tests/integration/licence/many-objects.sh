# shellcheck shell=bash disable=SC2119,SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# pkcs15-tool knows no data object of a card beyond the 32nd. A card with a licence has 40: which are left out, and how each of
# them is reached.

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

PKCS15_TOOL_MAX=32

# Files that are left out if nothing tells which application is wanted: label, auth id, application, file.
left_out="Basic four data|03|Input Support|0002
Input Support card key record|03|Input Support|0007
Input Support CV certificate|-|Input Support|0004
Input Support AP information|-|Input Support|0005
Card face record|07|Card Surface|0002
Age record|08|Card Surface|0001
Card Surface CV certificate|-|Card Surface|0004
Card Surface AP information|-|Card Surface|0003"

# The labels of the data objects that pkcs15-tool lists with the options $@, one a line, in alphabetical order.
data_labels() {
	pkcs15-tool "$@" --list-data-objects 2>/dev/null | sed -n "s/^Data object '\(.*\)'$/\1/p" | sort
}

# The labels of all applications, each bound alone.
all_labels() {
	local application
	for application in "${!application_aid[@]}"; do
		data_labels --aid "${application_aid[$application]}"
	done | sort
}

expect_missing() {
	expect_equal "$1" "$(comm -13 <(data_labels) <(all_labels))" "the labels that are left out"
	expect_equal $PKCS15_TOOL_MAX "$(data_labels | wc -l)" "the number of data objects"
}

test_plain_card_lists_all() {
	expect_equal "$(all_labels)" "$(data_labels)" "the labels"
}

test_files_of_other_applications_are_left_out() {
	variant licence
	expect_equal 40 "$(all_labels | wc -l)" "the number of data objects of all applications"
	expect_missing "$(cut -d '|' -f 1 <<<"$left_out" | sort)"
}

# pkcs15-tool by application, and with the PIN of the application.
test_each_object_is_reached_by_its_application() {
	local label auth application file
	variant licence
	while IFS='|' read -r label auth application file <&3; do
		fails read_data "$label" none "$auth"
		raw_file "$application" "$file" "$auth" raw 32768
		read_data "$label" value "$auth" --aid "${application_aid[$application]}"
		expect_content value raw
		[ "$auth" != - ] || continue
		read_data "$label" value "$auth" --verify-pin --auth-id "$auth"
		expect_content value raw
	done 3<<<"$left_out"
}

# A PIN brings the files that need none, too.
test_pin_of_the_application_brings_all_its_objects() {
	local id
	variant licence
	for id in 03 07; do
		expect_equal "" "$(comm -13 <(data_labels --verify-pin --auth-id "$id" --pin "$(pin "$id")") \
			<(data_labels --aid "${application_aid[${pin_application[$id]}]}"))" "the labels that are left out with PIN $id"
	done
}

# The greatest number that a card can have: all decoded values but one are listed.
test_no_decoded_value_is_left_out() {
	variant licence,residence
	conf_with 'my_number = yes;'
	data_labels >labels
	expect_equal $PKCS15_TOOL_MAX "$(wc -l <labels)" "the number of data objects"
	expect_lacks " record" "$(cat labels)"
	expect_lacks "Residence card specification version" "$(cat labels)"
	for label in "JPKI certificate report" "Input Support authenticity" "Card Surface authenticity" "Licence authenticity" "My Number" \
		"My Number image" "Residence card type" "Token information"; do
		grep -q -x -F "$label" labels || fail "$label is left out"
	done
}
