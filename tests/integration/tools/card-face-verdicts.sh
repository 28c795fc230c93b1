# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# mynumber-card-face: what it says of cards that are not genuine, or of which something is missing.

# shellcheck source=tests/lib/card-face-steps.sh
. "$srcdir/tests/lib/card-face-steps.sh"

test_tampered_cards_are_seen_at_a_glance() {
	with_code
	for variant in tamper-photo tamper-signature tamper-cv tamper-foreign-record tamper-foreign-cv tamper-clone; do
		variant "$variant"
		expect_status 6 "$card_face" --output page.html
		expect_self_contained page.html
		page=$(<page.html)
		expect_contains "このカードを信用しないでください" "$page"
		expect_contains "Do not trust this card" "$page"
		expect_contains 'class="stamp"' "$page"
		expect_contains '<li class="not-genuine">' "$page"
		expect_lacks "真正なカードです" "$page"
		# no photo that nobody signed
		expect_lacks 'class="photo"' "$page"
		expect_status 6 "$card_face" --text --lang en
		expect_match "^✕ Do not trust this card" "$output"
	done
}

test_unknown_ca_is_not_genuine_and_not_wrong() {
	with_code
	conf_with
	expect_status 5 "$card_face" --output page.html
	page=$(<page.html)
	expect_contains "確認できない項目があります" "$page"
	expect_lacks "真正なカードです" "$page"
	expect_lacks "信用しないで" "$page"
	expect_contains 'class="photo"' "$page"
}

# What is left out is worth no more than what is wrong: with all files each of these is seen at a glance.
test_nothing_left_out_makes_a_card_genuine() {
	with_code
	for variant in tamper-name,drop=text:0002 tamper-name,drop=text:0003 tamper-name,drop=text:0007 tamper-photo,drop=surface:0004 \
		tamper-name,drop=text:0015 tamper-clone,drop=text:0007 tamper-clone,drop=text:0013 unknown-text-ca,text-other-name,drop=text:0007; do
		variant "$variant"
		expect_status 6 "$card_face" --text --lang en
		expect_match "^✕ Do not trust this card" "$output"
	done
	variant unknown-text-ca,text-other-name
	expect_status 5 "$card_face" --text --lang en
	expect_match "^\? Not everything could be checked" "$output"
}

# fault_at APDU NUMBER FAULT: the fault strikes the NUMBERth command that begins with APDU, as the viewer sends it to this card.
fault_at() {
	rm -f "$VIRTUAL_CARD_LOG"
	"$card_face" --text --output unchanged 2>errors || true
	VIRTUAL_CARD_FAULT=$(grep ' > ' "$VIRTUAL_CARD_LOG" | grep -n "> $1" | sed -n "$2s/:.*/:$3/p")
	[ -n "$VIRTUAL_CARD_FAULT" ] || fail "no command $1"
	export VIRTUAL_CARD_FAULT
}

# A card that accepts code B and then says that it must be verified keeps its data from being checked.
test_a_card_that_withholds_its_data_is_not_genuine() {
	local number
	with_code
	for variant in "" tamper-photo tamper-name; do
		for number in 1 2; do # the record of Card Surface, and that of Input Support
			variant "$variant"
			unset VIRTUAL_CARD_FAULT
			fault_at 00B0820000 "$number" sw=6982
			expect_status 6 "$card_face" --text --lang en
			expect_contains "accepted code B" "$output"
		done
	done
}

test_text_of_another_person_is_not_genuine() {
	with_code
	for variant in text-other-birth text-other-sex text-other-name,text-other-birth; do
		variant "$variant"
		expect_status 5 "$card_face" --output page.html
		page=$(<page.html)
		expect_contains "文字情報は別の人のものかもしれません。" "$page"
		expect_contains "The text may be another person" "$page"
		expect_lacks "真正なカードです" "$page"
		expect_status 5 "$card_face" --text
		expect_match "^  \? .*文字情報は別の人のものかもしれません。 / .*The text may be another person's.$" "$output"
		expect_status 5 "$card_face" --text --lang ja
		expect_lacks "The text may be" "$output"
	done
}

test_says_what_it_cannot_know() {
	with_code
	expect_status 0 "$card_face" --text --lang en
	expect_contains "relayed" "$output"
	expect_contains "only by the same date of birth and sex" "$output"
	expect_status 0 "$card_face" --output page.html
	expect_contains "中継" "$(<page.html)"
}
