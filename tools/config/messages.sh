# shellcheck shell=sh disable=SC2154,SC2034
# SPDX-License-Identifier: LGPL-2.1-or-later
# The findings of doctor: message NAME sets $finding, $remedy and $japanese. $detail is the subject of the finding.

message() {
	finding='' remedy='' japanese=''
	message_of_file "$1" || message_of_block "$1" || message_of_setting "$1" || message_of_module "$1" || message_of_pcscd "$1" || message_of_reader "$1" || message_of_card "$1" || finding="$1 $detail"
}
