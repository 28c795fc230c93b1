/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "prompt.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <openssl/evp.h>

bool
prompt_read_line(int fd, char *line, size_t size)
{
	size_t len = 0;
	ssize_t got;

	do {
		got = read(fd, line + len, 1);
		if (got == 1 && line[len] == '\n')
			break;
		len += got == 1;
	} while ((got == 1 && len < size - 1) || (got < 0 && errno == EINTR));
	line[len] = '\0';
	line[strcspn(line, "\r")] = '\0';
	return got >= 0;
}

bool
prompt_has_terminal(void)
{
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* On a terminal OpenSSL asks, because it restores the echo also after a signal. It takes SIZE characters at most, without the
 * terminating zero, which it writes behind them. */
bool
prompt_secret(const char *prompt, char *text, size_t size)
{
	if (prompt_has_terminal())
		return EVP_read_pw_string(text, (int)size - 2, prompt, 0) == 0;
	fputs(prompt, stderr);
	return prompt_read_line(STDIN_FILENO, text, size) && text[0] != '\0' && strlen(text) < size - 1;
}
