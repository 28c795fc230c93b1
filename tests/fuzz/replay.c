/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* main() of a fuzz target without a fuzzer. It runs each file in the folders and files on the command line, and prints the
 * number of files. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"

#define PATH_MAX_LEN 4096

static void
run_file(const char *path, size_t size)
{
	uint8_t *data = malloc(size > 0 ? size : 1); /* exactly this size, so that the sanitizer detects reads beyond the end */
	FILE *file = fopen(path, "rb");

	if (data == NULL || file == NULL || fread(data, 1, size, file) != size) {
		fprintf(stderr, "cannot read %s\n", path);
		exit(EXIT_FAILURE);
	}
	fclose(file);
	fprintf(stderr, "%s\n", path); /* after a crash, the last line names the file */
	LLVMFuzzerTestOneInput(data, size);
	free(data);
}

/* Runs PATH, or all files in it. Returns the number of files. */
static unsigned
run_path(const char *path) /* NOLINT(misc-no-recursion) */
{
	char inner[PATH_MAX_LEN];
	struct dirent **names;
	struct stat about;
	unsigned runs = 0;
	int count, i;

	if (stat(path, &about) == 0 && S_ISREG(about.st_mode)) {
		run_file(path, (size_t)about.st_size);
		return 1;
	}
	count = scandir(path, &names, NULL, alphasort);
	for (i = 0; i < count; i++) {
		if (names[i]->d_name[0] != '.' && snprintf(inner, sizeof(inner), "%s/%s", path, names[i]->d_name) < (int)sizeof(inner))
			runs += run_path(inner);
		free(names[i]);
	}
	if (count >= 0)
		free(names);
	return runs;
}

int
main(int argc, char **argv)
{
	unsigned runs = 0;
	int i;

	LLVMFuzzerInitialize(&argc, &argv);
	for (i = 1; i < argc; i++)
		runs += run_path(argv[i]);
	printf("%u\n", runs);
	return EXIT_SUCCESS;
}
