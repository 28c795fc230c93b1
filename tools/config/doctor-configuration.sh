# shellcheck shell=sh disable=SC2154,SC2034
# SPDX-License-Identifier: LGPL-2.1-or-later
# doctor: what opensc.conf says.

# Checks the content of the configuration. Sets conf_module. Returns 1 if the driver is not enabled.
check_configuration() {
	conf_module='' not_enabled=''
	if ! is_readable "$conf"; then
		problem no-configuration "$conf"
		return
	fi
	facts=$(run_conf_awk facts "$conf" 2>&1) || {
		problem configuration-not-understood "$(printf '%s' "$facts" | head -n 1)"
		return
	}
	while IFS="$(printf '\t')" read -r name what; do
		report_fact "${name#+}" "$what"
	done <<-END
	$facts
	END
	[ -z "$not_enabled" ]
}

report_fact() {
	case $1 in
	'') ;;
	=module) conf_module=$2 ;;
	=trusted_*) is_readable "$2" || problem no-trusted-keys "${1#=}: $2" ;;
	disable-colors) is_opensc_before 0.24 && problem "$1" "$2" ;;
	application-disabled-by-no) is_opensc_before 0.26 && problem application-disabled "$2" ;;
	not-enabled | no-app-default) not_enabled=yes; problem "$1" ;;
	*) problem "$1" "$2" ;;
	esac
}
