# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Name, photo and My Number in a program. docs/records.md

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"
# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"

four_data=(Name Address "Date of birth" Sex)

# The page, with what it asks for on the standard input: pkcs15-tool needs its option, as nobody types.
use_records() {
	use_card
	use_page records "s|docs/examples|$srcdir/docs/examples|; s|--raw|--raw --pin $1|" "${@:2}"
}

# expect_four_data NAME ADDRESS BIRTH SEX: these files hold the persona's values, to the byte, and one PIN was sent.
expect_four_data() {
	expect_same_file "$(expected name.txt)" "$1"
	expect_same_file "$(expected address.txt)" "$2"
	expect_same_file "$(expected birth.txt)" "$3"
	expect_same_file "$(expected sex.txt)" "$4"
	expect_equal 1 "$(count_verify)" "the number of PINs sent"
}

test_shell_reads_name_and_report() {
	trusting_conf_with
	use_records "$(pin 03)"
	run_page 'pkcs15-tool --read-data-object Name'
	expect_same_file "$(expected name.txt)" name
	expect_equal ok "$(cut -d : -f 1 report | sort -u)" "the results in the report"
	expect_equal 2 "$(count_verify)" "the number of PINs sent: one by each command"
}

test_shell_reads_photo_and_makes_a_png() {
	require opj_decompress pngtopnm
	trusting_conf_with
	use_records "$(pin 07)"
	run_page "pkcs15-tool --read-data-object 'Face photo'"
	expect_same_file "$(expected photo.jp2)" photo.jp2
	expect_equal "240 300" "$(pngtopnm photo.png | sed -n 2p)" "the size of the PNG"
}

test_json_of_the_card_face() {
	require jq pngtopnm
	trusting_conf_with
	use_records ""
	PATH=$builddir/tools:$PATH
	MYNUMBER_CODE_B=$(pin 05) run_page 'mynumber-card-face --json'
	expect_equal "$(cat "$(expected name.txt)")" "$(cat name)" "the name"
	expect_equal "240 300" "$(pngtopnm photo.png | sed -n 2p)" "the size of the photo"
	expect_equal 600 "$(stat -c %a face.json)" "the mode of the file"
	expect_equal 2 "$(count_verify)" "the number of codes sent: one to each application"
}

# explorer_page PIN-ID: runs the page with that PIN in the script.
explorer_page() {
	local digits
	digits=$(pin "$1" | sed 's/./3&:/g; s/:$//')
	trusting_conf_with
	use_records "" "s|CHV3 35:36:37:38|CHV${1#0} $digits|"
	page_block 'cd aid:D3921000310001010408' >read.txt
	run_page 'opensc-explorer read.txt'
	expect_equal ok "$(cut -d : -f 1 report | sort -u)" "the results in the report"
	expect_four_data name address birth sex
}

test_explorer_reads_four_values_with_one_pin() {
	explorer_page 03
}

# What the page says that pkcs15-tool cannot do.
test_explorer_reads_the_name_by_code_B() {
	explorer_page 05
	fails pkcs15-tool --read-data-object Name --raw --verify-pin --auth-id 05 --pin "$(pin 05)"
}

test_shell_reads_my_number_only_if_configured() {
	trusting_conf_with
	use_records "$(pin 03)"
	fails run_page "pkcs15-tool --read-data-object 'My Number'"
	trusting_conf_with 'my_number = yes;'
	run_page "pkcs15-tool --read-data-object 'My Number'"
	expect_same_file "$(expected my-number.txt)" number
}

test_shell_reads_licence_number() {
	variant licence
	trusting_conf_with
	use_records "$(persona_pin licence_pin)"
	run_page "pkcs15-tool --read-data-object 'Licence number'"
	expect_same_file "$(expected licence-number.txt)" licence
}

# --- the three programs

python_reads() {
	/usr/bin/python3 -c 'import PyKCS11' 2>/dev/null || skip "python3-pykcs11 is not installed"
	run_page "/usr/bin/python3 docs/examples/read_records.py opensc-pkcs11.so 'Input"
}

node_reads() {
	require node
	export NODE_PATH=$builddir/tests/clients/node/node_modules
	[ -d "$NODE_PATH/pkcs11js" ] || skip "tests/clients/node.sh has not installed pkcs11js"
	run_page 'node docs/examples/read-records.js'
}

c_reads() {
	require cc pkg-config
	pkg-config p11-kit-1 || skip "libp11-kit-dev is not installed"
	run_page 'cc -o read-records'
}

# The program of the page reads the four values by one PIN; of a card that is not shown to be genuine it writes none.
program_reads() {
	all_applications_conf_with
	use_records ""
	"$1" <<<"$(pin 03)"
	expect_four_data "${four_data[@]}"
	expect_equal 600 "$(stat -c %a Name)" "the mode of the file"
	rm "${four_data[@]}"
	variant unknown-ca
	fails "$1" <<<"$(pin 03)"
	expect_contains "unknown: " "$output"
	[ ! -e Name ] || fail "the name was written though the card is not shown to be genuine"
}

# PyKCS11 throws exceptions of C++.
not_for_sanitizers() {
	[ -z "${TEST_PRELOAD-}" ] || skip "AddressSanitizer, preloaded, ends C programs at an exception of C++"
}

test_python_reads_four_values() {
	not_for_sanitizers
	program_reads python_reads
}

test_node_reads_four_values() {
	program_reads node_reads
}

test_c_reads_four_values() {
	program_reads c_reads
}

test_python_reads_the_photo() {
	not_for_sanitizers
	all_applications_conf_with
	use_records ""
	run_page "/usr/bin/python3 docs/examples/read_records.py opensc-pkcs11.so 'Card" <"$(expected code-b.txt)"
	expect_same_file "$(expected photo.jp2)" "Face photo"
	expect_equal 1 "$(count_verify)" "the number of PINs sent"
}
