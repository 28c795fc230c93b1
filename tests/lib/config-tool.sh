# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
# opensc-mynumber-config as it was built, for the module that was built.

module=$builddir/.libs/opensc-mynumber.so

config() {
	"${config_runner[@]}" "$builddir/tools/opensc-mynumber-config" -m "$module" "$@"
}
config_runner=()

# --- doctor

# expect_found NAME...: doctor finds these and nothing else.
expect_found() {
	fails config doctor
	expect_equal "$*" "$(sed -n 's/^\[\([a-z-]*\)\] .*/\1/p' <<<"$output" | xargs)" "what doctor finds"
	expect_equal $(($# * 3)) "$(grep -c '^\[\|^    ' <<<"$output")" "lines of findings"
	expect_lacks '    
' "$output"
}

# change SED-SCRIPT: of the configuration.
change() {
	sed -i "$1" "$OPENSC_CONF"
}

# module_is FILE: in both places.
module_is() {
	change "s|$module|$1|"
}

# library NAME C-CODE [FLAGS]: compiles NAME.
library() {
	require "${TEST_CC%% *}"
	printf '%s\n' "$2" >code.c
	$TEST_CC -shared -fPIC -o "$1" code.c "${@:3}"
}
