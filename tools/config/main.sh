#!/bin/sh
# shellcheck disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# opensc-mynumber-config: puts the My Number Card into opensc.conf, and finds out why it is not seen.
# make joins the files of tools/config/ to one program.
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
	  disable  take it out again: the file is then what it was, to the byte
	  status   say whether it is enabled, and where
	  doctor   find out why a card is not seen, and what to do (英語と日本語で表示します)
	  report   compare a card with what is known of such cards; prints nothing personal

	  -c FILE    the configuration [$conf]
	  -m MODULE  the module [$module]
	  -p PINS    report: ask for these PINs (auth, sign, text, code-a, code-b, birth), try what needs them
	  -r READER  report: the reader, by its number; needed where several have a card
	  -h, -V     print this, the version
	END
}

say() { printf '%s\n' "$*"; }
complain() { printf 'opensc-mynumber-config: %s\n' "$*" >&2; }

# Runs conf.awk's job $1 on the file $2.
conf_job() {
	unterminated=0
	last=$(tail -c 1 -- "$2") || return 1
	[ -z "$last" ] || unterminated=1
	LC_ALL=C MODULE=$module awk -v job="$1" -v unterminated="$unterminated" "$conf_awk" <"$2"
}

# True if the job $1 may change the file.
# shellcheck disable=SC2094 # both only read it
may_edit() {
	if [ ! -f "$file" ]; then
		complain "there is no file $conf: install OpenSC, or name the file by -c (設定ファイルがありません。OpenSC をインストールするか、-c でファイルを指定してください)"
	elif [ ! -w "$folder" ]; then
		complain "you may not write in $folder; as root: sudo opensc-mynumber-config -c $conf $1 ($folder に書き込む権限がありません。root で実行してください)"
	elif ! tr -d '\000' <"$file" | cmp -s - "$file"; then
		complain "$file is not a text file, nothing was changed: put OpenSC's own back, or name another by -c (テキストファイルではないため、何も変更していません。OpenSC の元の設定ファイルに戻すか、-c で別のファイルを指定してください)"
	else
		return 0
	fi
	return 1
}

rights() {
	stat -c "%a %u:%g${context:+ %C}" -- "$1"
}

# Gives $new the mode, owner, ACL and attributes of $file. Only where SELinux is on is there a context to keep.
keep_rights() {
	cp --attributes-only --preserve=mode,ownership,xattr -- "$file" "$new" || return
	context=''
	if [ -e /sys/fs/selinux/enforce ]; then
		context=kept
		chcon --reference="$file" -- "$new" || return
	fi
	wanted=$(rights "$file") && [ "$wanted" = "$(rights "$new")" ]
}

# Makes $new what the job $1 makes of the file, on the disk, with the file's rights. What was written is compared: not every awk
# notices a full disk.
write_new() {
	conf_job "$1" "$file" >"$new" || return
	conf_job "$1" "$file" 2>/dev/null | cmp -s - "$new" && keep_rights && sync -- "$new"
}

# The content of $1, written over that of the file, to its end.
write_over() {
	dd if="$1" of="$file" conv=notrunc,fsync status=none && truncate --reference="$1" -- "$file"
	cmp -s -- "$1" "$file"
}

# Puts $new into the place of the file, at once. A file of several names (hard links) has to be written over: where that fails it is
# set back, for which the disk has room, as it held it before.
replace() {
	names=$(stat -c %h -- "$file") || return
	if [ "$names" = 1 ]; then
		mv -f -T -- "$new" "$file"
		return
	fi
	old=$(mktemp "$file.XXXXXX") && cp -- "$file" "$old" && cmp -s -- "$file" "$old" && sync -- "$old" || return
	write_over "$new" && return
	write_over "$old" || {
		complain "$file is damaged; put its copy back: cp $old $file (ファイルが壊れました。このコマンドで、コピーから元に戻してください)"
		old=''
	}
	return 1
}

unchanged() {
	complain "$file: nothing was changed. Is there space in $folder, and may you write the file and set its owner? Then repeat the command (何も変更していません。空き容量があること、ファイルに書き込んで所有者を設定する権限があることを確認し、もう一度実行してください)"
	return 1
}

# Has the job $1 change the configuration, if it does; before that the check $2 must hold of the new one.
edit() {
	file=$(readlink -f -- "$conf") && folder=$(dirname -- "$file")
	new='' old=''
	may_edit "$1" || return
	trap 'rm -f -- ${new:+"$new"} ${old:+"$old"}' EXIT
	trap 'exit 1' HUP INT TERM
	new=$(mktemp "$file.XXXXXX") || unchanged || return
	write_new "$1" || {
		[ $? != 3 ] || { complain "$file: nothing was changed (何も変更していません)"; return 1; }
		unchanged || return
	}
	if cmp -s -- "$file" "$new"; then
		say "$file: nothing to do (変更の必要はありません)"
		return 0
	fi
	"$2" "$new" || return
	replace || unchanged || return
	sync -- "$folder" || complain "the change may be lost if the power fails now (この直後に電源が切れると、変更が失われるおそれがあります)"
	say "$file: $1d"
}

