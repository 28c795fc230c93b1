# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Completes the options of mynumber-card-face, mynumber-card-status and opensc-mynumber-config in bash.

_mynumber_words() {
	mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

_mynumber_files() {
	compopt -o filenames
	mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

# The numbers of the readers, as opensc-tool lists them. This sends nothing to a card.
_mynumber_readers() {
	_mynumber_words "$(opensc-tool --list-readers 2>/dev/null | awk '$1 ~ /^[0-9]+$/ { print $1 }')" "$1"
}

# bash calls it with the command, the word, and the word before.
_mynumber_card() {
	local options="--lang --reader --wait --help --version"
	case $1:$3 in
	*:-r | *:--reader) _mynumber_readers "$2" ;;
	*card-face:-l | *card-face:--lang) _mynumber_words "ja en both" "$2" ;;
	*:-l | *:--lang) _mynumber_words "ja en" "$2" ;;
	*:-o | *:--output | *:-c | *:--code-file | *:--licence-pin-file) _mynumber_files "$2" ;;
	*card-face:*) _mynumber_words "--output --text --json --code-file --licence --licence-pin-file $options" "$2" ;;
	*) _mynumber_words "--json --number --signature $options" "$2" ;;
	esac
}

_opensc_mynumber_config() {
	case $3 in
	-r) _mynumber_readers "$2" ;;
	-p) _mynumber_words "auth sign text code-a code-b birth" "$2" ;;
	-c | -m) _mynumber_files "$2" ;;
	*) _mynumber_words "enable disable status doctor report -c -m -p -r --help --version" "$2" ;;
	esac
}

complete -F _mynumber_card mynumber-card-face mynumber-card-status
complete -F _opensc_mynumber_config opensc-mynumber-config
