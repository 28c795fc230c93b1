/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What all fuzz targets share. A target is a program with one function, which libFuzzer, AFL++ and replay.c call with inputs.
 * Inputs of most targets are chunks: a byte that says what it is, two bytes of length (big endian), the bytes.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHUNK_HEADER 3

struct chunk {
	uint8_t type;
	const uint8_t *data;
	size_t len;
};

/* The target makes itself ready, once; ends the program where that fails. */
void fuzz_prepare(void);

/* What the fuzzer calls at the start: fuzz_prepare(). 0. */
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* Runs one input. 0; a broken promise of the code under test ends the program. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Takes the next chunk off the SIZE bytes at DATA; the last one may be cut short. False at the end. */
bool chunk_next(const uint8_t **data, size_t *size, struct chunk *chunk);

/* Ends the program with a message unless the condition holds. */
#define PROMISE(condition) \
	do { \
		if (!(condition)) \
			promise_broken(__FILE__, __LINE__, #condition); \
	} while (0)

void promise_broken(const char *file, int line, const char *condition) __attribute__((noreturn));

#endif
