/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What differs between OpenSC 0.23 and 0.27 (and its git): told apart by configure's compile tests, never by version numbers. */
#ifndef MYNUMBER_COMPAT_H
#define MYNUMBER_COMPAT_H

#include "config.h"

#include "libopensc/opensc.h"
#include "libopensc/cardctl.h"
#include "libopensc/errors.h"
#include "libopensc/internal.h"
#include "libopensc/log.h"
#include "libopensc/pkcs15.h"

/* The last parameter of the operation pin_cmd, and what it wants told; data->pin1.tries_left carries the same. */
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

/* The flags of the operation read_binary; this driver has no use for them. */
#ifdef HAVE_OPENSC_READ_BINARY_FLAGS_POINTER
typedef unsigned long *compat_read_flags;
#else
typedef unsigned long compat_read_flags;
#endif

/* The offset within a record, which 0.24 added to read_record. */
#ifdef HAVE_OPENSC_READ_RECORD_IDX
#define COMPAT_RECORD_IDX_PARAM unsigned int idx,
#define COMPAT_RECORD_IDX	idx
#else
#define COMPAT_RECORD_IDX_PARAM
#define COMPAT_RECORD_IDX 0
#endif

/* "Signs with PKCS#1 v1.5"; where the library can say so, without "decrypts with it". */
#ifdef HAVE_OPENSC_RSA_PAD_PKCS1_TYPE_01
#define COMPAT_RSA_PAD_PKCS1_SIGN SC_ALGORITHM_RSA_PAD_PKCS1_TYPE_01
#else
#define COMPAT_RSA_PAD_PKCS1_SIGN SC_ALGORITHM_RSA_PAD_PKCS1
#endif

#endif