# Not a pipe or a device, which might never end.
is_readable() {
	[ -f "$1" ] && [ -r "$1" ]
}

# The module with which the configuration says all that the driver needs; nothing where it lacks something.
enabled_module() {
	is_readable "$conf" && facts=$(conf_job facts "$conf" 2>/dev/null) || return
	needed=$(printf '%s\n' "$facts" | sed '/^unknown-key\|^bad-value\|^few-slots\|^cache-private\|^=trusted/d')
	[ "$(printf '%s\n' "$needed" | cut -f 1)" != =module ] || printf '%s\n' "$needed" | cut -f 2-
}

# True if OpenSC loads the driver with the configuration $1.
expect_loaded() {
	[ "$(OPENSC_CONF=$1 loaded_driver)" != mynumber ] || return 0
	complain "OpenSC does not load $module, so nothing was changed: install the package for your OpenSC, or opensc-tool where it is missing (OpenSC がモジュールを読み込まないため、何も変更していません。お使いの OpenSC 用のパッケージをインストールしてください。opensc-tool がない場合は、opensc-tool をインストールしてください)"
	return 1
}

# OpenSC's file has no way to write a quotation mark or an end of line in a value.
may_enable() {
	case $module in
	*\"* | *"$line_end"* | *"$(printf '\r')"*) complain "a module's path may hold neither \" nor an end of line: move the module (モジュールのパスに引用符や改行は使えません。モジュールを移動してください)" ;;
	/*) [ ! -f "$module" ] || return 0
		complain "there is no $module; name the module by -m (モジュールがありません。-m で指定してください)" ;;
	*) complain "the path of the module must begin with /: $module (モジュールのパスは / で始めてください)" ;;
	esac
	return 1
}

enable_driver() {
	may_enable || return
	if [ "$(enabled_module)" != "$module" ]; then
		edit enable expect_loaded
	elif [ "$(OPENSC_CONF=$conf loaded_driver)" = mynumber ]; then
		say "$conf: already enabled (すでに有効です)"
	else
		say_not_loaded
		return 1
	fi
}

disable_driver() {
	edit disable true || return
	[ -n "$(enabled_module)" ] || return 0
	complain "$conf still enables the driver, in lines that this program did not write: take them out by hand (このコマンドが書いたものではない設定が残っているため、ドライバーは有効なままです。その行を手作業で削除してください)"
	return 1
}

# The driver that OpenSC asks first.
loaded_driver() {
	opensc-tool --list-drivers 2>/dev/null | sed -n '2s/^ *\([^ ]*\).*/\1/p'
}

say_not_loaded() {
	say "$conf names the driver, but OpenSC does not load it; opensc-mynumber-config doctor says why (設定はありますが、OpenSC がドライバーを読み込みません。原因は opensc-mynumber-config doctor で分かります)"
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
		say "not enabled; as root: sudo opensc-mynumber-config enable (無効。root で opensc-mynumber-config enable を実行してください)"
	else
		say "not enabled; opensc-mynumber-config doctor says why (無効。原因は opensc-mynumber-config doctor で分かります)"
	fi
}

# Where the program was called by a path, as in the folder where it was built, the report is beside it. A name alone may stand for
# any folder of PATH, also where a shell was given it.
report() {
	program=$libexecdir/opensc-mynumber-report
	case $0 in
	*/*) [ ! -x "${0%/*}/opensc-mynumber-report" ] || program=${0%/*}/opensc-mynumber-report ;;
	esac
	[ ! -x "$program" ] || OPENSC_CONF=$conf exec "$program" ${pins:+-p "$pins"} ${reader:+-r "$reader"}
	complain "there is no $program: reinstall opensc-mynumber (opensc-mynumber をインストールし直してください)"
	return 1
}

main() {
	pins='' reader=''
	while getopts c:m:p:r:hV option; do
		case $option in
		c) conf=$OPTARG ;;
		m) module=$OPTARG ;;
		p) pins=$OPTARG ;;
		r) reader=$OPTARG ;;
		h) usage; return 0 ;;
		V) say 'opensc-mynumber-config @PACKAGE_VERSION@'; return 0 ;;
		*) usage >&2; return 2 ;;
		esac
	done
	shift $((OPTIND - 1))
	case $conf in
	*"$line_end"*) complain "a name with an end of line is not taken for the configuration (改行を含むファイル名は使えません)"; return 2 ;;
	-*) conf=./$conf ;; # no option of any program
	esac
	case $#:${1-} in
	1:enable) enable_driver ;;
	1:disable) disable_driver ;;
	1:status | 1:doctor | 1:report) "$1" ;;
	*) usage >&2; return 2 ;;
	esac
}
