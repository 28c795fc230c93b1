# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# git, which signs by OpenSSH's agent. docs/clients/git.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"
# shellcheck source=tests/lib/ssh-steps.sh
. "$srcdir/tests/lib/ssh-steps.sh"

client git "$(packages git openssh-client)"

# A repository with something to commit, and an agent.
use_repository() {
	require git ssh-keygen
	git init -q --initial-branch main "$1"
	git -C "$1" config user.name "Taro"
	git -C "$1" config user.email taro@example.org
	printf 'a document' >"$1/document"
	git -C "$1" add document
}

# As the page says, in a repository.
sign() {
	use_repository work
	start_agent
	answer_with_pin
	use_page git
	mkdir -p "$HOME/.ssh"
	run_page 'ssh-keygen -D'
	cd work || exit
	run_page 'ssh-add -s'
}

# git's commit in HEAD as its signature and, without it, what was signed.
split_commit() {
	git cat-file commit HEAD >raw
	awk '/^gpgsig / { inside = 1; sub(/^gpgsig/, "") } inside && !/^ / { inside = 0 } inside { print substr($0, 2) > "raw.sig" }
		!inside { print > "raw.signed" }' raw
}

test_signs_commits_and_tags() {
	use_card
	sign
	run_page 'echo "taro@example.org' >said 2>&1
	expect_equal 2 "$(grep -c 'Good "git" signature for taro@example.org with RSA key' said)" "the number of good signatures"
	split_commit
	ssh-keygen -Y verify -n git -f "$HOME/.ssh/allowed_signers" -I taro@example.org -s raw.sig <raw.signed
	expect_only_auth_pin_sent
	expect_equal 1 "$(count_verify)" "the number of PINs sent"
}

# git believes a signature of nobody else.
test_verifies_only_the_cards_signature() {
	use_card
	sign
	ssh-keygen -q -t ed25519 -N '' -f other
	printf 'taro@example.org %s\n' "$(cat other.pub)" >allowed_signers
	fails git -c gpg.ssh.allowedSignersFile="$PWD/allowed_signers" verify-commit HEAD
	expect_contains "No principal matched" "$output"
}

test_does_not_sign_without_agent() {
	use_card
	use_page git
	mkdir "$HOME/.ssh"
	run_page 'ssh-keygen -D'
	use_repository work
	start_agent
	# git ends with 128, which is no signal
	! git -C work commit -S -m 'A signed commit' 2>errors || fail "git signed"
	expect_contains "No private key found for public key" "$(cat errors)"
	expect_no_pin_sent
}

test_control_signs_a_commit() {
	use_softhsm
	use_repository work
	start_agent
	answer_with_pin
	public_key 01 >public.pem
	ssh-keygen -i -m PKCS8 -f public.pem >card.pub
	ssh-add -s "$module"
	git -C work -c gpg.format=ssh -c user.signingKey="$PWD/card.pub" commit -S -m 'A signed commit'
	printf 'taro@example.org %s\n' "$(cat card.pub)" >allowed_signers
	git -C work -c gpg.format=ssh -c gpg.ssh.allowedSignersFile="$PWD/allowed_signers" verify-commit HEAD
}
