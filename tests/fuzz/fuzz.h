/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Declarations for all fuzz targets. A target is a program with one function that libFuzzer, AFL++ or replay.c calls with
 * inputs. Inputs of most targets are chunks: one byte for the type, two bytes for the length (big endian), and the content.
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

/* Prepares the target once. Ends the program on failure. */
void fuzz_prepare(void);

/* The fuzzer calls this at the start; it calls fuzz_prepare() and returns 0. */
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* Runs one input and returns 0. If the code under test breaks a promise, the program ends. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Takes the next chunk from the SIZE bytes at DATA; the last chunk may be cut short. Returns false at the end. */
bool chunk_next(const uint8_t **data, size_t *size, struct chunk *chunk);

/* Ends the program with a message if the condition is false. */
#define PROMISE(condition) \
	do { \
		if (!(condition)) \
			promise_broken(__FILE__, __LINE__, #condition); \
	} while (0)

void promise_broken(const char *file, int line, const char *condition) __attribute__((noreturn));

#endif
