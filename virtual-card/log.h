/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The APDU log: whole exchanges, unmasked, as no real person's card is ever behind it. */
#ifndef VIRTUAL_CARD_LOG_H
#define VIRTUAL_CARD_LOG_H

#include <stddef.h>
#include <stdint.h>

/* Opens PATH for appending; several processes may share it. A descriptor, or -1 with a message on stderr. */
int vc_log_open(const char *path);

/* Appends one line "PID SIGN HEX", SIGN being '>' for a command and '<' for an answer. FD -1: nothing. */
void vc_log_bytes(int fd, char sign, const uint8_t *bytes, size_t len);

/* Appends one line "PID # EVENT". FD -1: nothing. */
void vc_log_event(int fd, const char *event);

#endif
