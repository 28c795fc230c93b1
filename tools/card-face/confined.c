/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "confined.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

typedef bool (*picture_decoder)(const struct secret *file, struct pixels *pixels);

/* The child writes this before the samples. */
struct pixels_header {
	uint32_t width, height, channels;
};

/* Returns the size of this process's address space in bytes, or 0 if it is unknown. */
static size_t
address_space_size(void)
{
	unsigned long pages = 0;
	FILE *statm = fopen("/proc/self/statm", "re");

	if (statm == NULL)
		return 0;
	if (fscanf(statm, "%20lu", &pages) != 1)
		pages = 0;
	fclose(statm);
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static bool
set_limit(__rlimit_resource_t what, rlim_t most)
{
	const struct rlimit value = {most, most};

	return setrlimit(what, &value) == 0;
}

/* Reads the size of the address space first, because no file can be opened later. */
static bool
set_child_limits(void)
{
	size_t used = address_space_size();

	return used != 0 && prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && set_limit(RLIMIT_AS, used + CONFINED_MEMORY) &&
	       set_limit(RLIMIT_CPU, CONFINED_SECONDS) && set_limit(RLIMIT_CORE, 0) && set_limit(RLIMIT_FSIZE, 0) && set_limit(RLIMIT_NPROC, 0) &&
	       set_limit(RLIMIT_NOFILE, 0) && signal(SIGXFSZ, SIG_IGN) != SIG_ERR;
}

static bool
write_all(int fd, const void *data, size_t len)
{
	const uint8_t *at = data;

	while (len > 0) {
		ssize_t written = write(fd, at, len);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		at += written;
		len -= (size_t)written;
	}
	return true;
}

static bool
read_all(int fd, void *data, size_t len)
{
	uint8_t *at = data;

	while (len > 0) {
		ssize_t got = read(fd, at, len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		len -= (size_t)got;
	}
	return true;
}

static bool
run_decoder(picture_decoder decode, const struct secret *file, int out)
{
	struct pixels pixels = {0};
	struct pixels_header pixels_header;

	if (!set_child_limits() || !decode(file, &pixels))
		return false;
	pixels_header = (struct pixels_header){pixels.width, pixels.height, pixels.channels};
	return write_all(out, &pixels_header, sizeof(pixels_header)) && write_all(out, pixels.samples.data, pixels.samples.len);
}

/* Checks what the child sends, because a malicious picture may control its decoder. */
static bool
receive_pixels(int in, struct pixels *pixels)
{
	struct pixels_header pixels_header;

	return read_all(in, &pixels_header, sizeof(pixels_header)) && (pixels_header.channels == 1 || pixels_header.channels == 3) &&
	       pixels_alloc(pixels, pixels_header.width, pixels_header.height, pixels_header.channels) &&
	       read_all(in, pixels->samples.data, pixels->samples.len);
}

static bool
wait_for_child(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
}

bool
confined_decode(picture_decoder decode, const struct secret *file, struct pixels *pixels)
{
	int ends[2];
	pid_t pid;
	bool good;

	*pixels = (struct pixels){0};
	if (pipe(ends) != 0)
		return false;
	pid = fork();
	if (pid == 0) {
		close(ends[0]);
		_exit(run_decoder(decode, file, ends[1]) ? EXIT_SUCCESS : EXIT_FAILURE);
	}
	close(ends[1]);
	good = pid > 0 && receive_pixels(ends[0], pixels);
	close(ends[0]);
	/* a child that is still writing gets SIGPIPE */
	good = pid > 0 && wait_for_child(pid) && good;
	if (!good)
		pixels_free(pixels);
	return good;
}
