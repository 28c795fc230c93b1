# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# What a job costs at most, in exchanges with the card, from the first to the SELECT at the end that logs out. Over the air
# each takes 12 ms at least, so one more is a defect.

# shellcheck source=tests/bench/jobs.sh
. "$srcdir/tests/bench/jobs.sh"

# At most so many exchanges in each setting (set_up in tests/bench/jobs.sh tells what they are).
at_most() {
	cat <<-'END'
	job               cold  warm  extended  warm-extended  contactless  unknown
	name              0     0     0         0              0            2
	list_pins         6     6     6         6              6            8
	read_certificate  11    6     6         6              11           13
	dump              26    11    13        11             26           28
	list_slots        13    8     8         8              13           15
	list_objects      11    6     6         6              11           13
	sign_auth         17    12    12        12             17           19
	sign_sign         22    17    17        17             22           24
	pkcs11_test       27    22    22        22             27           29
	ssh_keygen        13    8     8         8              13           15
	read_name         15    15    14        14             15           17
	read_address      15    15    14        14             15           17
	read_photo        47    47    14        14             47           49
	card_face         62    62    27        27             62           64
	END
}

# The limit of job $1 in setting $2. Since 0.26 pkcs11-tool asks for the token's flags, with its tries left, when it lists objects.
limit() {
	local more=0
	if [ "$1" = list_objects ] && opensc_since 0.26; then
		more=1
	fi
	at_most | awk -v job="$1" -v setting="$2" -v more="$more" '
		NR == 1 { for (i = 2; i <= NF; i++) if ($i == setting) column = i }
		$1 == job { print $column + more }'
}

# expect_at_most JOB SETTING: the exchanges of the job that was just done.
expect_at_most() {
	local count most
	count=$(count_exchanges)
	most=$(limit "$1" "$2")
	printf '%s, %s: %s exchanges\n' "$1" "$2" "$count"
	[ "$count" -le "$most" ] || fail "$1, $2: $count exchanges, more than $most: $(grep ' > ' "$VIRTUAL_CARD_LOG")"
}

# True if what the job needs is installed.
has_program() {
	[ "$1" != ssh_keygen ] || command -v ssh-keygen >/dev/null
}

expect_all_jobs_at_most() {
	local job
	set_up "$1"
	for job in "${jobs[@]}"; do
		has_program "$job" || continue
		run_job "$job" "$1"
		expect_at_most "$job" "$1"
	done
}

test_empty_file_cache() {
	expect_all_jobs_at_most cold
}

test_warm_file_cache() {
	expect_all_jobs_at_most warm
}

test_extended_length() {
	expect_all_jobs_at_most extended
}

test_warm_file_cache_and_extended_length() {
	expect_all_jobs_at_most warm-extended
}

test_atr_of_a_contactless_reader() {
	expect_all_jobs_at_most contactless
}

test_unknown_atr() {
	expect_all_jobs_at_most unknown
}

# The counts above mean something only if the jobs do reach the card: OpenSC's own drivers ask more.
test_in_tree_driver_asks_more() {
	local job
	set_up in-tree
	for job in name list_pins dump sign_auth; do
		run_job "$job" in-tree
		[ "$(count_exchanges)" -gt "$(limit "$job" cold)" ] || fail "$job: only $(count_exchanges) exchanges"
	done
}

# expect_serial_costs EXCHANGES VARIANT: a token without a card number; its token information is read once.
expect_serial_costs() {
	variant "$2"
	: >"$VIRTUAL_CARD_LOG"
	opensc-tool --serial
	expect_equal "$1" "$(count_exchanges)" "the number of exchanges for the serial number, $2"
}

test_serial_number_of_a_token_without_a_card_number() {
	expect_serial_costs 3 android,atr-type-b-1
	expect_serial_costs 4 android,atr-unknown
	expect_serial_costs 10 no-common
}

# Prints the exchanges of so many signatures with key $1 after one login.
count_signing() {
	: >"$VIRTUAL_CARD_LOG"
	sign_often "$1" "$2" "${3:-1}" >&2
	count_exchanges
}

