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
	*'SCardEstablishContext failed: 0x8010001d'* | *'SCardEstablishContext failed: 0x8010001e'*) explain_no_service; return 1 ;;
	*'SCardEstablishContext failed: 0x8010006a'* | *'failed: 0x8010006a'*) problem pcscd-refuses; return 1 ;;
	*'No smart card readers found'*) explain_no_reader; return 1 ;;
	esac
	with_card=$(printf '%s\n' "$readers" | sed -n 's/^\([0-9][0-9]*\) *Yes.*/\1/p')
	if [ -z "$with_card" ]; then
		check_usb_readers
		problem no-card
		return 1
	fi
	check_other_cards
	check_card
}

# libpcsclite returns the same error if pcscd is not running and if its socket cannot be used.
explain_no_service() {
	socket=${PCSCLITE_CSOCK_NAME:-/run/pcscd/pcscd.comm}
	if [ -d "${socket%/*}" ] && [ ! -x "${socket%/*}" ]; then
		problem pcscd-socket "${socket%/*}"
	elif [ -e "$socket" ] && [ ! -w "$socket" ]; then
		problem pcscd-socket "$socket"
	else
		problem no-pcscd
	fi
}

explain_no_reader() {
	before=$problems
	check_usb_readers
	if [ "$problems" != "$before" ]; then
		return
	elif [ -n "$supported_readers" ]; then
		problem reader-not-listed "$supported_readers"
	else
		problem no-reader
	fi
}

# Runs a command that talks to the card. Another program may hold a transaction for ever: after 20 seconds the exit status is 124.
with_timeout() {
	timeout --foreground 20 "$@" 2>/dev/null
}

# Returns 1 if OpenSC waits for the card: while another program holds a transaction, pcscd answers nobody who connects, and OpenSC connects even
# to list its drivers.
check_waiting() {
	command -v opensc-tool >/dev/null || return 0
	with_timeout opensc-tool --list-drivers >/dev/null
	[ $? = 124 ] || return 0
	problem card-busy
	return 1
}

# Prints the name that OpenSC's driver gives the card in reader $1, or in the first reader with a card.
name_card() {
	with_timeout opensc-tool ${1:+--reader "$1"} --name
}

# Warns of several cards, because a PIN must not go to another person's card.
check_other_cards() {
	ours=''
	case $with_card in
	*"$line_end"*) ;;
	*) return ;;
	esac
	for number in $with_card; do
		case $(name_card "$number") in
		'My Number Card'*) ours=${ours:+$ours, }$number ;;
		esac
	done
	case $ours in
	*,*) problem several-cards "$ours" ;;
	esac
}

# Checks the name of the card that programs take if no reader is named.
check_card() {
	name=$(name_card)
	status=$?
	case $status:$name in
	0:'My Number Card'*) return 0 ;;
	124:*) problem card-busy ;;
	*) explain_card ;;
	esac
	return 1
}

# Finds out from OpenSC's log why the card is not recognised. If a block card_atr fits, OpenSC asks no other driver. If our driver is not loaded,
# the name from another driver means nothing.
explain_card() {
	log=$(OPENSC_DEBUG=3 timeout --foreground 20 opensc-tool --name 2>&1 | head -c 1000000)
	case $log in
	*'SCardConnect failed: 0x8010006a'*) problem pcscd-refuses ;;
	*'SCardConnect failed: 0x8010000b'*) problem card-busy ;;
	*'matching built-in ATRs'*) explain_unknown_card ;;
	*"matched driver '"*) problem card-atr "$(printf '%s\n' "$log" | sed -n "s/.*matched driver '\(.*\)'.*/\1/p" | head -n 1)" ;;
	*) explain_unknown_card ;;
	esac
}

card_atr() {
	opensc-tool --atr 2>/dev/null
}

explain_unknown_card() {
	if [ "$status" != 0 ]; then
		problem card-silent "$(opensc-tool --name 2>&1 | tail -n 1)"
	elif [ "$(loaded_driver)" = mynumber ]; then
		problem unknown-card "OpenSC says: $name"
	fi
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

# Names the applications that not every card has. They are no problem.
report_optional_applications() {
	listed=$(with_timeout pkcs15-tool --list-data-objects | sed -n 's/^[[:space:]]*applicationName: //p' | sort -u)
	for application in $listed; do
		case $application in
		Licence) say "The card has the application Licence: a driving licence (マイナ免許証の情報が入っています)" ;;
		Residence) say "The card has the application Residence: it is a residence card, too (特定在留カードまたは特定特別永住者証明書です)" ;;
		esac
	done
}

check_objects() {
	command -v pkcs15-tool >/dev/null || return 0
	keys=$(with_timeout pkcs15-tool --list-keys)
	status=$?
	case $status:$keys in
	124:*) problem card-busy ;;
	*'User Authentication Key'*)
		report_pins
		report_optional_applications ;;
	*) [ "$problems" != 0 ] || problem no-objects ;;
	esac
}
