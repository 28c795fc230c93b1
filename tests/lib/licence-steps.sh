# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
# What tests of the driving licence share: a configuration that trusts its signer, and ways to read its values.

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

licence_conf_with() {
	conf_with "trusted_licence_keys = \"$VIRTUAL_CARD_DIR/trusted-licence-keys.txt\";" "$@"
}

# read_value LABEL: prints what pkcs15-tool reads with the licence PIN.
read_value() {
	read_data "$1" value 0A >/dev/null && cat value
}

# Prints the value NAME of persona.ini.
persona_value() {
	persona_pin "$1"
}