# expect_steady ID FROM TO EACH [SESSIONS]: from one signature to another, each costs EACH exchanges.
expect_steady() {
	local few many
	few=$(count_signing "$1" "$2" "${5-}")
	many=$(count_signing "$1" "$3" "${5-}")
	expect_equal $((($3 - $2) * $4)) $((many - few)) "the cost of signatures $2 to $3 with key $1"
}

# The signature key wants its PIN for each: proof of the application, query, VERIFY, and the signature, which is checked. The
# first ones cannot be, as its certificate is read later, and need another proof; with extended length only the first one.
test_each_further_signature() {
	set_up cold
	[ -x "$builddir/tests/integration/opensc/pkcs11-sign" ] || skip "pkcs11-sign was not built: p11-kit's headers are not installed"
	expect_steady 01 1 21 1
	expect_steady 02 1 3 5
	expect_steady 02 10 30 4
	set_up extended
	expect_steady 02 3 10 4
}

# pin_cache_ignore_user_consent: the PIN is sent once, and each signature costs one exchange.
test_each_further_signature_without_the_pin() {
	set_up cold
	[ -x "$builddir/tests/integration/opensc/pkcs11-sign" ] || skip "pkcs11-sign was not built: p11-kit's headers are not installed"
	sed -i 's/framework pkcs15 {/& pin_cache_ignore_user_consent = true;/' "$OPENSC_CONF"
	expect_steady 02 10 30 1
	expect_equal 1 "$(count_apdus '> 0020009B[0-9A-F]{4}')" "the number of PINs sent"
}

test_ten_sessions_cost_no_more_than_one() {
	set_up cold
	[ -x "$builddir/tests/integration/opensc/pkcs11-sign" ] || skip "pkcs11-sign was not built: p11-kit's headers are not installed"
	expect_equal "$(count_signing 01 20)" "$(count_signing 01 20 10)" "the number of exchanges with ten sessions"
}

# expect_right SETTING VARIANT TIMES MORE: on a card or reader that lacks something all jobs end well, and cost at most so
# many TIMES what they cost on a card that lacks nothing, and MORE.
expect_right() {
	local job most
	set_up "$1"
	variant "$2"
	for job in "${jobs[@]}"; do
		has_program "$job" || continue
		run_job "$job" "$1"
		most=$(($(limit "$job" cold) * $3 + $4))
		[ "$(count_exchanges)" -le "$most" ] || fail "$job, $2: $(count_exchanges) exchanges, more than $most"
	done
}

test_no_short_ef_identifiers() {
	expect_right cold no-sfi 3 0
}

test_extended_length_that_the_card_refuses_is_tried_once() {
	expect_right extended no-extended 1 3
}

test_reader_that_cuts_extended_answers() {
	expect_right extended extended-broken 1 0
}

test_answers_of_100_bytes() {
	expect_right cold short-reads 3 0
}

# expect_right_beside SETTING FAULT: before each transaction another program selects another application, or is verified in
# it. What needs no PIN and what has it for the whole job ends well; a PIN that is lost on the way is said to be lost.
expect_right_beside() {
	local job
	set_up "$1"
	export VIRTUAL_CARD_FAULT="T*:$2"
	for job in list_pins read_certificate dump list_slots list_objects sign_auth; do
		run_job "$job" "$1"
	done
	fails pkcs15-tool "${text[@]}" --read-data-object Name --raw --output value --pin 5678
	expect_contains "Security status not satisfied" "$output"
	[ ! -s value ] || fail "something was read: $(<value)"
	unset VIRTUAL_CARD_FAULT
	expect_equal 3 "$(pkcs15-tool "${text[@]}" --list-pins | sed -n '1,/Tries left/s/.*Tries left *: //p')" "tries left"
}

test_another_program_selects() {
	expect_right_beside cold select=D3921000310001010402
}

test_another_program_verifies() {
	expect_right_beside cold open=D3921000310001010402
}

test_another_program_and_a_warm_cache() {
	expect_right_beside warm select=D3921000310001010402
}

test_another_program_and_extended_length() {
	expect_right_beside extended select=D392F000260100000001
}
