# shellcheck shell=sh disable=SC2154,SC2034
# SPDX-License-Identifier: LGPL-2.1-or-later
# doctor: what opensc.conf says.

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
