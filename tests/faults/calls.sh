# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# faults.sh says that each of the driver's calls that needs memory (or a file, or OpenSSL) fails in turn: so every function that
# the driver calls is one that faults.am lets fail, or stands here.

# Functions, or patterns of their names, that cannot fail from lack of memory.
cannot_fail=(
	# what the compiler and the sanitizers add
	_GLOBAL_OFFSET_TABLE_ '__asan_*' '__ubsan_*' '__lsan_*' '__sanitizer_*' __stack_chk_fail
	# the C library, in the caller's memory; *_chk are the same with _FORTIFY_SOURCE
	__ctype_b_loc __errno_location '__isoc*_sscanf' sscanf '__*_chk' bcmp clock_gettime explicit_bzero getenv memchr memcmp memcpy memmove memset
	geteuid gmtime_r iconv pthread_sigmask sigdelset sigfillset strftime time timegm
	snprintf strcasecmp strcmp strlen strncmp strnlen strspn strstr vsnprintf
	# files: tests/unit/test-cv-keys.c makes these fail
	close fstat open read
	# the folder of the cache, once opened
	dirfd fstatat readdir
	# text for the user: without it there is less of it
	strerror stderr
	# output: to memory, where fclose, which fails, tells of it, or to the user
	fflush fprintf fputc fputs fwrite putc
	# what ends a thing
	closedir free iconv_close ASN1_BIT_STRING_free ASN1_OBJECT_free ASN1_TIME_free BASIC_CONSTRAINTS_free BN_free CERTIFICATEPOLICIES_free CRYPTO_free
	EVP_MD_CTX_free EVP_MD_free EVP_PKEY_CTX_free EVP_PKEY_free EVP_RAND_CTX_free EVP_RAND_free X509_NAME_free
	OPENSSL_init_crypto OSSL_LIB_CTX_free OSSL_PARAM_BLD_free OSSL_PARAM_free OSSL_PROVIDER_unload sc_file_free
	sc_pkcs15_free_object sc_pkcs15_remove_object
	# OpenSSL: constants, tables, what an object holds already, and where the queue of errors is cut
	CRYPTO_memcmp ERR_pop_to_mark ERR_set_mark EVP_PKEY_get_base_id EVP_PKEY_get_bits EVP_PKEY_get_size EVP_PKEY_up_ref
	ASN1_BIT_STRING_get_bit ASN1_STRING_get0_data ASN1_STRING_length OBJ_find_sigid_algs OBJ_get0_data OBJ_length OBJ_nid2sn
	OBJ_obj2nid OPENSSL_sk_num OPENSSL_sk_value X509_NAME_ENTRY_get_data X509_NAME_get_entry X509_NAME_get_index_by_NID
	# OpenSSL on dates, where it does not tell want of memory from a date that is none (judges_certificates in job.h): d2i_ASN1_TIME
	# before it fails for both
	ASN1_TIME_diff ASN1_TIME_to_tm X509_cmp_current_time
	# libopensc, in the caller's memory; of these sc_pkcs1_encode would need more for PSS only, which the card pads itself
	_sc_match_atr sc_bin_to_hex sc_get_cache_dir scconf_get_str sc_card_find_rsa_alg sc_format_apdu sc_format_path sc_get_iso7816_driver sc_get_version
	sc_hex_to_bin sc_init_oid sc_mem_clear sc_path_set sc_pkcs1_encode sc_strerror
	# libopensc's log: without memory there is none
	sc_do_log sc_do_log_color
	# transactions: what may become of them is tried as faults T1, T2...
	sc_lock sc_unlock
)

can_fail() {
	local pattern
	for pattern in "${cannot_fail[@]}"; do
		# shellcheck disable=SC2053 # it is a pattern
		[[ $1 != $pattern ]] || return 1
	done
}

# What the driver's objects want of others.
calls() {
	local objects=$builddir/.libs/libmynumber-sanitized.a
	comm -23 <(nm -u "$objects" | awk 'NF == 2 { print $2 }' | sort -u) \
		<(nm -g --defined-only "$objects" | awk 'NF == 3 { print $3 }' | sort -u)
}

wrapped() {
	sed -n 's/.*-Wl,--wrap=\([A-Za-z0-9_]*\).*/\1/p' "$srcdir/tests/faults/faults.am" | sort
}

test_each_call_that_can_fail_does() {
	local call unknown=()
	[ -f "$builddir/.libs/libmynumber-sanitized.a" ] || skip "the driver was not built with sanitizers"
	require nm
	while read -r call; do
		if can_fail "$call"; then
			unknown+=("$call")
		fi
	done < <(comm -23 <(calls) <(wrapped))
	[ "$(calls | wc -l)" -gt 50 ] || fail "hardly any calls: this test shows nothing"
	[ ${#unknown[@]} = 0 ] || fail "neither in faults.am nor known not to fail: ${unknown[*]}"
}

test_no_call_that_fails_is_said_not_to() {
	local call
	while read -r call; do
		can_fail "$call" || fail "$call is in faults.am and stands here, too"
	done < <(wrapped)
}
