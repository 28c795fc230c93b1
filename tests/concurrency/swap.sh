# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# A program lives on while its card is pulled, put back, and replaced by another person's: what it reads under a serial number
# is that person's, and no PIN goes to a card of somebody else.
#     TEST_FULL=1: many swaps, before each step of the program
# namespace

# shellcheck source=tests/concurrency/concurrency.sh
. "$srcdir/tests/concurrency/concurrency.sh"

steps=(certificate number login name sign)

# Cards of two persons, in the folders 0 and 1, whose PINs are the other's wrong ones.
prepare_persons() {
	cp -R "$VIRTUAL_CARD_DIR" 0
	cp -R "$concurrency/other-persona" 1
	sed -i 's/_pin = 1234/_pin = 4321/; s/_pin = 5678/_pin = 8765/; s/_pin = ABC123/_pin = XYZ789/' 1/persona.ini
}

# insert PERSON: waits until the reader has the card.
insert() {
	"$builddir/tests/virtual-card/virtual-card" --dir "$1" --log "$1/apdu.log" --wait 10 >>virtual-card.out 2>&1 &
	inserted=$!
	"$concurrency/await-card" present
}

pull() {
	kill "$inserted"
	wait "$inserted" || true
	"$concurrency/await-card" empty
}

# ask STEP: sets $person and $error.
ask() {
	echo "$1" >&"${swap[1]}"
	read -r -u "${swap[0]}" person error || fail "$1: $(cat swap.err)"
	operations=$((operations + 1))
	[ "$error" = 0 ] || refused=$((refused + 1))
}

# The program does all its steps with the card of person $1 that is there now.
expect_serves() {
	local step
	for step in find "${steps[@]}"; do
		ask "$step"
		expect_equal "$1 0" "$person $error" "person and error of the step $step"
	done
}

# swap_before NUMBER PERSON: the card is replaced by the person's before the step of that number.
swap_before() {
	local number
	ask find
	for number in "${!steps[@]}"; do
		if [ "$number" = "$1" ]; then
			pull
			insert "$2"
		fi
		ask "${steps[number]}"
	done
	expect_serves "$2"
}

expect_pins_untouched_of() {
	VIRTUAL_CARD_DIR=$PWD/$1 VIRTUAL_CARD_LOG=$PWD/$1/apdu.log expect_pins_untouched
}

# swap_cards LIBRARY WHAT [CONFIGURATION]: swaps cards before each step in turn: another's three times of four, else the same one.
swap_cards() {
	local count person error number operations=0 refused=0 there=0
	require_programs
	count=$(short_or_full 3 60)
	prepare_persons
	start_pcscd
	test_reader=
	all_applications_conf_with "${@:3}"
	sed -i /trusted_cv_keys/d "$OPENSC_CONF" # each card here has a CA of its own
	SECONDS=0
	insert "$there"
	at_exit 'kill $inserted'
	coproc swap { exec "$concurrency/swap" "$1" 0 1 2>swap.err; }
	at_exit "kill $swap_PID"
	expect_serves "$there"
	for ((number = 0; number < count; number++)); do
		[ $((number % 4)) = 3 ] || there=$((1 - there))
		swap_before $((number % ${#steps[@]})) "$there"
	done
	exec {swap[1]}>&-
	wait "$swap_PID"
	expect_pins_untouched_of 0
	expect_pins_untouched_of 1
	note "$2, $count cards swapped" 1 "$operations" "$refused"
}

test_pkcs11() {
	swap_cards pkcs11 "a PKCS#11 program"
}

test_libopensc() {
	swap_cards opensc "a libopensc program"
}
