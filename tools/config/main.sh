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

usage() {
	cat <<-END
	Usage: opensc-mynumber-config [-c FILE] [-m MODULE] enable|disable|status|doctor
	       opensc-mynumber-config [-c FILE] [-m MODULE] [-p PINS] [-r READER] report

	  enable   add the driver for the My Number Card to OpenSC's configuration
	  disable  take it out again: the file is then what it was, to the byte
	  status   say whether it is enabled, and where
	  doctor   find out why a card is not seen, and what to do (英語と日本語で)
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
	[ -z "$(tail -c 1 "$2")" ] || unterminated=1
	LC_ALL=C awk -v job="$1" -v module="$module" -v unterminated="$unterminated" "$conf_awk" "$2"
}

# True if the job $1 may change the file.
may_edit() {
	folder=$(dirname "$file")
	if [ ! -f "$file" ]; then
		complain "there is no file $conf: install OpenSC, or name the file by -c (設定ファイルがありません。OpenSC をインストールするか、-c で指定してください)"
	elif [ ! -w "$folder" ]; then
		complain "you may not write in $folder; as root: sudo opensc-mynumber-config -c $conf $1 ($folder に書き込めません。root で実行してください)"
	elif [ "$(tr -d '\000' <"$file" | wc -c)" != "$(wc -c <"$file")" ]; then
		complain "$file is not a text file, nothing was changed: put OpenSC's own back, or name another by -c (テキストファイルではないので、何も変更していません。元の設定ファイルに戻すか、-c で別のものを指定してください)"
	else
		return 0
	fi
	return 1
}

# Writes what the job $1 makes of the configuration in its place, if that differs. The file keeps its mode and owner.
edit() {
	file=$(readlink -f "$conf")
	may_edit "$1" || return
	new=$(mktemp "$file.XXXXXX") || return 1
	trap 'rm -f "$new"' EXIT
	cp -p "$file" "$new"
	conf_job "$1" "$file" >"$new" || {
		complain "$file: nothing was changed (何も変更していません)"
		return 1
	}
	if cmp -s "$file" "$new"; then
		say "$file: nothing to do (変更はありません)"
		return 0
	fi
	mv "$new" "$file" && say "$file: $1d"
}

# The module with which the configuration says all that the driver needs; nothing where it lacks something.
enabled_module() {
	[ -r "$conf" ] && facts=$(conf_job facts "$conf" 2>/dev/null) || return
	needed=$(printf '%s\n' "$facts" | sed '/^unknown-key\|^bad-value\|^few-slots\|^cache-private\|^=trusted/d')
	[ "$(printf '%s\n' "$needed" | cut -f 1)" != =module ] || printf '%s\n' "$needed" | cut -f 2-
}

enable_driver() {
	if [ "$(enabled_module)" = "$module" ]; then
		say "$conf: already enabled (すでに有効です)"
		return 0
	fi
	[ -f "$module" ] || {
		complain "there is no $module; name the module by -m (モジュールがありません。-m で指定してください)"
		return 1
	}
	edit enable || return
	[ "$(OPENSC_CONF=$conf loaded_driver)" = mynumber ] ||
		complain "but OpenSC does not load the driver: opensc-mynumber-config doctor says why (OpenSC がドライバーを読み込みません。opensc-mynumber-config doctor で原因が分かります)"
}

# The driver that OpenSC asks first.
loaded_driver() {
	opensc-tool --list-drivers 2>/dev/null | sed -n '2s/^ *\([^ ]*\).*/\1/p'
}

status() {
	say "configuration: $conf"
	say "module:        $module, for OpenSC $built_for"
	enabled=$(enabled_module)
	case $enabled in
	'') say_not_enabled; return 1 ;;
	"$module") say "enabled (有効)" ;;
	*) say "enabled, with another module (有効。ただし別のモジュール): $enabled" ;;
	esac
}

say_not_enabled() {
	if [ -r "$conf" ] && ! grep -q '^[^#]*mynumber' "$conf"; then
		say "not enabled; as root: sudo opensc-mynumber-config enable (無効。root で opensc-mynumber-config enable を実行してください)"
	else
		say "not enabled; opensc-mynumber-config doctor says why (無効。opensc-mynumber-config doctor で原因が分かります)"
	fi
}

report() {
	for program in "$(dirname "$0")/opensc-mynumber-report" "$libexecdir/opensc-mynumber-report"; do
		[ ! -x "$program" ] || OPENSC_CONF=$conf exec "$program" ${pins:+-p "$pins"} ${reader:+-r "$reader"}
	done
	complain "there is no $libexecdir/opensc-mynumber-report: install opensc-mynumber anew (opensc-mynumber を入れ直してください)"
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
	case $#:${1-} in
	1:enable) enable_driver ;;
	1:disable) edit disable ;;
	1:status | 1:doctor | 1:report) "$1" ;;
	*) usage >&2; return 2 ;;
	esac
}
