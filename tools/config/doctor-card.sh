# shellcheck shell=sh disable=SC2154,SC2034
# SPDX-License-Identifier: LGPL-2.1-or-later
# doctor: PC/SC, the readers, the card and its PINs.

# Looks for copies of card files in the cache without a date.
check_cache() {
	cache=${XDG_CACHE_HOME:-${HOME-}/.cache}/opensc
	[ -d "$cache" ] || return 0
	old=$(find "$cache" -type f \( -name '*_NODATE*_D392*' -o -name '*_NODATE*_d392*' -o -name '00000000_*' \) | wc -l)
	[ "$old" = 0 ] || problem old-cache "$cache"
}

# Checks pcscd, the readers and the card. Returns 1 if there is no My Number Card for further checks.
check_reader() {
	command -v opensc-tool >/dev/null || return 1
	readers=$(OPENSC_DEBUG=3 opensc-tool --list-readers 2>&1)
	case $readers in
	*'Failed to establish context'*) return 1 ;;
	*'SCardEstablishContext failed: 0x8010001d'* | *'SCardEstablishContext failed: 0x8010001e'*) problem no-pcscd; return 1 ;;
	*'SCardEstablishContext failed: 0x8010006a'* | *'failed: 0x8010006a'*) problem pcscd-refuses; return 1 ;;
	*'No smart card readers found'*) problem no-reader; return 1 ;;
	esac
	printf '%s\n' "$readers" | grep -q '^[0-9][0-9]* *Yes' || { problem no-card; return 1; }
	check_other_cards
	check_card
}

# Warns of several cards, because a PIN must not go to another person's card.
check_other_cards() {
	ours=''
	for number in $(printf '%s\n' "$readers" | sed -n 's/^\([0-9][0-9]*\) *Yes.*/\1/p'); do
		case $(opensc-tool --reader "$number" --name 2>/dev/null) in
		'My Number Card'*) ours=${ours:+$ours, }$number ;;
		esac
	done
	case $ours in
	*,*) problem several-cards "$ours" ;;
	esac
}

# Checks the name that the driver gives the card. If our driver is not loaded, the name from another driver means nothing.
check_card() {
	if ! name=$(opensc-tool --name 2>/dev/null); then
		problem card-silent "$(opensc-tool --name 2>&1 | tail -n 1)"
		return 1
	fi
	case $name in
	'My Number Card'*) return 0 ;;
	esac
	[ "$(loaded_driver)" != mynumber ] || problem unknown-card "OpenSC says: $name"
	return 1
}

# Prints the tries left and the name of each PIN. Sends no PIN.
check_pins() {
	pkcs15-tool --list-pins 2>/dev/null | sed -n 's/^PIN \[\(.*\)\]$/\1/p; s/^[[:space:]]*Tries left[[:space:]]*: //p' |
		while IFS= read -r pin && IFS= read -r tries; do
			printf '%s\t%s\n' "$tries" "$pin"
		done
}

report_pins() {
	while IFS="$(printf '\t')" read -r tries pin; do
		case $tries in
		0) problem pin-blocked "$pin" ;;
		1) problem pin-last-try "$pin" ;;
		esac
	done <<-END
	$(check_pins)
	END
}

check_objects() {
	command -v pkcs15-tool >/dev/null || return 0
	if pkcs15-tool --list-keys 2>/dev/null | grep -q 'User Authentication Key'; then
		report_pins
	elif [ "$problems" = 0 ]; then
		problem no-objects
	fi
}
