# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Every job with every fault at every exchange, and with each of the driver's calls failing that needs memory; a test for each
# job. What a full run tried goes to tests/faults/results.txt, of which tests/faults/table makes a table.
#     TEST_FULL=1: all trials (make check-long); else one fault of each exchange and one exchange of each fault

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

results=$builddir/tests/faults/results.txt

# The memory of a card that is used by thousands of short connections is best no disk.
prepare_fast_card() {
	local fast
	if [ -w /dev/shm ]; then
		fast=$(mktemp -d /dev/shm/mynumber-faults.XXXXXX)
		at_exit "rm -rf '$fast'"
		mv "$VIRTUAL_CARD_DIR" "$fast/card"
		export VIRTUAL_CARD_DIR=$fast/card VIRTUAL_CARD_LOG=$fast/apdu.log
	fi
	touch "$VIRTUAL_CARD_LOG"
}

# The sanitized driver in place of the one that is installed.
faulty_conf_with() {
	all_applications_conf_with "my_number = yes;"
	sed -i "s,$builddir/.libs/opensc-mynumber.so,$builddir/.libs/libmynumber-faults.so,; $1" "$OPENSC_CONF"
}

# faults JOB [SED-COMMAND for the configuration]
faults() {
	[ -x "$builddir/tests/faults/fault-matrix" ] || skip "fault-matrix was not built: it needs sanitizers and p11-kit's headers"
	prepare_fast_card
	faulty_conf_with "${2-}"
	# with --enable-asan the libraries are sanitized, too
	unset LD_PRELOAD
	export ASAN_OPTIONS=detect_leaks=1 LSAN_OPTIONS=suppressions=$srcdir/tests/lsan.supp:print_suppressions=0
	export FAULTS_READER=$builddir/.libs/libvirtual-card-pcsc.so
	"$builddir/tests/faults/fault-matrix" "$1" result
	[ -n "${TEST_FULL-}" ] || return 0
	touch "$results"
	sed -i "/^$1\t/d" "$results"
	cat result >>"$results"
}

# OpenSC's file cache, where fault-matrix looks for it.
with_cache='s,framework pkcs15 {,& use_file_caching = public; file_cache_dir = cache;,'

test_serial() {
	faults serial
}

test_file_tree() {
	faults file-tree
}

test_list() {
	faults list
}

test_certificate_01() {
	faults certificate-01
}

test_certificate_02() {
	faults certificate-02
}

test_certificate_03() {
	faults certificate-03
}

test_certificate_04() {
	faults certificate-04
}

test_certificate_01_caching() {
	faults certificate-01-caching "$with_cache"
}

test_certificate_01_cached() {
	faults certificate-01-cached "$with_cache"
}

test_card_number() {
	faults card-number
}

test_municipality() {
	faults municipality
}

test_token_information() {
	faults token-information
}

test_name() {
	faults name
}

test_address() {
	faults address
}

test_photo() {
	faults photo
}

test_age() {
	faults age
}

test_my_number() {
	faults my-number
}

test_my_number_image() {
	faults my-number-image
}

test_report_jpki() {
	faults report-jpki
}

test_report_text() {
	faults report-text
}

test_report_surface() {
	faults report-surface
}

# A licence whose signature can be verified: what a fault has changed must be noticed.
licence_faults() {
	variant licence
	faults "$1" "s,card_driver mynumber {,& trusted_licence_keys = $VIRTUAL_CARD_DIR/trusted-licence-keys.txt;,"
}

test_licence_number() {
	licence_faults licence-number
}

test_licence_photo() {
	licence_faults licence-photo
}

test_report_licence() {
	licence_faults report-licence
}

test_p11_licence() {
	licence_faults p11-licence
}

test_residence_type() {
	variant residence
	faults residence-type
}

test_login() {
	faults login
}

test_login_wrong() {
	faults login-wrong
}

test_login_keypad() {
	faults login-keypad
}

test_sign_01() {
	faults sign-01
}

test_sign_02() {
	faults sign-02
}

test_sign_pss() {
	faults sign-pss
}

test_sign_11() {
	faults sign-11
}

test_sign_12() {
	faults sign-12
}

test_change_01() {
	faults change-01
}

test_change_02() {
	faults change-02
}

test_change_03() {
	faults change-03
}

test_change_09() {
	faults change-09
}

test_random() {
	faults random
}

test_logout() {
	faults logout
}

test_one_connection() {
	faults one-connection
}

test_p11_list() {
	faults p11-list "/pkcs11_applications/d"
}

test_p11_sign() {
	faults p11-sign "/pkcs11_applications/d"
}

test_p11_data() {
	faults p11-data
}

test_p11_set_pin() {
	faults p11-set-pin "/pkcs11_applications/d"
}
