# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
# opensc-mynumber-config as it was built, for the module that was built.

module=$builddir/.libs/opensc-mynumber.so

config() {
	"${config_runner[@]}" "$builddir/tools/opensc-mynumber-config" -m "$module" "$@"
}
config_runner=()
