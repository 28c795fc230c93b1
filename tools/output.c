/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "output.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Beside FILE, as a rename does not leave the file system. */
#define TEMPORARY ".XXXXXX"

/* The program's own buffer of the stream, so that it can be cleared. */
static char stream_buffer[BUFSIZ];

static bool
write_and_close(FILE *out, output_writer writer, const void *argument)
{
	bool good;

	setvbuf(out, stream_buffer, _IOFBF, sizeof(stream_buffer));
	writer(out, argument);
	good = ferror(out) == 0;
	good = fclose(out) == 0 && good;
	explicit_bzero(stream_buffer, sizeof(stream_buffer));
	return good;
}

/* mkstemp() makes it with mode 0600. */
static bool
write_beside(char *temporary, output_writer writer, const void *argument)
{
	int fd = mkstemp(temporary);
	FILE *out = fd < 0 ? NULL : fdopen(fd, "w");

	if (out != NULL)
		return write_and_close(out, writer, argument);
	if (fd >= 0)
		close(fd);
	return false;
}

static bool
replace(const char *file, output_writer writer, const void *argument)
{
	size_t size = strlen(file) + sizeof(TEMPORARY);
	char *temporary = malloc(size);
	bool good;
	int error;

	if (temporary == NULL)
		return false;
	snprintf(temporary, size, "%s" TEMPORARY, file);
	good = write_beside(temporary, writer, argument) && rename(temporary, file) == 0;
	error = errno;
	if (!good)
		unlink(temporary);
	free(temporary);
	errno = error;
	return good;
}

/* A device or a pipe is written to, not replaced. */
static bool
is_special(const char *file)
{
	struct stat status;

	return stat(file, &status) == 0 && !S_ISREG(status.st_mode);
}

enum outcome
output_to(const char *file, output_writer writer, const void *argument)
{
	bool good;

	if (file == NULL) {
		good = write_and_close(stdout, writer, argument);
	} else if (is_special(file)) {
		FILE *out = fopen(file, "w");

		good = out != NULL && write_and_close(out, writer, argument);
	} else {
		good = replace(file, writer, argument);
	}
	if (!good)
		complain("%s: %s", file == NULL ? "standard output" : file, strerror(errno));
	return good ? OUTCOME_GENUINE : OUTCOME_ERROR;
}
