# shellcheck shell=sh disable=SC2154,SC2034
# SPDX-License-Identifier: LGPL-2.1-or-later
# doctor: finds out why OpenSC does not recognise a My Number Card. It changes nothing and sends no PIN.

problems=0

# problem NAME [DETAIL]: prints a finding and its remedy from messages.sh, and counts it.
problem() {
	problems=$((problems + 1))
	detail=${2-}
	message "$1"
	printf '\n[%s] %s\n    %s\n    %s\n' "$1" "$finding" "$remedy" "$japanese"
}

check_environment() {
	[ -z "${OPENSC_DRIVER-}" ] || [ "$OPENSC_DRIVER" = mynumber ] || problem env-driver "$OPENSC_DRIVER"
	command -v opensc-tool >/dev/null || problem no-opensc
}

# Checks the content of the configuration. Sets conf_module.
check_configuration() {
	conf_module=''
	if ! is_readable "$conf"; then
		problem no-configuration "$conf"
		return
	fi
	facts=$(run_conf_awk facts "$conf" 2>&1) || {
		problem configuration-not-understood "$(printf '%s' "$facts" | head -n 1)"
		return
	}
	while IFS="$(printf '\t')" read -r name what; do
		case $name in
		'') ;;
		=module) conf_module=$what ;;
		=trusted_cv_keys) is_readable "$what" || problem no-trusted-keys "$what" ;;
		*) problem "$name" "$what" ;;
		esac
	done <<-END
	$facts
	END
}

# Checks whether OpenSC can load the module that the configuration names.
check_module() {
	[ -n "$conf_module" ] || return 0
	case $conf_module in
	/*) ;;
	*) problem module-relative "$conf_module"; return ;;
	esac
	if [ ! -e "$conf_module" ]; then
		problem module-missing "$conf_module"
	elif [ ! -r "$conf_module" ]; then
		problem module-unreadable "$conf_module"
	elif [ ! -f "$conf_module" ]; then
		problem module-no-library "$conf_module"
	elif [ "$(head -c 4 "$conf_module" | tr '\177' '.')" != .ELF ]; then
		problem module-no-library "$conf_module"
	elif ! grep -a -q sc_pkcs15_init_func_ex "$conf_module"; then
		problem module-other "$conf_module"
	else
		check_libraries
	fi
}

# Checks the libraries. A module that is not linked to libopensc works in opensc-tool, but crashes every program that loads opensc-pkcs11.so.
check_libraries() {
	libraries=$(ldd "$conf_module" 2>&1)
	case $libraries in
	*'=> not found'*) problem library-missing "$(printf '%s\n' "$libraries" | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p' | xargs)" ;;
	*libopensc.so.*) ;;
	*) problem no-libopensc "$conf_module" ;;
	esac
}

# Checks whether OpenSC loads the driver. Only its log gives the reason if it does not.
check_loading() {
	command -v opensc-tool >/dev/null || return 0
	[ "$(loaded_driver)" != mynumber ] || return 0
	log=$(OPENSC_DEBUG=3 opensc-tool --list-drivers 2>&1 | head -c 200000) # the log of a broken set-up may be endless
	case $log in
	*'Failed to establish context: Unable to load external module'*) problem no-pcsc-library ;;
	*"$conf_module"*'invalid module version'*) problem wrong-version "$(opensc-tool --info 2>/dev/null | sed -n '1s/[^0-9]*\([0-9.]*\).*/\1/p')" ;;
	*'cannot load '"$conf_module"*) [ "$problems" != 0 ] || problem not-loadable "$(printf '%s\n' "$log" | sed -n 's/.*cannot load .* library: //p' | head -n 1)" ;;
	*) [ "$problems" != 0 ] || problem not-loaded ;;
	esac
}

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

doctor() {
	export OPENSC_CONF="$conf"
	export LC_ALL=C.UTF-8
	unset OPENSC_DEBUG
	check_environment
	check_configuration
	check_module
	check_loading
	check_cache
	if check_reader; then
		check_objects
	fi
	if [ "$problems" = 0 ]; then
		say "nothing wrong was found (問題は見つかりませんでした)"
		return 0
	fi
	printf '\n%s\n' "problems found (見つかった問題): $problems"
	return 1
}
