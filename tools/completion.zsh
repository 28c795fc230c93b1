#compdef mynumber-card-face mynumber-card-status opensc-mynumber-config
# SPDX-License-Identifier: LGPL-2.1-or-later
# Completes the options of the tools in zsh.

# The numbers of the readers, as opensc-tool lists them. This sends nothing to a card.
_mynumber_readers() {
	local -a readers
	readers=(${(f)"$(opensc-tool --list-readers 2>/dev/null | awk '$1 ~ /^[0-9]+$/ { print $1 }')"})
	compadd -- $readers
}

local -a common
common=(
	'(-r --reader)'{-r,--reader}'[number of the reader]:reader:_mynumber_readers'
	'(-w --wait)'{-w,--wait}'[wait for a card]'
	'(- *)'{-h,--help}'[print the help]'
	'(- *)'{-V,--version}'[print the version]'
)

case $service in
mynumber-card-face)
	_arguments -s $common \
		'(-o --output)'{-o,--output}'[write an HTML page to a file]:file:_files' \
		'(-t --text -j --json)'{-t,--text}'[write plain text]' \
		'(-t --text -j --json)'{-j,--json}'[write JSON for programs]' \
		'(-c --code-file)'{-c,--code-file}'[read code B from a file]:file:_files' \
		'--licence[show the driving licence as well]' \
		'--licence-pin-file[read the driving licence PIN from a file]:file:_files' \
		'(-l --lang)'{-l,--lang}'[language of the output]:language:(ja en both)'
	;;
mynumber-card-status)
	_arguments -s $common \
		'(-j --json)'{-j,--json}'[write JSON for programs]' \
		'(-n --number)'{-n,--number}'[show the whole card number]' \
		'(-s --signature)'{-s,--signature}'[ask for the digital signature PIN]' \
		'(-l --lang)'{-l,--lang}'[language of the output]:language:(ja en)'
	;;
opensc-mynumber-config)
	_arguments \
		'-c[configuration file of OpenSC]:file:_files' \
		'-m[path of opensc-mynumber.so]:file:_files' \
		'-p[PINs of the report]:PINs:(auth sign text code-a code-b birth)' \
		'-r[number of the reader]:reader:_mynumber_readers' \
		'(- *)'{-h,--help}'[print the help]' \
		'(- *)'{-V,--version}'[print the version]' \
		'1:command:(enable disable status doctor report)'
	;;
esac
