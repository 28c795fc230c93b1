/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cache-folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "card-driver/base/tell.h"
#include "card-driver/session/session.h"

#define PREFIX_MAX 64

/* Another program may remove the file at the same time, which does no harm. */
static bool
is_plain_file(int folder, const char *name)
{
	struct stat status;

	if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT;
	return S_ISREG(status.st_mode) && status.st_uid == geteuid() && status.st_size <= EXTENDED_ANSWER_MAX;
}

/* Returns true if all files whose names begin with PREFIX are plain. All versions of OpenSC begin the names in the same
 * way. The message does not contain a name, because names begin with the card number. */
static bool
are_entries_plain(const sc_context_t *ctx, DIR *folder, const char *path, const char *prefix)
{
	const struct dirent *entry;

	while ((entry = readdir(folder)) != NULL) {
		if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0 || is_plain_file(dirfd(folder), entry->d_name))
			continue;
		tell_user(ctx, "OpenSC's cache %s contains a file that OpenSC has not written. The cache is not used. Delete this folder", path);
		return false;
	}
	return true;
}

bool
cache_folder_is_safe(struct sc_pkcs15_card *p15card)
{
	const sc_pkcs15_tokeninfo_t *info = p15card->tokeninfo;
	sc_context_t *ctx = p15card->card->ctx;
	char path[PATH_MAX], prefix[PREFIX_MAX];
	DIR *folder;
	bool good, missing;

	if (sc_get_cache_dir(ctx, path, sizeof(path)) != SC_SUCCESS)
		return false;
	snprintf(prefix, sizeof(prefix), "%s_%s", info->serial_number, info->last_update.gtime);
	folder = opendir(path);
	missing = folder == NULL && errno == ENOENT;
	if (folder == NULL && !missing)
		tell_user(ctx, "%s: %s. OpenSC's cache is not used. Set another file_cache_dir", path, strerror(errno));
	if (folder == NULL)
		return missing;
	good = are_entries_plain(ctx, folder, path, prefix);
	closedir(folder);
	return good;
}
