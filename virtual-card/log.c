/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOG_FILE_MODE 0600
#define LOG_OVERHEAD  32 /* room for process id, sign, newline */

int
vc_log_open(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, LOG_FILE_MODE);

	if (fd < 0)
		fprintf(stderr, "virtual card: cannot open the log %s: %s\n", path, strerror(errno));
	return fd;
}

/* Each line is one write(), so that lines of several processes never mix. */
static void
write_line(int fd, const char *line, size_t len)
{
	if (write(fd, line, len) != (ssize_t)len)
		fprintf(stderr, "virtual card: cannot write the log: %s\n", strerror(errno));
}

void
vc_log_bytes(int fd, char sign, const uint8_t *bytes, size_t len)
{
	static const char digits[] = "0123456789ABCDEF";
	char *line;
	size_t used, i;

	if (fd < 0)
		return;
	line = malloc(LOG_OVERHEAD + 2 * len);
	if (line == NULL)
		return;
	used = (size_t)snprintf(line, LOG_OVERHEAD, "%ld %c ", (long)getpid(), sign);
	for (i = 0; i < len; i++) {
		line[used++] = digits[bytes[i] >> 4];
		line[used++] = digits[bytes[i] & 0x0F];
	}
	line[used++] = '\n';
	write_line(fd, line, used);
	free(line);
}

void
vc_log_event(int fd, const char *event)
{
	char line[128];
	int used;

	if (fd < 0)
		return;
	used = snprintf(line, sizeof(line), "%ld # %s\n", (long)getpid(), event);
	if (used > 0 && (size_t)used < sizeof(line))
		write_line(fd, line, (size_t)used);
}
