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

# Prints the full version of OpenSC, e.g. 0.23.0 or 0.26.0-rc1, or nothing if it is not installed.
opensc_version() {
	opensc-tool --info 2>/dev/null | sed -n '1s/^[^0-9]*\([^ ,]*\).*/\1/p'
}

# True if OpenSC is older than version $1.
is_opensc_before() {
	version=$(opensc_version)
	[ -n "$version" ] && [ "$(printf '%s\n' "$version" "$1" | sort -V | head -n 1)" != "$1" ]
}

check_environment() {
	[ -z "${OPENSC_DRIVER-}" ] || [ "$OPENSC_DRIVER" = mynumber ] || problem env-driver "$OPENSC_DRIVER"
	command -v opensc-tool >/dev/null || problem no-opensc
}

doctor() {
	export OPENSC_CONF="$conf"
	export LC_ALL=C.UTF-8
	unset OPENSC_DEBUG
	check_environment
	if check_configuration; then
		check_module
		if check_waiting; then
			check_loading
			check_cache
			! check_reader || check_objects
		fi
	fi
	sum_up
}

# Prints how many problems were found, and returns 1 if there are any.
sum_up() {
	if [ "$problems" = 0 ]; then
		say "nothing wrong was found (問題は見つかりませんでした)"
		return 0
	fi
	printf '\n%s\n' "problems found (見つかった問題): $problems"
	[ -z "$not_enabled" ] || say "After enable, run doctor again: it then checks the reader and the card (enable の後で、もう一度 doctor を実行してください。リーダライタとカードを調べます)"
	return 1
}
