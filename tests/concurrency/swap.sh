# shellcheck shell=bash disable=SC2016,SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# A program lives on while its card is pulled, put back, and replaced by another person's: what it reads under a serial number
# is that person's, and no PIN goes to a card of somebody else.
#     TEST_FULL=1: many swaps, before each step of the program
# namespace

# shellcheck source=tests/concurrency/concurrency.sh
. "$srcdir/tests/concurrency/concurrency.sh"

steps=(certificate number login name sign)
SESSION_HANDLE_INVALID=$((0xB3)) # PKCS#11

# Cards of two persons, in the folders 0 and 1, whose PINs are the other's wrong ones.
prepare_persons() {
	cp -R "$VIRTUAL_CARD_DIR" 0
	cp -R "$concurrency/other-persona" 1
	sed -i 's/_pin = 1234/_pin = 4321/; s/_pin = 5678/_pin = 8765/; s/_pin = ABC123/_pin = XYZ789/' 1/persona.ini
}

# put_in PERSON: puts the card of the person into the reader.
put_in() {
	touch "$1/apdu.log"
	exec 7< <(exec tail -n +$(($(wc -l <"$1/apdu.log") + 1)) -f "$1/apdu.log")
	tail=$!
	"$builddir/virtual-card/virtual-card" --dir "$1" --log "$1/apdu.log" --wait 10 >>virtual-card.out 2>&1 &
	inserted=$!
}

# Waits until pcscd has given that card power, and everybody can know of it.
await_inserted() {
	await_line 7 '# power on' insert.log
	kill "$tail"
	timeout 60 "$concurrency/await-card" present
}

pull() {
	kill "$inserted"
	wait "$inserted" || true
}

# ask STEP: sets $person and $error.
ask() {
	echo "$1" >&"$to_program"
	read -r -u "$from_program" person error || fail "$1: $(cat swap.err)"
	[ "$person" = - ] || operations=$((operations + 1))
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

# swap_before NUMBER PERSON [quickly]: the card is replaced by the person's before the step of that number; quickly: what follows
# is done while pcscd gives power to the card.
swap_before() {
	local number
	ask find
	for number in "${!steps[@]}"; do
		if [ "$number" = "$1" ]; then
			pull
			timeout 60 "$concurrency/await-card" empty # or else vpcd does not tell pcscd that this is another card
			put_in "$2"
			[ "${3-}" = quickly ] || await_inserted
		fi
		ask "${steps[number]}"
	done
	[ "${3-}" != quickly ] || await_inserted
	expect_serves "$2"
}

expect_pins_untouched_of() {
	VIRTUAL_CARD_DIR=$PWD/$1 VIRTUAL_CARD_LOG=$PWD/$1/apdu.log expect_pins_untouched
}

# start_swap LIBRARY [SETTINGS]: a program by that library, with the card of person 0. SETTINGS of OpenSC's framework pkcs15.
start_swap() {
	require_programs
	prepare_persons
	start_pcscd
	all_applications_conf_with
	# pcscd's reader, not that in process; and each card here has a CA of its own
	sed -i -e /provider_library/d -e /trusted_cv_keys/d -e "s|framework pkcs15 {|& ${2-}|" "$OPENSC_CONF"
	SECONDS=0 operations=0 refused=0
	put_in 0
	await_inserted
	at_exit 'kill "$inserted"'
	start_program "$1"
	expect_serves 0
}

start_program() {
	coproc swap { exec timeout 600 "$concurrency/swap" "$1" 0 1 2>>swap.err; }
	# bash forgets these as soon as the program has ended
	program=$swap_PID
	exec {to_program}>&"${swap[1]}" {from_program}<&"${swap[0]}"
	eval "exec ${swap[1]}>&- ${swap[0]}<&-"
	at_exit "kill $program"
}

end_program() {
	exec {to_program}>&-
	wait "$program"
	exec {from_program}<&-
}

# end_swap WHAT: the program ends, and no PIN was sent to the wrong card.
end_swap() {
	end_program
	expect_pins_untouched_of 0
	expect_pins_untouched_of 1
	note "$1" 1 "$operations" "$refused"
}

# swap_cards: before each step in turn; three times of four another person's card comes, else the same one.
swap_cards() {
	local count number there=0 how=(slowly quickly)
	count=$(short_or_full 3 60)
	for ((number = 0; number < count; number++)); do
		[ $((number % 4)) = 3 ] || there=$((1 - there))
		swap_before $((number % ${#steps[@]})) "$there" "${how[number % 2]}"
	done
}

test_pkcs11() {
	start_swap pkcs11
	swap_cards
	end_swap "cards swapped under a PKCS#11 program"
}

test_libopensc() {
	start_swap opensc
	swap_cards
	end_swap "cards swapped under a libopensc program"
}

test_pkcs11_with_a_file_cache() {
	start_swap pkcs11 "use_file_caching = public; file_cache_dir = $PWD/cache;"
	swap_cards
	end_swap "cards swapped under a PKCS#11 program with a file cache"
	expect_equal 2 "$(find cache -type f | sed 's,.*[_/]\([0-9]\{15\}\)_.*,\1,' | sort -u | wc -l)" "the cards in the cache"
}

# pcscd is started again, with another card. To OpenSC the reader is the same, and the card one that was reset: it goes on with
# what it knows of the first, to which the driver lets nothing of the second come. A new program is what helps.
reattach() {
	local step
	start_swap "$1"
	ask find
	pull
	kill "$pcscd"
	wait "$pcscd" || true
	run_pcscd
	put_in 1
	await_inserted
	for step in list "${steps[@]}"; do
		ask "$step"
	done
	[ "$refused" -gt 0 ] || fail "no step was refused"
	# where OpenSC has noticed by itself it has ended the sessions, as 0.27 does
	[ "$error" = "$SESSION_HANDLE_INVALID" ] || expect_contains "replaced. Restart the program." "$(cat swap.err)"
	end_program
	start_program "$1"
	expect_serves 1
	end_swap "$2"
}

test_pkcs11_and_a_new_pcscd() {
	reattach pkcs11 "a new pcscd with another card under a PKCS#11 program"
}

test_libopensc_and_a_new_pcscd() {
	reattach opensc "a new pcscd with another card under a libopensc program"
}
