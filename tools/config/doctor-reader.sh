# shellcheck shell=sh disable=SC2154,SC2034
# SPDX-License-Identifier: LGPL-2.1-or-later
# doctor: the readers on USB, whether or not pcscd uses them. readers.txt says what is known of them.

# Folders that tests replace. The second variable is pcscd's own.
sysfs=${OPENSC_MYNUMBER_SYSFS:-/sys}
pcsc_drivers=${PCSCLITE_HP_DROPDIR:-/usr/lib/pcsc/drivers /usr/lib64/pcsc/drivers}

# Prints for each USB device its id, as vvvv:pppp, and its folder.
list_usb_devices() {
	for file in "$sysfs"/bus/usb/devices/*/idVendor; do
		[ ! -r "$file" ] || printf '%s:%s %s\n' "$(cat "$file")" "$(cat "${file%/*}/idProduct")" "${file%/*}"
	done
}

# True if the kernel's driver $2 uses an interface of the device in folder $1.
is_taken_by() {
	for link in "$1"/*:*/driver; do
		case $(readlink "$link") in
		*/"$2") return 0 ;;
		esac
	done
	return 1
}

# True if an interface of the device in folder $1 is of the class of smart card readers (CCID).
is_ccid() {
	cat "$1"/*:*/bInterfaceClass 2>/dev/null | grep -q -x 0b
}

# Prints the name of each PC/SC driver's list of readers.
list_pcsc_drivers() {
	for folder in $pcsc_drivers; do
		for list in "$folder"/*.bundle/Contents/Info.plist; do
			[ ! -r "$list" ] || say "$list"
		done
	done
}

# Prints the USB ids in an Info.plist, which has one array of vendors and one of products.
list_supported_ids() {
	awk '/<key>/ { key = $0 }
		!/<string>0x/ { next }
		{ gsub(/.*<string>0x|<\/string>.*/, ""); id = tolower($0) }
		key ~ /ifdVendorID/ { vendor[++vendors] = id }
		key ~ /ifdProductID/ { product[++products] = id }
		END { for (i = 1; i <= products; i++) print vendor[i] ":" product[i] }' "$1"
}

has_pcsc_driver() {
	for list in $(list_pcsc_drivers); do
		list_supported_ids "$list" | grep -q -x "$1" && return
	done
	return 1
}

# Prints the version of libccid, or "none".
libccid_version() {
	version=$(list_pcsc_drivers | sed -n '/ifd-ccid/p' | head -n 1 | xargs -r sed -n '/CFBundleShortVersionString/{n;s/.*<string>\(.*\)<.*/\1/p;}')
	say "${version:-none}"
}

# Reports what keeps pcscd from using the device with id $1 in folder $2, if it is a reader. Adds a reader with a PC/SC driver to
# $supported_readers.
check_usb_reader() {
	read -r known kind wanted reader_name <<-END
	$(printf '%s\n' "$reader_table" | grep "^$1 ")
	END
	[ -n "$known" ] || is_ccid "$2" || return 0
	reader_name=${reader_name:-USB $1}
	if [ "$kind" = none ]; then
		problem reader-without-driver "$reader_name"
	elif is_taken_by "$2" pn533_usb; then
		problem reader-taken "$reader_name"
	elif has_pcsc_driver "$1"; then
		supported_readers=${supported_readers:+$supported_readers, }$reader_name
	else
		problem "reader-needs-${kind:-driver}" "$reader_name"
	fi
}

check_usb_readers() {
	supported_readers=''
	while read -r id folder; do
		[ -z "$id" ] || check_usb_reader "$id" "$folder"
	done <<-END
	$(list_usb_devices)
	END
}
