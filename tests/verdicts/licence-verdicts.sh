# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Nothing that is left out, cut or taken from another card makes the verdict about a licence better, and no value of a record
# that fails is given.

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

# rank VARIANT: prints 0 (ok), 1 (unknown) or 2 (FAIL, or no report) of the licence record
rank() {
	variant "$1"
	read_data "Licence authenticity" report 0A >/dev/null 2>&1 || true
	case $(grep -s '^[a-zA-Z]*: licence record' report) in
	ok:*) echo 0 ;;
	unknown:*) echo 1 ;;
	*) echo 2 ;;
	esac
}

# expect_none_better FIRST LAST: in each variant of the licence
expect_none_better() {
	local card file way before after
	for card in licence licence-unpadded licence-signed-ef tamper-licence licence-torn; do
		before=$(rank "$card")
		for file in 001A 001B 001C; do
			for way in drop cut other; do
				after=$(rank "$card,$way=licence:$file")
				[ "$after" -ge "$before" ] || fail "$card: $way $file makes $after of $before"
				[ "$after" = 2 ] || continue
				fails read_data "Licence number" number 0A
				[ ! -s number ] || fail "$card: $way $file: a value of a record that fails"
			done
		done
	done
}

test_no_verdict_becomes_better_with_the_key() {
	conf_with "trusted_licence_keys = \"$VIRTUAL_CARD_DIR/trusted-licence-keys.txt\";"
	expect_equal 0 "$(rank licence)"
	expect_equal 2 "$(rank tamper-licence)"
	expect_none_better
}

test_without_the_key_nothing_is_ok() {
	local card
	for card in licence tamper-licence licence-torn licence,other=licence:001B licence,other=licence:001C licence,cut=licence:001C; do
		[ "$(rank "$card")" -ge 1 ] || fail "$card is ok without a key"
	done
}

# A licence binds no name and no card: the whole application of another card passes, and the report says so.
test_whole_licence_of_another_card_is_not_noticed() {
	conf_with "trusted_licence_keys = \"$VIRTUAL_CARD_DIR/trusted-licence-keys.txt\";"
	variant licence,other=licence:001B,other=licence:001C
	read_data "Licence authenticity" report 0A
	expect_match '^(ok|unknown): licence record' "$(cat report)"
	expect_match '^unknown: holder of the licence: .*neither a person nor this card' "$(cat report)"
}
