# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# A fault while a card is listed: what is shown is true, or there is an error. What is missing for the moment is not "absent".

# shellcheck source=tests/lib/pin-jobs.sh
. "$srcdir/tests/lib/pin-jobs.sh"

# list_with_faults KIND COMMAND...: the command with a fault at each exchange; each output in list.NUMBER, if it succeeded.
list_with_faults() {
	local number count
	"${@:2}" >right
	count=$(count_apdus ' > ')
	for ((number = 1; number <= count; number++)); do
		VIRTUAL_CARD_FAULT="$number:$1" "${@:2}" >"list.$number" 2>/dev/null || rm "list.$number"
	done
	[ "$count" -gt 5 ] || fail "only $count exchanges"
}

# A reset leaves no application selected, and there nothing is found.
test_a_reset_hides_no_pin() {
	local list
	conf_with "my_number = yes;"
	list_with_faults reset-before pkcs15-tool --list-pins
	for list in list.*; do
		expect_equal 9 "$(grep -c '^PIN \[' "$list")" "the number of PINs in $list"
	done
}

# Programs recognise a card by its serial number. If the card does not answer, the driver reports no serial number, never a different one.
test_no_wrong_serial_number() {
	local kind list
	for kind in mute reset-before comm-error empty; do
		rm -f list.* "$VIRTUAL_CARD_LOG"
		list_with_faults "$kind" pkcs11-tool --list-slots
		for list in list.*; do
			expect_equal "" "$(sed -n 's/^ *serial num *: *//p' "$list" | grep -v -x "$(card_number)" || true)" "other serial numbers in $list after $kind"
		done
		rm -f list.* "$VIRTUAL_CARD_LOG"
		list_with_faults "$kind" pkcs15-tool --list-info
		for list in list.*; do
			expect_match "Serial number *: $(card_number)$" "$(cat "$list")"
		done
	done
}

test_a_reset_hides_no_data_object() {
	local list
	list_with_faults reset-before pkcs15-tool --list-data-objects --aid "$JPKI_AID"
	for list in list.*; do
		expect_match "'Card number'" "$(cat "$list")"
	done
}

# A card may refuse to tell of a PIN what no table of status words foresees: the others are there, and so is that one.
test_a_pin_that_tells_nothing_hides_no_other() {
	local query
	pkcs15-tool --list-pins >right
	query=$(awk '$2 == ">" { n++ } $2 == ">" && $3 == "00200098" { print n; exit }' "$VIRTUAL_CARD_LOG")
	VIRTUAL_CARD_FAULT="$query:sw=6985,$((query + 1)):sw=6985" pkcs15-tool --list-pins >list
	expect_equal "$(grep '^PIN ' right)" "$(grep '^PIN ' list)"
}

# "No more" (6B00, 6282) in the middle of a file, or to a SELECT on the way, ends no certificate: the half of it would be given
# out, and kept in OpenSC's file cache for later runs.
test_no_half_certificate_is_given_or_kept() {
	local number count kind
	conf_with
	sed -i "s,framework pkcs15 {,& use_file_caching = public; file_cache_dir = \"$PWD/cache\";," "$OPENSC_CONF"
	pkcs15-tool --read-certificate 01 >right
	[ "$(find cache -type f | wc -l)" -gt 0 ] || fail "nothing was cached: this test shows nothing"
	count=$(count_apdus ' > ')
	for kind in sw=6B00 sw=6282; do
		for ((number = 1; number <= count; number++)); do
			rm -r cache
			if VIRTUAL_CARD_FAULT="$number:$kind" pkcs15-tool --read-certificate 01 >given; then
				cmp right given
			fi
			pkcs15-tool --read-certificate 01 >given || fail "no certificate after $number:$kind"
			cmp right given
		done
	done
}

# list_objects: those of Input Support's token, without the numbers that differ from run to run.
list_objects() {
	pkcs11-tool --slot-index 2 --list-objects 2>listing.err | sed 's/^\(.* object\) [0-9]*/\1/'
}

# A PKCS#11 module has everything listed when the first class of objects is asked for. What fails then is not called listed: it is
# listed, whole and once, when it is asked for.
test_what_fails_on_the_side_is_listed_when_asked_for() {
	local number count
	all_applications_conf_with "my_number = yes;"
	export LD_PRELOAD="${LD_PRELOAD:+$LD_PRELOAD }$builddir/.libs/libfailing-listing.so"
	list_objects >right
	count=$(grep -c '^listed' listing.err)
	[ "$count" -gt 20 ] || fail "only $count objects: this test shows nothing"
	for ((number = 1; number <= count; number++)); do
		FAILING_LISTING=$number list_objects >list
		cmp right list || fail "not what there is, after a failure at object $number"
	done
}
