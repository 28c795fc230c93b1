/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hides the differences between OpenSC 0.23 and 0.27 (and its git). The compile tests of configure detect them; version
 * numbers are never compared. */
#ifndef MYNUMBER_COMPAT_H
#define MYNUMBER_COMPAT_H

#include "config.h"

#include "libopensc/opensc.h"
#include "libopensc/cardctl.h"
#include "libopensc/errors.h"
#include "libopensc/internal.h"
#include "libopensc/log.h"
#include "libopensc/pkcs15.h"

/* The last parameter of the operation pin_cmd, and a macro that sets it. data->pin1.tries_left contains the same number. */
#ifdef HAVE_OPENSC_PIN_CMD_TRIES_LEFT
#define COMPAT_TRIES_LEFT_PARAM , int *tries_left
#define COMPAT_TELL_TRIES_LEFT(data) \
	do { \
		if (tries_left) \
			*tries_left = (data)->pin1.tries_left; \
	} while (0)
#else
#define COMPAT_TRIES_LEFT_PARAM
#define COMPAT_TELL_TRIES_LEFT(data) \
	do { \
	} while (0)
#endif

/* The type of the flags of the operation read_binary. This driver does not use the flags. */
#ifdef HAVE_OPENSC_READ_BINARY_FLAGS_POINTER
typedef unsigned long *compat_read_flags;
#else
typedef unsigned long compat_read_flags;
#endif

/* The offset within a record, a parameter that OpenSC 0.24 added to read_record. */
#ifdef HAVE_OPENSC_READ_RECORD_IDX
#define COMPAT_RECORD_IDX_PARAM unsigned int idx,
#define COMPAT_RECORD_IDX	idx
#else
#define COMPAT_RECORD_IDX_PARAM
#define COMPAT_RECORD_IDX 0
#endif

/* The flag for signing with PKCS#1 v1.5. If the library has a flag that does not also mean decryption, it is used. */
#ifdef HAVE_OPENSC_RSA_PAD_PKCS1_TYPE_01
#define COMPAT_RSA_PAD_PKCS1_SIGN SC_ALGORITHM_RSA_PAD_PKCS1_TYPE_01
#else
#define COMPAT_RSA_PAD_PKCS1_SIGN SC_ALGORITHM_RSA_PAD_PKCS1
#endif

#endif
