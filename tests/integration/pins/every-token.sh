# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Programs that send the one PIN that they ask for to every token, in two readers of the real pcscd.
# namespace

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pcscd-steps.sh
. "$srcdir/tests/lib/pcscd-steps.sh"
# shellcheck source=tests/lib/ssh-steps.sh
. "$srcdir/tests/lib/ssh-steps.sh"
# shellcheck source=tests/lib/two-cards-steps.sh
. "$srcdir/tests/lib/two-cards-steps.sh"

# Why docs/clients/ssh.md says that other people's cards come out first: the PIN of the first person goes to the second one's card, too.
test_ssh_agent_sends_the_PIN_to_each_card() {
	use_card
	two_persons
	put_in 0 0
	put_in 1 1
	start_agent
	answer_with_pin
	ssh-add -s "$module"
	expect_codes 1 1
}
