/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create */
#endif
#include "keys-file.h"

#include <stdio.h>

#include <sys/mman.h>

#include "fuzz.h"

/* The file is in memory, because writing one to the disk for each input would take most of a fuzzer's time. */
static char path[] = "/proc/self/fd/0123456789";

const char *
keys_file_make(void)
{
	int fd = memfd_create("keys", 0);

	PROMISE(fd >= 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return path;
}

void
keys_file_write(const uint8_t *data, size_t len)
{
	FILE *file = fopen(path, "wb");

	PROMISE(file != NULL && fwrite(data, 1, len, file) == len && fclose(file) == 0);
}
