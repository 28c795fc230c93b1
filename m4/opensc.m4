# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenSC as a plugin sees it: headers from its source package (no distribution ships them), the library that is installed.

# MYNUMBER_OPENSC
# Sets OPENSC_CPPFLAGS, OPENSC_LIBRARY and OPENSC_LIBS, defines OPENSC_VERSION and what differs between versions.
AC_DEFUN([MYNUMBER_OPENSC], [
	_MYNUMBER_OPENSC_SOURCE
	_MYNUMBER_OPENSC_LIBRARY
	_MYNUMBER_OPENSC_SAME_VERSION
	_MYNUMBER_OPENSC_PROBES
])

# The headers. ENABLE_SM and ENABLE_OPENSSL change the layout of structs: every distribution's OpenSC has both.
AC_DEFUN([_MYNUMBER_OPENSC_SOURCE], [
	AC_ARG_WITH([opensc-source],
		[AS_HELP_STRING([--with-opensc-source=DIR],
			[the source of the OpenSC that is installed @<:@SRCDIR/.opensc-source/current, made by ./bootstrap@:>@])],
		[opensc_source=$withval], [opensc_source=$srcdir/.opensc-source/current])
	AC_MSG_CHECKING([for the headers of OpenSC])
	AS_IF([test -f "$opensc_source/src/libopensc/opensc.h"],
		[opensc_source=$(cd "$opensc_source" && pwd -P)],
		[AC_MSG_RESULT([no])
		AC_MSG_ERROR([$opensc_source holds no src/libopensc/opensc.h.
Run ./bootstrap, which gets the source of the installed OpenSC, or give its folder by --with-opensc-source=DIR.])])
	AC_MSG_RESULT([$opensc_source])
	OPENSC_CPPFLAGS="-isystem $opensc_source/src -DENABLE_SM -DENABLE_OPENSSL"
	AC_SUBST([OPENSC_CPPFLAGS])
	AC_SUBST([opensc_source])

	AC_MSG_CHECKING([for the version of these headers])
	AS_IF([test -f "$opensc_source/VERSION.mk"], [opensc_version_file=$opensc_source/VERSION.mk],
		[opensc_version_file=$opensc_source/configure.ac])
	opensc_version=
	for opensc_part in MAJOR MINOR FIX; do
		opensc_part=$($SED -n "s/^.*PACKAGE_VERSION_$opensc_part@<:@^0-9@:>@*\(@<:@0-9@:>@@<:@0-9@:>@*\).*/\1/p" "$opensc_version_file" | $SED 1q)
		opensc_version=${opensc_version:+$opensc_version.}$opensc_part
	done
	AS_CASE([$opensc_version], [@<:@0-9@:>@*.*@<:@0-9@:>@.@<:@0-9@:>@*], [],
		[AC_MSG_ERROR([no version found in $opensc_version_file])])
	AC_MSG_RESULT([$opensc_version])
	AS_VERSION_COMPARE([$opensc_version], [0.23.0],
		[AC_MSG_ERROR([OpenSC $opensc_version is too old: 0.23.0 or newer is needed.])])
])

