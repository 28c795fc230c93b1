/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "key-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "card-driver/base/tell.h"

#define KEY_FILE_MAX (64 * 1024)
#define TOO_LARGE    "it is larger than 64 KiB"

/* Reads up to SIZE bytes. Returns the number of bytes, or -1 with errno set. */
static ssize_t
read_up_to(int fd, char *buf, size_t size)
{
	size_t have = 0;
	ssize_t part = 1;

	while (part != 0 && have < size) {
		part = read(fd, buf + have, size - have);
		if (part < 0 && errno != EINTR)
			return -1;
		have += part > 0 ? (size_t)part : 0;
	}
	return (ssize_t)have;
}

/* Returns a description of what is wrong with the opened file, or NULL. The size of the file may still change
 * afterwards. */
static const char *
describe_file_fault(int fd)
{
	struct stat status;

	if (fstat(fd, &status) != 0)
		return strerror(errno);
	if (!S_ISREG(status.st_mode))
		return "it is not a regular file";
	return status.st_size > KEY_FILE_MAX ? TOO_LARGE : NULL;
}

static const char *
read_key_text(int fd, char *text, size_t *len)
{
	const char *fault = describe_file_fault(fd);
	ssize_t r;

	if (fault != NULL)
		return fault;
	r = read_up_to(fd, text, KEY_FILE_MAX + 1);
	if (r < 0)
		return strerror(errno);
	if (r > KEY_FILE_MAX)
		return TOO_LARGE;
	text[r] = '\0';
	*len = (size_t)r;
	return NULL;
}

/* Opens and reads the file. Without O_NONBLOCK, opening a pipe would wait for its writer. */
static const char *
open_key_file(const char *path, char *text, size_t *len)
{
	const char *fault;
	int fd;

	if (path[0] != '/')
		return "the path is not absolute";
	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return strerror(errno);
	fault = read_key_text(fd, text, len);
	close(fd);
	return fault;
}

int
key_file_read(const sc_context_t *ctx, const char *setting, const char *path, char **text, size_t *len)
{
	const char *fault;

	*text = malloc(KEY_FILE_MAX + 1);
	if (*text == NULL)
		return SC_ERROR_OUT_OF_MEMORY;
	fault = open_key_file(path, *text, len);
	if (fault == NULL)
		return SC_SUCCESS;
	free(*text);
	*text = NULL;
	tell_user(ctx, "%s: %s: %s. No key of it is trusted; name another file in opensc.conf, or strike %s there", setting, path, fault, setting);
	return SC_ERROR_FILE_NOT_FOUND;
}
