# SPDX-License-Identifier: LGPL-2.1-or-later
# Flags of the compiler and the linker.

# MYNUMBER_CHECK_FLAGS(VARIABLE, FLAGS, [CHECKED-FLAGS-VARIABLE = CFLAGS])
# Adds to VARIABLE, one by one, those of FLAGS with which a program links without a warning.
AC_DEFUN([MYNUMBER_CHECK_FLAGS], [
	mynumber_save_flags=$m4_default([$3], [CFLAGS])
	for mynumber_flag in $2; do
		AC_MSG_CHECKING([for $mynumber_flag])
		m4_default([$3], [CFLAGS])="$mynumber_save_flags -Werror $mynumber_flag"
		AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <string.h>]])],
			[AC_MSG_RESULT([yes])
			$1="${$1:+$$1 }$mynumber_flag"],
			[AC_MSG_RESULT([no])])
	done
	m4_default([$3], [CFLAGS])=$mynumber_save_flags
	AC_SUBST([$1])
])

# WARN_CFLAGS. Errors in a git checkout only: a later compiler's new warning must not break a release.
AC_DEFUN([MYNUMBER_WARNINGS], [
	AC_ARG_ENABLE([werror],
		[AS_HELP_STRING([--enable-werror], [make warnings errors @<:@yes in a git checkout@:>@])],
		[], [AS_IF([test -e "$srcdir/.git"], [enable_werror=yes], [enable_werror=no])])
	MYNUMBER_CHECK_FLAGS([WARN_CFLAGS], [-Wall -Wextra -Wshadow -Wmissing-prototypes -Wstrict-prototypes -Wcast-qual -Wwrite-strings dnl
		-Wpointer-arith -Wformat=2 -Wundef -Wvla -Wimplicit-fallthrough])
	AS_IF([test "$enable_werror" = yes], [WARN_CFLAGS="$WARN_CFLAGS -Werror"])
])

# FRAME_CFLAGS: no function has more than 8 KiB on the stack, as threads of the programs that load the module may have 64 KiB
# in all. Not with sanitizers, which put their own bytes between the variables.
AC_DEFUN([MYNUMBER_FRAMES], [
	AS_IF([test -z "$SANITIZER_CFLAGS"], [MYNUMBER_CHECK_FLAGS([FRAME_CFLAGS], [-Wframe-larger-than=8192])])
	AC_SUBST([FRAME_CFLAGS])
])

# SANITIZER_CFLAGS for all code; TEST_SANITIZER_CFLAGS for what tests build a second time, whatever the configuration says.
AC_DEFUN([MYNUMBER_SANITIZERS], [
	AC_ARG_ENABLE([asan], [AS_HELP_STRING([--enable-asan], [find memory errors with AddressSanitizer])], [], [enable_asan=no])
	AC_ARG_ENABLE([ubsan], [AS_HELP_STRING([--enable-ubsan], [find undefined behaviour with UBSan])], [], [enable_ubsan=no])
	SANITIZER_CFLAGS=
	AS_IF([test "$enable_asan" = yes], [SANITIZER_CFLAGS="-fsanitize=address -fno-omit-frame-pointer"])
	AS_IF([test "$enable_ubsan" = yes], [SANITIZER_CFLAGS="$SANITIZER_CFLAGS -fsanitize=undefined -fno-sanitize-recover=undefined"])
	AC_SUBST([SANITIZER_CFLAGS])
	AM_CONDITIONAL([ASAN], [test "$enable_asan" = yes])
	MYNUMBER_CHECK_FLAGS([TEST_SANITIZER_CFLAGS],
		[-fsanitize=address -fsanitize=undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer])
	AC_ARG_ENABLE([fuzzing], [AS_HELP_STRING([--enable-fuzzing], [make fuzz targets for libFuzzer (CC=clang) or AFL++ (CC=afl-clang-fast)])],
		[], [enable_fuzzing=no])
	AS_IF([test "$enable_fuzzing" = yes], [TEST_SANITIZER_CFLAGS="$TEST_SANITIZER_CFLAGS -fsanitize=fuzzer-no-link"])
	AM_CONDITIONAL([FUZZING], [test "$enable_fuzzing" = yes])
	AS_CASE([$TEST_SANITIZER_CFLAGS], [*address*undefined*], [have_sanitizers=yes], [have_sanitizers=no])
	AM_CONDITIONAL([SANITIZED], [test "$have_sanitizers" = yes])
])

# HARDEN_CFLAGS, HARDEN_LDFLAGS and, for modules and libraries, NO_UNDEFINED_LDFLAGS.
# Sanitizers bring their own symbols at run time and their own checks of memory.
AC_DEFUN([MYNUMBER_HARDENING], [
	AC_ARG_ENABLE([hardening],
		[AS_HELP_STRING([--disable-hardening], [leave out the flags that make bugs hard to exploit])],
		[], [enable_hardening=yes])
	AS_IF([test -n "$SANITIZER_CFLAGS"], [enable_hardening=no])
	AS_IF([test "$enable_hardening" = yes], [
		MYNUMBER_CHECK_FLAGS([HARDEN_CFLAGS], [-fstack-protector-strong -fstack-clash-protection -fcf-protection])
		MYNUMBER_CHECK_FLAGS([HARDEN_CPPFLAGS], ["-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2"], [CPPFLAGS])
		MYNUMBER_CHECK_FLAGS([HARDEN_LDFLAGS], [-Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack], [LDFLAGS])
		MYNUMBER_CHECK_FLAGS([NO_UNDEFINED_LDFLAGS], [-Wl,-z,defs], [LDFLAGS])
	])
	AC_SUBST([HARDEN_CFLAGS])
	AC_SUBST([HARDEN_CPPFLAGS])
	AC_SUBST([HARDEN_LDFLAGS])
	AC_SUBST([NO_UNDEFINED_LDFLAGS])
])

# COVERAGE_CFLAGS
AC_DEFUN([MYNUMBER_COVERAGE], [
	AC_ARG_ENABLE([coverage], [AS_HELP_STRING([--enable-coverage], [count what the tests run, for gcov and lcov])],
		[], [enable_coverage=no])
	COVERAGE_CFLAGS=
	AS_IF([test "$enable_coverage" = yes], [COVERAGE_CFLAGS="--coverage -fprofile-update=atomic"])
	AC_SUBST([COVERAGE_CFLAGS])
])