# The library, by the name that the installed opensc-tool asks the dynamic linker for.
AC_DEFUN([_MYNUMBER_OPENSC_LIBRARY], [
	AC_ARG_WITH([opensc-library],
		[AS_HELP_STRING([--with-opensc-library=NAME], [link with NAME, e.g. libopensc.so.8 @<:@that of the installed opensc-tool@:>@])],
		[OPENSC_LIBRARY=$withval])
	AC_PATH_PROG([OPENSC_TOOL], [opensc-tool])
	AC_CHECK_TOOL([READELF], [readelf])
	AC_MSG_CHECKING([for OpenSC's library])
	AS_IF([test -z "$OPENSC_LIBRARY" && test -n "$OPENSC_TOOL" && test -n "$READELF"],
		[OPENSC_LIBRARY=$(LC_ALL=C "$READELF" -d "$OPENSC_TOOL" | $SED -n 's/.*(NEEDED).*@<:@@<:@@:>@\(libopensc\.so\.@<:@0-9@:>@*\)@:>@.*/\1/p')])
	AS_IF([test -z "$OPENSC_LIBRARY"],
		[AC_MSG_RESULT([no])
		AC_MSG_ERROR([no opensc-tool that tells which libopensc.so is installed.
Install OpenSC (./bootstrap does) or name the library by --with-opensc-library=libopensc.so.N.])])
	AC_MSG_RESULT([$OPENSC_LIBRARY])
	AC_SUBST([OPENSC_LIBRARY])
	AC_SUBST([OPENSC_LIBS], ["-l:$OPENSC_LIBRARY"])
])

# OpenSC promises no ABI between versions: a module compiled with other headers reads the wrong fields. The headers' numbers are only
# the beginning of the version by which the library calls itself and accepts modules: Ubuntu 24.04 has 0.25.0-rc1.
AC_DEFUN([_MYNUMBER_OPENSC_SAME_VERSION], [
	AC_ARG_WITH([opensc-version-check],
		[AS_HELP_STRING([--without-opensc-version-check],
			[accept headers of another version than the library's: to see that it compiles, never to run it])],
		[], [with_opensc_version_check=yes])
	AS_IF([test "$with_opensc_version_check" != no], [
		AC_MSG_CHECKING([for the version of $OPENSC_LIBRARY])
		mynumber_save_LIBS=$LIBS
		LIBS="$OPENSC_LIBS $LIBS"
		AC_RUN_IFELSE([AC_LANG_PROGRAM([[#include <stdio.h>
			const char *sc_get_version(void);]],
			[[FILE *out = fopen("conftest.version", "w");
			return out == NULL || fprintf(out, "%s\n", sc_get_version()) < 0 || fclose(out) != 0;]])],
			[opensc_installed=$(cat conftest.version)],
			[AC_MSG_RESULT([unknown])
			AC_MSG_ERROR([no program can be linked with $OPENSC_LIBRARY and run.
Is OpenSC installed? config.log tells more.])],
			[opensc_installed="$opensc_version (not checked: cross compiling)"])
		rm -f conftest.version
		LIBS=$mynumber_save_LIBS
		AC_MSG_RESULT([$opensc_installed])
		AS_CASE([$opensc_installed], ["$opensc_version"|"$opensc_version "*], [],
			["$opensc_version-"*], [opensc_version=${opensc_installed%% *}],
			[AC_MSG_ERROR([the headers in $opensc_source are of OpenSC $opensc_version,
but the installed $OPENSC_LIBRARY is OpenSC $opensc_installed. OpenSC would not load the module.
Run ./bootstrap, which gets the source of the installed version, or give its folder by --with-opensc-source=DIR.])])
	])
	AC_SUBST([opensc_version])
	AC_DEFINE_UNQUOTED([OPENSC_VERSION], ["$opensc_version"], [the version of OpenSC that this is compiled for])
])

# _MYNUMBER_OPENSC_TRY(QUESTION, MACRO, DESCRIPTION, DECLARATIONS, [BODY])
# Defines MACRO if the code compiles without a mismatch of types.
AC_DEFUN([_MYNUMBER_OPENSC_TRY], [
	AC_MSG_CHECKING([whether $1])
	AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[#include <stddef.h>
		#include "libopensc/opensc.h"
		#include "libopensc/cardctl.h"
		#include "libopensc/internal.h"
		#include "libopensc/pkcs15.h"
		#include "libopensc/log.h"
		]$4], [$5])],
		[AC_MSG_RESULT([yes])
		AC_DEFINE([$2], [1], [$3])],
		[AC_MSG_RESULT([no])])
])

# What differs between 0.23 and 0.27, and between releases and git. By compiling, as versions do not tell:
# OpenSC's git changed pin_cmd and still calls itself 0.27.1.
AC_DEFUN([_MYNUMBER_OPENSC_PROBES], [
	mynumber_save_CPPFLAGS=$CPPFLAGS
	mynumber_save_CFLAGS=$CFLAGS
	CPPFLAGS="$CPPFLAGS $OPENSC_CPPFLAGS $CRYPTO_CFLAGS"
	CFLAGS="$CFLAGS -Werror=incompatible-pointer-types -Werror=implicit-function-declaration"

	AC_MSG_CHECKING([whether OpenSC's headers compile])
	AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[#include "libopensc/opensc.h"
		#include "libopensc/cardctl.h"
		#include "libopensc/internal.h"
		#include "libopensc/pkcs15.h"
		#include "libopensc/log.h"]])],
		[AC_MSG_RESULT([yes])],
		[AC_MSG_RESULT([no])
		AC_MSG_ERROR([the headers of OpenSC $opensc_version do not compile. config.log tells why.])])

	_MYNUMBER_OPENSC_TRY([pin_cmd reports the tries left through a pointer], [HAVE_OPENSC_PIN_CMD_TRIES_LEFT],
		[pin_cmd has the argument int *tries_left (before git of June 2026)],
		[[int f(struct sc_card *, struct sc_pin_cmd_data *, int *);]],
		[[struct sc_card_operations ops; ops.pin_cmd = f; (void)ops;]])
	_MYNUMBER_OPENSC_TRY([read_binary takes a pointer to its flags], [HAVE_OPENSC_READ_BINARY_FLAGS_POINTER],
		[read_binary has the argument unsigned long *flags (0.24)],
		[[int f(struct sc_card *, unsigned int, u8 *, size_t, unsigned long *);]],
		[[struct sc_card_operations ops; ops.read_binary = f; (void)ops;]])
	_MYNUMBER_OPENSC_TRY([read_record takes an index], [HAVE_OPENSC_READ_RECORD_IDX],
		[read_record has the argument unsigned int idx (0.24)],
		[[int f(struct sc_card *, unsigned int, unsigned int, u8 *, size_t, unsigned long);]],
		[[struct sc_card_operations ops; ops.read_record = f; (void)ops;]])
	_MYNUMBER_OPENSC_TRY([padding PKCS1 is told apart by type], [HAVE_OPENSC_RSA_PAD_PKCS1_TYPE_01],
		[SC_ALGORITHM_RSA_PAD_PKCS1_TYPE_01 exists (0.25)],
		[[#ifndef SC_ALGORITHM_RSA_PAD_PKCS1_TYPE_01
		#error absent
		#endif]])

	CPPFLAGS=$mynumber_save_CPPFLAGS
	CFLAGS=$mynumber_save_CFLAGS
])
