#!/bin/sh
# shellcheck disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# opensc-mynumber-config: enables the driver in opensc.conf, and diagnoses why a card is not recognised.
# make joins the files of tools/config/ into one program.
set -u

module='@moduledir@/opensc-mynumber.so'
built_for='@opensc_version@'
libexecdir='@libexecdir@/opensc-mynumber'
system_conf=/etc/opensc/opensc.conf
[ -f "$system_conf" ] || [ ! -f /etc/opensc.conf ] || system_conf=/etc/opensc.conf # as on Fedora
conf=${OPENSC_CONF:-$system_conf}
line_end='
'

usage() {
	cat <<-END
	Usage: opensc-mynumber-config [-c FILE] [-m MODULE] enable|disable|status|doctor
	       opensc-mynumber-config [-c FILE] [-m MODULE] [-p PINS] [-r READER] report

	  enable   add the driver for the My Number Card to OpenSC's configuration
	  disable  remove the driver; the file is then byte for byte the same as before
	  status   show whether the driver is enabled, and with which files
	  doctor   find out why a card is not recognised, and what to do (英語と日本語で表示します)
	  report   compare a card with the known facts; prints no personal data

	  -c FILE    configuration file [$conf]
	  -m MODULE  driver module [$module]
	  -p PINS    report: ask for these PINs and test what needs them (auth, sign, text, code-a, code-b, birth)
	  -r READER  report: number of the reader; needed if several readers have a card
	  -h, -V     print this help, or the version; also --help and --version
	END
}

say() { printf '%s\n' "$*"; }
complain() { printf 'opensc-mynumber-config: %s\n' "$*" >&2; }

# run_conf_awk JOB FILE: runs a job of conf.awk on the file.
run_conf_awk() {
	unterminated=0
	last=$(tail -c 1 -- "$2") || return 1
	[ -z "$last" ] || unterminated=1
	LC_ALL=C MODULE=$module awk -v job="$1" -v unterminated="$unterminated" "$conf_awk" <"$2"
}

# True if this program can change the file.
# shellcheck disable=SC2094 # both commands only read it
can_change_conf() {
	if [ ! -f "$file" ]; then
		complain "the file $conf does not exist. Install OpenSC, or name the file with -c (設定ファイルがありません。OpenSC をインストールするか、-c でファイルを指定してください)"
	elif [ ! -w "$folder" ]; then
		complain "you have no permission to write in $folder. Run as root: sudo opensc-mynumber-config -c $conf $1 ($folder に書き込む権限がありません。root で実行してください)"
	elif ! tr -d '\000' <"$file" | cmp -s - "$file"; then
		complain "$file is not a text file. Nothing was changed. Restore OpenSC's original file, or name another one with -c (テキストファイルではないため、何も変更していません。OpenSC の元の設定ファイルに戻すか、-c で別のファイルを指定してください)"
	else
		return 0
	fi
	return 1
}

print_rights() {
	stat -c "%a %u:%g${context:+ %C}" -- "$1"
}

# Gives $new the mode, owner, ACL and attributes of $file, and its context if SELinux is on.
copy_rights() {
	cp --attributes-only --preserve=mode,ownership,xattr -- "$file" "$new" || return
	context=''
	if [ -e /sys/fs/selinux/enforce ]; then
		context=kept
		chcon --reference="$file" -- "$new" || return
	fi
	wanted=$(print_rights "$file") && [ "$wanted" = "$(print_rights "$new")" ]
}

# Writes the result of the job $1 to $new, with the rights of the file, and syncs it. Compares what was written, because not every awk
# notices a full disk.
write_new_conf() {
	run_conf_awk "$1" "$file" >"$new" || return
	run_conf_awk "$1" "$file" 2>/dev/null | cmp -s - "$new" && copy_rights && sync -- "$new"
}

# Overwrites the file with the content of $1.
overwrite_conf() {
	dd if="$1" of="$file" conv=notrunc,fsync status=none && truncate --reference="$1" -- "$file"
	cmp -s -- "$1" "$file"
}

