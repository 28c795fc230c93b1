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
