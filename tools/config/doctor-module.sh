# shellcheck shell=sh disable=SC2154,SC2034
# SPDX-License-Identifier: LGPL-2.1-or-later
# doctor: whether OpenSC can load the module, and loads it.

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

# Prints the version of OpenSC that the module was built for. plugin/module.c contains it behind these words.
module_version() {
	LC_ALL=C grep -a -o 'built for OpenSC [[:graph:]]*' "$conf_module" | head -n 1 | sed 's/.* //'
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
	*"$conf_module"*'invalid module version'*) problem wrong-version "$(module_version)" ;;
	*'cannot load '"$conf_module"*) [ "$problems" != 0 ] || problem not-loadable "$(printf '%s\n' "$log" | sed -n 's/.*cannot load .* library: //p' | head -n 1)" ;;
	*) [ "$problems" != 0 ] || problem not-loaded ;;
	esac
}
