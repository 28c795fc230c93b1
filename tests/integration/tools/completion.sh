# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# What bash completes of the tools' command lines.

# completed FUNCTION COMMAND WORD BEFORE: prints what the function offers.
completed() {
	bash -c '. "$1"; compopt() { :; }; "${@:2}"; printf "%s\n" "${COMPREPLY[@]}"' bash "$srcdir/tools/completion.bash" "$@"
}

# The options that the program COMMAND explains in its help.
long_options() {
	"$builddir/tools/$1" --help | grep -o -E '^ +(-[a-z], )?--[a-z-]+' -i | sed 's/.* //' | sort
}

test_every_option_is_completed() {
	local program
	for program in mynumber-card-face mynumber-card-status; do
		expect_equal "$(long_options $program)" "$(completed _mynumber_card $program -- '' | sort)" "the options of $program"
	done
}

test_values_are_completed() {
	expect_equal "both" "$(completed _mynumber_card mynumber-card-face b --lang)"
	expect_equal "ja
en" "$(completed _mynumber_card mynumber-card-status '' -l)"
	expect_equal 0 "$(completed _mynumber_card mynumber-card-face '' --reader)"
	touch code
	expect_equal code "$(completed _mynumber_card mynumber-card-face co --code-file)"
	expect_equal doctor "$(completed _opensc_mynumber_config opensc-mynumber-config doc '')"
}

test_completion_sends_no_pin() {
	completed _mynumber_card mynumber-card-face '' --reader
	expect_equal 0 "$(count_apdus '> 002000')" "the number of PIN commands"
}
