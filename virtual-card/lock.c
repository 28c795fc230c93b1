/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* locks that belong to an open file description: F_OFD_SETLK */
#endif

#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LOCK_FILE_MODE 0600

static struct flock
one_byte(enum vc_lock lock, short type)
{
	return (struct flock){.l_type = type, .l_whence = SEEK_SET, .l_start = (off_t)lock, .l_len = 1};
}

int
vc_lock_open(const char *dir)
{
	char path[4096];
	int fd;

	if (snprintf(path, sizeof(path), "%s/card.lock", dir) >= (int)sizeof(path)) {
		fprintf(stderr, "virtual card: the folder name is too long: %s\n", dir);
		return -1;
	}
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, LOCK_FILE_MODE);
	if (fd < 0)
		fprintf(stderr, "virtual card: cannot open %s: %s\n", path, strerror(errno));
	return fd;
}

bool
vc_lock_take(int fd, enum vc_lock lock, enum vc_lock_mode mode, bool wait)
{
	struct flock range = one_byte(lock, mode == VC_LOCK_EXCLUSIVE ? F_WRLCK : F_RDLCK);
	int rc;

	do
		rc = fcntl(fd, wait ? F_OFD_SETLKW : F_OFD_SETLK, &range);
	while (rc < 0 && errno == EINTR);
	return rc == 0;
}

void
vc_lock_drop(int fd, enum vc_lock lock)
{
	struct flock range = one_byte(lock, F_UNLCK);

	(void)fcntl(fd, F_OFD_SETLK, &range);
}

bool
vc_lock_held_elsewhere(int fd, enum vc_lock lock, enum vc_lock_mode *mode)
{
	struct flock range = one_byte(lock, F_WRLCK);

	if (fcntl(fd, F_OFD_GETLK, &range) < 0 || range.l_type == F_UNLCK)
		return false;
	*mode = range.l_type == F_WRLCK ? VC_LOCK_EXCLUSIVE : VC_LOCK_SHARED;
	return true;
}
