# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# What bash, fish and zsh complete of the tools' command lines.

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

# fish_options COMMAND: the long options that fish offers.
fish_options() {
	fish --no-config -c "source '$srcdir/tools/completion.fish'; complete -C '$1 --'" | cut -f 1 | sort
}

# zsh_options COMMAND: the long options that are given to zsh's function _arguments, which this replaces.
zsh_options() {
	zsh -f -c 'function _arguments { print -rl -- "$@" }; function complete_it { service=$1; . "$2" }; complete_it "$1" "$2"' \
		zsh "$1" "$srcdir/tools/completion.zsh" | sed -n -E 's/^(\([^)]*\))?(--[a-z-]+).*/\2/p' | sort
}

# The options of one letter that opensc-mynumber-config explains.
short_options() {
	"$builddir/tools/opensc-mynumber-config" --help | grep -o -E '^ +-[a-zA-Z](, -V)?' | grep -o -E '[a-zA-Z]' | sort
}

test_fish_completes_every_option() {
	local program
	require fish
	for program in mynumber-card-face mynumber-card-status; do
		expect_equal "$(long_options $program)" "$(fish_options $program)" "the options of $program"
	done
	expect_equal "$(short_options)" "$(grep -o -E '^complete -c opensc-mynumber-config -s .' "$srcdir/tools/completion.fish" | grep -o '.$' | sort)" \
		"the options of opensc-mynumber-config"
	expect_equal "both" "$(fish --no-config -c "source '$srcdir/tools/completion.fish'; complete -C 'mynumber-card-face --lang b'" | cut -f 1)" "the language"
}

test_zsh_completes_every_option() {
	local program
	require zsh
	for program in mynumber-card-face mynumber-card-status; do
		expect_equal "$(long_options $program)" "$(zsh_options $program)" "the options of $program"
	done
	expect_equal "--help
--version" "$(zsh_options opensc-mynumber-config)" "the options of opensc-mynumber-config"
}

# Installed, each command has its lines, and zsh finds its file.
test_completions_are_installed() {
	make -s -C "$builddir" install-data-local DESTDIR="$PWD/installed" prefix=/usr >/dev/null
	expect_equal "bash-completion/completions/mynumber-card-face
bash-completion/completions/mynumber-card-status
bash-completion/completions/opensc-mynumber-config
fish/vendor_completions.d/mynumber-card-face.fish
fish/vendor_completions.d/mynumber-card-status.fish
fish/vendor_completions.d/opensc-mynumber-config.fish
zsh/site-functions/_opensc-mynumber" "$(cd installed/usr/share && find . -type f | sed 's|^./||' | LC_ALL=C sort)" "the files"
	expect_equal "complete -c mynumber-card-status" "$(cut -d ' ' -f 1-3 installed/usr/share/fish/vendor_completions.d/mynumber-card-status.fish | sort -u)" "the lines of a command"
	expect_match '^#compdef .*mynumber-card-status' "$(head -n 1 installed/usr/share/zsh/site-functions/_opensc-mynumber)"
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
