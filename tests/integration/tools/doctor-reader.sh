# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# opensc-mynumber-config doctor looks at the readers on USB, in a folder like /sys, and at what the PC/SC drivers say that they support.

# shellcheck source=tests/lib/config-tool.sh
. "$srcdir/tests/lib/config-tool.sh"

# plug_in VENDOR:PRODUCT [CLASS [KERNEL-DRIVER]]: a USB device with one interface.
plug_in() {
	local device=sys/bus/usb/devices/1-${1/:/} interface
	interface=$device/1-${1/:/}:1.0
	mkdir -p "$interface"
	echo "${1%:*}" >"$device/idVendor"
	echo "${1#*:}" >"$device/idProduct"
	echo "${2:-0b}" >"$interface/bInterfaceClass"
	[ -z "${3-}" ] || ln -s "../../drivers/$3" "$interface/driver"
}

# pcsc_driver BUNDLE VERSION VENDOR:PRODUCT...: an Info.plist like those of libccid and others.
pcsc_driver() {
	local folder=drivers/$1.bundle/Contents version=$2
	shift 2
	mkdir -p "$folder"
	{
		printf '\t<key>CFBundleShortVersionString</key>\n\t<string>%s</string>\n' "$version"
		printf '\t<key>ifdVendorID</key>\n\t<array>\n'
		printf '\t\t<string>0x%s</string>\n' "${@%:*}"
		printf '\t</array>\n\t<key>ifdProductID</key>\n\t<array>\n'
		printf '\t\t<string>0x%s</string>\n' "${@#*:}"
		printf '\t</array>\n'
	} >"$folder/Info.plist"
}

# No reader that pcscd uses, and a libccid that knows two readers.
prepare_readers() {
	pcsc_without_readers
	export PCSCLITE_HP_DROPDIR=$PWD/drivers
	pcsc_driver ifd-ccid 1.4.34 04E6:5116 072F:2200
}

# The rows of the table, without its comments.
rows() {
	sed '/^#/d' "$srcdir/tools/config/readers.txt"
}

test_no_reader_is_plugged_in() {
	prepare_readers
	expect_found no-reader
	plug_in 046d:c077 03
	expect_found no-reader
}

test_reader_without_a_driver_on_linux() {
	prepare_readers
	plug_in 054c:06c3 ff port100
	expect_found reader-without-driver
	expect_contains 'Sony RC-S380' "$output"
}

test_reader_that_needs_a_newer_libccid() {
	prepare_readers
	plug_in 054c:0dc9
	expect_found reader-needs-libccid
	expect_contains 'Sony RC-S300/P needs libccid 1.4.35 or newer. Installed: 1.4.34' "$output"
	rm -r drivers/ifd-ccid.bundle
	expect_found reader-needs-libccid
	expect_contains 'Installed: none' "$output"
}

test_reader_that_the_kernel_has_taken() {
	prepare_readers
	plug_in 072f:2200 ff pn533_usb
	expect_found reader-taken
	expect_contains 'ACS ACR122U' "$output"
	rm -r sys
	plug_in 072f:2200
	expect_found reader-not-listed
}

test_reader_with_a_driver_of_its_vendor() {
	prepare_readers
	plug_in 072f:221b
	expect_found reader-needs-package
	expect_contains 'sudo apt install libacsccid1' "$output"
	pcsc_driver ifd-acsccid 1.1.8 072F:221B
	expect_found reader-not-listed
}

test_reader_that_nobody_knows() {
	prepare_readers
	plug_in 1234:5678
	expect_found reader-needs-driver
	expect_contains 'USB 1234:5678' "$output"
}

# The installed libccid is read like those of this file.
test_installed_libccid() {
	[ -r /usr/lib/pcsc/drivers/ifd-ccid.bundle/Contents/Info.plist ] || skip "libccid is not installed"
	pcsc_without_readers
	plug_in 054c:0dc9
	expect_found reader-not-listed
	plug_in 1234:5678
	expect_found reader-needs-driver
	expect_match 'Installed libccid: [1-9]\.[0-9]' "$output"
}

test_card_lies_on_a_reader_without_a_driver() {
	touch "$VIRTUAL_CARD_DIR/card.removed"
	plug_in 054c:06c1
	expect_found reader-without-driver no-card
}

test_other_readers_do_not_matter_if_the_card_is_seen() {
	plug_in 054c:06c1
	plug_in 1234:5678
	expect_match '^nothing wrong was found' "$(config doctor)"
}

test_each_row_of_the_table() {
	local id kind wanted name
	prepare_readers
	rm -r drivers
	while read -r id kind wanted name; do
		rm -rf sys
		plug_in "$id"
		if [ "$kind" = none ]; then
			expect_found reader-without-driver
		else
			expect_found "reader-needs-$kind"
			expect_contains "$wanted" "$output"
		fi
		expect_contains "The reader $name " "$output"
	done < <(rows)
}

# Each page has the id, the name and what the reader needs.
test_pages_have_each_row_of_the_table() {
	local id kind wanted name page
	[ "$(rows | wc -l)" -gt 20 ] || fail "the table is not read"
	while read -r id kind wanted name; do
		for page in readers.md readers.ja.md; do
			expect_match "^\\| ${name//[()\/]/.} \\| ${id^^} \\|.*\\| ($kind $wanted|$wanted|–) \\|" "$(grep -F " ${id^^} |" "$srcdir/docs/$page")"
		done
	done < <(rows)
}
