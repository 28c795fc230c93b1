# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
# opensc-mynumber-config as it was built, for the module that was built.

module=$builddir/.libs/opensc-mynumber.so

# No reader of this machine is seen, only those that plug_in adds.
config() {
	OPENSC_MYNUMBER_SYSFS=$PWD/sys "${config_runner[@]}" "$builddir/tools/opensc-mynumber-config" -m "$module" "$@"
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

expect_nothing_found() {
	expect_match '^nothing wrong was found' "$(config doctor)"
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

# pcsc_with C-CODE: the PC/SC library of the virtual card, with these functions in place of its own.
pcsc_with() {
	library pcsc.so "$1" -Wl,--no-as-needed "$builddir/.libs/libvirtual-card-pcsc.so" "-Wl,-rpath,$(cd "$builddir" && pwd)/.libs"
	change "s|provider_library = [^;]*|provider_library = \"$PWD/pcsc.so\"|"
}

# A PC/SC library without readers.
pcsc_without_readers() {
	pcsc_with 'long SCardListReaders(void); long SCardListReaders(void) { return 0x8010002E; }'
}

# as_user COMMAND: root, too, as one that may not do everything.
as_user() {
	[ "$(id -u)" != 0 ] || config_runner=(setpriv '--bounding-set=-dac_override,-dac_read_search')
	"$@"
}
