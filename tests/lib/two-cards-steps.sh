# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
# The cards of two persons in two readers of the real pcscd. A test file that uses it sources pcscd-steps.sh first.

ports=(35963 35964) # of vpcd's readers
cards=()

# Two persons, in the folders 0 and 1.
two_persons() {
	[ -d "$builddir/tests/concurrency/other-persona" ] || skip "the second person was not made: p11-kit's headers are not installed"
	cp -R "$VIRTUAL_CARD_DIR" 0
	cp -R "$builddir/tests/concurrency/other-persona" 1
	touch 0/apdu.log 1/apdu.log
	start_pcscd
}

# put_in PERSON READER: waits until OpenSC sees the card.
put_in() {
	local end=$((SECONDS + 60))
	"$builddir/virtual-card/virtual-card" --dir "$1" --log "$1/apdu.log" --port "${ports[$2]}" --wait 10 >>virtual-card.out 2>&1 &
	cards[$2]=$!
	at_exit "kill $!; wait $!"
	until opensc-tool --list-readers | grep -q "^$2  *Yes"; do
		[ "$SECONDS" -lt "$end" ] || fail "OpenSC does not see the card: $(cat virtual-card.out)"
		sleep 0.1
	done
}

# pull READER: waits until OpenSC sees that the card is gone.
pull() {
	local end=$((SECONDS + 60))
	kill "${cards[$1]}"
	wait "${cards[$1]}" || true
	while opensc-tool --list-readers | grep -q "^$1  *Yes"; do
		[ "$SECONDS" -lt "$end" ] || fail "OpenSC still sees the card"
		sleep 0.1
	done
}

# expect_codes COUNT0 COUNT1: so many PINs and codes were sent to the card of each person.
expect_codes() {
	local person
	for person in 0 1; do
		expect_equal "$1" "$(VIRTUAL_CARD_LOG=$person/apdu.log count_apdus '> 002000..[0-9A-F]{4}')" "the number of codes sent to person $person"
		shift
	done
}
