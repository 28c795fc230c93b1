# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The main jobs on cards and readers that behave otherwise, alone and in pairs: docs/card.md, section 13.

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

# matrix rows|pairs
matrix() {
	[ -x "$builddir/tests/faults/variant-matrix" ] || skip "variant-matrix was not built: p11-kit's headers are not installed"
	export FAULTS_READER=$builddir/.libs/libvirtual-card-pcsc.so
	touch "$VIRTUAL_CARD_LOG"
	"$builddir/tests/faults/variant-matrix" "$1"
}

test_each_variant() {
	trusting_conf_with "my_number = yes;"
	matrix rows
}

test_each_variant_with_a_file_cache() {
	trusting_conf_with "my_number = yes;"
	sed -i "s,framework pkcs15 {,& use_file_caching = public; file_cache_dir = cache;," "$OPENSC_CONF"
	matrix rows
}

test_pairs_of_variants() {
	trusting_conf_with
	matrix pairs
}
