/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Includes cmocka.h after the headers that it requires. */
#ifndef TESTS_CMOCKA_ALL_H
#define TESTS_CMOCKA_ALL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