# Replaces the file by $new in one step. A file with several names (hard links) must be overwritten instead. If that fails, its old content
# is written back; the disk has room for it, because it was there before.
replace_conf() {
	names=$(stat -c %h -- "$file") || return
	if [ "$names" = 1 ]; then
		mv -f -T -- "$new" "$file"
		return
	fi
	old=$(mktemp "$file.XXXXXX") && cp -- "$file" "$old" && cmp -s -- "$file" "$old" && sync -- "$old" || return
	overwrite_conf "$new" && return
	overwrite_conf "$old" || {
		complain "$file is damaged. Restore its copy: cp $old $file (ファイルが壊れました。このコマンドで、コピーから元に戻してください)"
		old=''
	}
	return 1
}

complain_unchanged() {
	complain "$file: nothing was changed. Check the free space in $folder, and your permission to write the file and to set its owner. Then repeat the command (何も変更していません。空き容量があること、ファイルに書き込んで所有者を設定する権限があることを確認し、もう一度実行してください)"
	return 1
}

# change_conf JOB CHECK: changes the configuration by a job of conf.awk, if the function CHECK succeeds on the new file.
change_conf() {
	file=$(readlink -f -- "$conf") && folder=$(dirname -- "$file")
	new='' old=''
	can_change_conf "$1" || return
	trap 'rm -f -- ${new:+"$new"} ${old:+"$old"}' EXIT
	trap 'exit 1' HUP INT TERM
	new=$(mktemp "$file.XXXXXX") || complain_unchanged || return
	write_new_conf "$1" || {
		[ $? != 3 ] || { complain "$file: nothing was changed (何も変更していません)"; return 1; }
		complain_unchanged || return
	}
	if cmp -s -- "$file" "$new"; then
		say "$file: nothing to do (変更の必要はありません)"
		return 0
	fi
	"$2" "$new" || return
	replace_conf || complain_unchanged || return
	sync -- "$folder" || complain "the change is made, but it may be lost if the power fails now (この直後に電源が切れると、変更が失われるおそれがあります)"
	say "$file: $1d"
}

# True for a regular file that can be read. A pipe or a device might never end.
is_readable() {
	[ -f "$1" ] && [ -r "$1" ]
}

# Prints the module in the configuration, or nothing if the configuration is not complete.
enabled_module() {
	is_readable "$conf" && facts=$(run_conf_awk facts "$conf" 2>/dev/null) || return
	needed=$(printf '%s\n' "$facts" | sed '/^+/d')
	[ "$(printf '%s\n' "$needed" | cut -f 1)" != =module ] || printf '%s\n' "$needed" | cut -f 2-
}

# True if OpenSC loads the driver with the configuration $1.
expect_loaded() {
	[ "$(OPENSC_CONF=$1 loaded_driver)" != mynumber ] || return 0
	complain "OpenSC does not load $module. Nothing was changed. Install the package for your version of OpenSC, and opensc-tool if it is missing (OpenSC がモジュールを読み込まないため、何も変更していません。お使いの OpenSC 用のパッケージをインストールしてください。opensc-tool がない場合は、opensc-tool をインストールしてください)"
	return 1
}

# opensc.conf has no syntax for a quotation mark or an end of line in a value.
module_is_valid() {
	case $module in
	*\"* | *"$line_end"* | *"$(printf '\r')"*) complain "the path of the module contains \" or an end of line. Move the module (モジュールのパスに引用符や改行は使えません。モジュールを移動してください)" ;;
	/*) [ ! -f "$module" ] || return 0
		complain "the module $module does not exist. Name the module with -m (モジュールがありません。-m で指定してください)" ;;
	*) complain "the path of the module does not begin with /: $module. Write the full path (モジュールのパスは / で始めてください)" ;;
	esac
	return 1
}

enable_driver() {
	module_is_valid || return
	if [ "$(enabled_module)" != "$module" ]; then
		change_conf enable expect_loaded || return
	elif [ "$(OPENSC_CONF=$conf loaded_driver)" = mynumber ]; then
		say "$conf: already enabled (すでに有効です)"
	else
		say_not_loaded
		return 1
	fi
	say_next_step
}

say_next_step() {
	say "Next: restart the programs that use the card, put the card into the reader or on it, and run as a normal user: opensc-mynumber-config doctor"
	say "(次に、カードを使うプログラムを再起動し、カードをリーダライタに入れるか置いて、一般ユーザーで opensc-mynumber-config doctor を実行してください)"
}

# Prints the command that enables the driver in this configuration. sudo removes OPENSC_CONF from the environment.
enable_command() {
	if [ "$conf" = "$system_conf" ]; then
		say 'sudo opensc-mynumber-config enable'
	else
		say "sudo opensc-mynumber-config enable -c $conf"
	fi
}

disable_driver() {
	change_conf disable true || return
	[ -n "$(enabled_module)" ] || return 0
	complain "$conf still enables the driver, in lines that this program did not write. Remove them by hand (このコマンドが書いたものではない設定が残っているため、ドライバーは有効なままです。その行を手作業で削除してください)"
	return 1
}

# Prints the driver that OpenSC asks first.
loaded_driver() {
	opensc-tool --list-drivers 2>/dev/null | sed -n '2s/^ *\([^ ]*\).*/\1/p'
}

