/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The temporary file is beside FILE, because rename() works only within a file system. */
#define TEMPORARY ".XXXXXX"

/* The buffer of the stream, which is cleared afterwards. */
static char stream_buffer[BUFSIZ];

static bool
write_stream(FILE *out, output_writer writer, const void *argument)
{
	bool good;

	setvbuf(out, stream_buffer, _IOFBF, sizeof(stream_buffer));
	good = writer(out, argument);
	if (!good && ferror(out) == 0)
		errno = ENOMEM;
	good = good && ferror(out) == 0;
	good = fclose(out) == 0 && good;
	explicit_bzero(stream_buffer, sizeof(stream_buffer));
	return good;
}

/* Only the owner can read the file: mkstemp() creates it with mode 0600. */
static bool
write_temporary_file(char *temporary, output_writer writer, const void *argument)
{
	int fd = mkstemp(temporary);
	FILE *out = fd < 0 ? NULL : fdopen(fd, "w");

	if (out != NULL)
		return write_stream(out, writer, argument);
	if (fd >= 0)
		close(fd);
	return false;
}

/* The signals with which users end a program wait until the temporary file has its final name or is removed, because it holds the
 * holder's data. */
static void
block_interrupts(sigset_t *before)
{
	static const int interrupts[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
	sigset_t blocked;
	size_t i;

	sigemptyset(&blocked);
	for (i = 0; i < sizeof(interrupts) / sizeof(interrupts[0]); i++)
		sigaddset(&blocked, interrupts[i]);
	sigprocmask(SIG_BLOCK, &blocked, before);
}

static bool
replace_file(const char *file, output_writer writer, const void *argument)
{
	size_t size = strlen(file) + sizeof(TEMPORARY);
	char *temporary = malloc(size);
	sigset_t before;
	bool good;
	int error;

	if (temporary == NULL)
		return false;
	snprintf(temporary, size, "%s" TEMPORARY, file);
	block_interrupts(&before);
	good = write_temporary_file(temporary, writer, argument) && rename(temporary, file) == 0;
	error = errno;
	if (!good)
		unlink(temporary);
	sigprocmask(SIG_SETMASK, &before, NULL);
	free(temporary);
	errno = error;
	return good;
}

/* True if STATUS is the file of standard output or standard error. */
static bool
is_standard_stream(const struct stat *status)
{
	struct stat standard;
	int fd;

	for (fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++)
		if (fstat(fd, &standard) == 0 && standard.st_dev == status->st_dev && standard.st_ino == status->st_ino)
			return true;
	return false;
}

/* Refuses a pipe or terminal of another user, who would get the holder's data. */
static bool
may_write_special_file(const struct stat *status)
{
	bool ours = status->st_uid == geteuid() || status->st_uid == 0 || is_standard_stream(status);

	return ours && (S_ISCHR(status->st_mode) || S_ISFIFO(status->st_mode));
}

/* Writes to a device or a pipe. Checks it again after open(), because the name may have been given to another file. */
static bool
write_special_file(const char *file, output_writer writer, const void *argument)
{
	int fd = open(file, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	struct stat status;
	FILE *out = NULL;

	if (fd < 0)
		return false;
	if (fstat(fd, &status) == 0 && may_write_special_file(&status))
		out = fdopen(fd, "w");
	else
		errno = EPERM;
	if (out != NULL)
		return write_stream(out, writer, argument);
	close(fd);
	return false;
}

enum outcome
output_write(const char *file, output_writer writer, const void *argument)
{
	struct stat status;
	bool good;

	if (file == NULL) {
		good = write_stream(stdout, writer, argument);
	} else if (stat(file, &status) != 0 || S_ISREG(status.st_mode)) {
		good = replace_file(file, writer, argument);
	} else if (may_write_special_file(&status)) {
		good = write_special_file(file, writer, argument);
	} else {
		complain("%s is neither a file, nor a pipe or terminal of yours. Nothing was written. To continue, name a file.", file);
		return OUTCOME_ERROR;
	}
	if (!good)
		complain("%s: %s", file == NULL ? "standard output" : file, strerror(errno));
	return good ? OUTCOME_GENUINE : OUTCOME_ERROR;
}
