/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The APDU log. It contains whole exchanges without masking, because a virtual card never has a real person's data. */
#ifndef VIRTUAL_CARD_LOG_H
#define VIRTUAL_CARD_LOG_H

#include <stddef.h>
#include <stdint.h>

/* Opens PATH for appending; several processes may share it. Returns a descriptor, or -1 with a message on stderr. */
int vc_log_open(const char *path);

/* Appends one line "PID SIGN HEX"; SIGN is '>' for a command and '<' for an answer. With FD -1 it does nothing. */
void vc_log_bytes(int fd, char sign, const uint8_t *bytes, size_t len);

/* Appends one line "PID # EVENT". With FD -1 it does nothing. */
void vc_log_event(int fd, const char *event);

#endif