say_not_loaded() {
	say "$conf names the driver, but OpenSC does not load it. Find the reason with opensc-mynumber-config doctor (設定はありますが、OpenSC がドライバーを読み込みません。原因は opensc-mynumber-config doctor で分かります)"
}

status() {
	say "configuration: $conf"
	say "module:        $module, for OpenSC $built_for"
	enabled=$(enabled_module)
	if [ -z "$enabled" ]; then
		say_not_enabled
		return 1
	elif [ "$(OPENSC_CONF=$conf loaded_driver)" != mynumber ]; then
		say_not_loaded
		return 1
	elif [ "$enabled" = "$module" ]; then
		say "enabled (有効)"
	else
		say "enabled, with another module (有効。ただし、別のモジュールを使っています): $enabled"
	fi
}

say_not_enabled() {
	if is_readable "$conf" && ! grep -q '^[^#]*mynumber' "$conf"; then
		say "not enabled. Run as root: $(enable_command) (無効。$(enable_command) を実行してください)"
	else
		say "not enabled. Find the reason with opensc-mynumber-config doctor (無効。原因は opensc-mynumber-config doctor で分かります)"
	fi
}

# If the program was called by a path, as in the build directory, the report program is beside it. A name without a path may come from any
# directory of PATH.
report() {
	program=$libexecdir/opensc-mynumber-report
	case $0 in
	*/*) [ ! -x "${0%/*}/opensc-mynumber-report" ] || program=${0%/*}/opensc-mynumber-report ;;
	esac
	[ ! -x "$program" ] || OPENSC_CONF=$conf exec "$program" ${pins:+-p "$pins"} ${reader:+-r "$reader"}
	complain "$program does not exist. Reinstall opensc-mynumber (opensc-mynumber をインストールし直してください)"
	return 1
}

# getopts knows no long options.
take_long_option() {
	case $1 in
	--help) usage ;;
	--version) say 'opensc-mynumber-config @PACKAGE_VERSION@' ;;
	*) return ;;
	esac
	exit 0
}

# Takes the options at the beginning of the arguments. The first argument behind them is number OPTIND.
take_options() {
	OPTIND=1
	while getopts c:m:p:r:hV option; do
		case $option in
		c) conf=$OPTARG ;;
		m) module=$OPTARG ;;
		p) pins=$OPTARG ;;
		r) reader=$OPTARG ;;
		h) take_long_option --help ;;
		V) take_long_option --version ;;
		*) usage >&2; exit 2 ;;
		esac
	done
}

main() {
	pins='' reader=''
	for argument; do
		take_long_option "$argument"
	done
	take_options "$@"
	shift $((OPTIND - 1))
	command=${1-}
	[ $# = 0 ] || shift
	take_options "$@"
	shift $((OPTIND - 1))
	case $conf in
	*"$line_end"*) complain "the name of the configuration must not contain an end of line (改行を含むファイル名は使えません)"; return 2 ;;
	-*) conf=./$conf ;; # so that no program takes it for an option
	esac
	case $#:$command in
	0:enable) enable_driver ;;
	0:disable) disable_driver ;;
	0:status | 0:doctor | 0:report) "$command" ;;
	*) usage >&2; return 2 ;;
	esac
}
