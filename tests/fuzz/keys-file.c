/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "keys-file.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "fuzz.h"

static char path[] = "/tmp/fuzz-keys.XXXXXX";

static void
remove_file(void)
{
	unlink(path);
}

const char *
keys_file_make(void)
{
	int fd = mkstemp(path);

	PROMISE(fd >= 0 && atexit(remove_file) == 0);
	close(fd);
	return path;
}

void
keys_file_write(const uint8_t *data, size_t len)
{
	FILE *file = fopen(path, "wb");

	PROMISE(file != NULL && fwrite(data, 1, len, file) == len && fclose(file) == 0);
}
