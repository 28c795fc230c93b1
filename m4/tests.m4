# SPDX-License-Identifier: LGPL-2.1-or-later
# What only the virtual card and the tests need: a packager who builds just the module says --disable-tests.

# MYNUMBER_TESTS
# Sets VIRTUAL_CARD_CFLAGS and VIRTUAL_CARD_LIBS, PCSC_CFLAGS, P11_KIT_CFLAGS, CMOCKA_CFLAGS and CMOCKA_LIBS,
# the conditionals TESTS_ENABLED, P11_KIT and CMOCKA.
AC_DEFUN([MYNUMBER_TESTS], [
	AC_ARG_ENABLE([tests],
		[AS_HELP_STRING([--disable-tests], [build the module only, neither the virtual card nor tests])],
		[], [enable_tests=yes])
	AS_IF([test "$enable_tests" = yes], [
		PKG_CHECK_MODULES([VIRTUAL_CARD], [libcrypto >= 3.0 inih pangocairo libpng libopenjp2])
		PKG_CHECK_MODULES([PCSC], [libpcsclite])
		PKG_CHECK_MODULES([P11_KIT], [p11-kit-1], [have_p11_kit=yes], [have_p11_kit=no])
		PKG_CHECK_MODULES([CMOCKA], [cmocka], [have_cmocka=yes], [have_cmocka=no])
	])
	AC_ARG_VAR([TEST_PROGRAMS], [folder of programs that the tests use and nobody installed @<:@SRCDIR/.test-programs@:>@])
	AS_IF([test -z "$TEST_PROGRAMS"], [TEST_PROGRAMS=$(cd "$srcdir" && pwd)/.test-programs])
	AM_CONDITIONAL([TESTS_ENABLED], [test "$enable_tests" = yes])
	AM_CONDITIONAL([P11_KIT], [test "$have_p11_kit" = yes])
	AM_CONDITIONAL([CMOCKA], [test "$have_cmocka" = yes])
])
