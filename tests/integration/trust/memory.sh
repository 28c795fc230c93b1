# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Secrets do not stay in a program's memory: a scan of all that it can write, after the driver has been used.
# namespace

# shellcheck source=tests/lib/pin-jobs.sh
. "$srcdir/tests/lib/pin-jobs.sh"
# shellcheck source=tests/lib/pcscd-steps.sh
. "$srcdir/tests/lib/pcscd-steps.sh"

# The card in another process, and files with each secret and nothing else. AddressSanitizer keeps copies of its own.
prepare_scan() {
	[ -z "${TEST_PRELOAD-}" ] || skip "the sanitizer keeps what is freed"
	start_pcscd
	insert_card
	sed -i 's/card_driver mynumber {/&\n\t\tmy_number = yes;/' "$OPENSC_CONF"
	for id in $pin_ids; do
		pin "$id" | tr -d '\n' >"pin-$id"
		wrong_pin "$id" | tr -d '\n' >"wrong-$id"
	done
	tr -d '\n' <"$(expected my-number.txt)" >my-number
	head -c 18 "$(expected name.txt)" >name
	tr -d '\n' <"$(expected address.txt)" | head -c 40 >address
	head -c 40 "$(expected photo.jp2)" >photo
	printf 4321 >new-01
	printf 'XYZ9876543210ABC' >new-02
}

scan() {
	env -u AUTH_PIN -u SIGN_PIN "$builddir/tests/integration/trust/memory-scan" "$@"
}

test_the_scan_finds_what_is_left() {
	prepare_scan
	fails scan keep pin-02 keep my-number
	expect_match '^found pin-02 in .*\[heap\]' "$output"
	expect_match '^found my-number in .*\[heap\]' "$output"
}

test_no_pin_after_verify() {
	prepare_scan
	expect_equal "verify: Success
verify: PIN code or key incorrect
verify: Success
verify: PIN code or key incorrect
verify: Success
verify: Success
verify: Success" "$(scan verify 2 pin-02 verify 2 wrong-02 verify 5 pin-05 verify 7 wrong-07 verify 6 pin-06 verify 8 pin-08 verify 4 pin-04)"
}

test_no_pin_after_one_step() {
	prepare_scan
	expect_equal "verify: Success" "$(scan verify 5 pin-05)"
	expect_equal "verify: PIN code or key incorrect" "$(scan verify 5 wrong-05)"
	expect_equal "change: PIN code or key incorrect" "$(scan change 2 wrong-02 new-02)"
	expect_equal "change: Success" "$(scan change 2 pin-02 new-02)"
}

test_no_pin_after_a_refusal_and_a_change() {
	prepare_scan
	expect_equal "verify: Invalid PIN length
change: Success
change: PIN code or key incorrect" "$(scan verify 2 photo change 2 pin-02 new-02 change 2 pin-02 wrong-02)"
}

test_nothing_private_after_logout() {
	prepare_scan
	expect_equal "verify: Success
read: Success
verify: Success
read: Success
logout: Success
verify: Success
read: Success
logout: Success" "$(scan verify 4 pin-04 read 3F00DF020001 my-number verify 5 pin-05 read 3F00DF020002 name logout verify 7 pin-07 read 3F00DF030002 photo logout)"
}

test_nothing_private_after_disconnect() {
	prepare_scan
	expect_equal "verify: Success
read: Success
disconnect: Success" "$(scan verify 4 pin-04 read 3F00DF020001 my-number disconnect)"
}

# expect_nothing_of_the_certificate STEP ARGUMENT END: of the signature certificate, which holds name and address, nothing is
# left after these.
expect_nothing_of_the_certificate() {
	expect_equal "verify: Success
read: Success
read: Success
$1: Success
${!#}: Success" "$(scan verify 2 pin-02 read 3F00DF010001 name read 3F00DF010001 address "$@")"
}

# The report looks at the certificate's dates and signature, a checked signature at its key.
test_nothing_of_the_signature_certificate_after_logout() {
	prepare_scan
	expect_nothing_of_the_certificate look 3F00DF01C0FF logout
	expect_nothing_of_the_certificate sign 2 logout
}

test_nothing_of_the_signature_certificate_after_disconnect() {
	prepare_scan
	expect_nothing_of_the_certificate look 3F00DF01C0FF disconnect
	expect_nothing_of_the_certificate sign 2 disconnect
}

# The record has number, dates and photo. Its values are decoded into memory of their own.
test_nothing_of_the_licence_after_logout() {
	local value
	variant licence
	prepare_scan
	pin 0A | tr -d '\n' >pin-0A
	tr -d '\n' <"$(expected licence-number.txt)" >number
	head -c 40 "$(expected licence-photo.jp2)" >photo
	head -c 15 "$(expected licence-conditions.txt)" >condition
	for value in C031:number C036:condition C038:photo; do
		expect_equal "verify: Success
read: Success
logout: Success" "$(scan verify 10 pin-0A read "3F00DF06${value%:*}" "${value#*:}" logout)"
		expect_equal "verify: Success
read: Success
disconnect: Success" "$(scan verify 10 pin-0A read "3F00DF06${value%:*}" "${value#*:}" disconnect)"
	done
}
