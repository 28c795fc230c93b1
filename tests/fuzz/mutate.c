/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Applies libFuzzer's mutations within one chunk, so that the chunks behind it stay the same. Only libFuzzer programs link
 * this. */
#include "fuzz.h"

#include <string.h>

#define CHUNKS_MAX 512
#define LEN_MAX	   0xFFFF

/* libFuzzer provides the first function and calls the second. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

/* The offsets of the chunk headers in an input; the offset after the last chunk is the end. */
static size_t
find_chunks(const uint8_t *data, size_t size, size_t starts[CHUNKS_MAX + 1])
{
	const uint8_t *p = data;
	size_t rest = size, count = 0;
	struct chunk chunk;

	for (starts[0] = 0; count < CHUNKS_MAX && chunk_next(&p, &rest, &chunk); starts[count] = (size_t)(p - data))
		count++;
	return count;
}

/* Mutates the chunk between START and END in place. Returns the new size of the input. */
static size_t
mutate_chunk(uint8_t *data, size_t size, size_t max_size, size_t start, size_t end)
{
	size_t len = end - start - CHUNK_HEADER, room = len + max_size - size, behind = size - end, changed;
	static uint8_t copy[LEN_MAX];

	if (room > LEN_MAX)
		room = LEN_MAX;
	memcpy(copy, data + start + CHUNK_HEADER, len);
	changed = LLVMFuzzerMutate(copy, len, room);
	memmove(data + start + CHUNK_HEADER + changed, data + end, behind);
	memcpy(data + start + CHUNK_HEADER, copy, changed);
	data[start + 1] = (uint8_t)(changed >> 8);
	data[start + 2] = (uint8_t)changed;
	return start + CHUNK_HEADER + changed + behind;
}

static size_t
repeat_chunk(uint8_t *data, size_t size, size_t max_size, size_t start, size_t end)
{
	if (end - start > max_size - size)
		return size;
	memmove(data + end, data + start, size - start);
	return size + end - start;
}

static size_t
drop_chunk(uint8_t *data, size_t size, size_t start, size_t end)
{
	memmove(data + start, data + end, size - end);
	return size - (end - start);
}

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
	size_t starts[CHUNKS_MAX + 1], count = find_chunks(data, size, starts), chosen;

	if (count == 0 || seed % 8 == 0)
		return LLVMFuzzerMutate(data, size, max_size);
	chosen = seed / 16 % count;
	switch (seed % 16) {
	case 1:
		return repeat_chunk(data, size, max_size, starts[chosen], starts[chosen + 1]);
	case 2:
		return drop_chunk(data, size, starts[chosen], starts[chosen + 1]);
	case 3:
		data[starts[chosen]] = (uint8_t)(seed >> 24);
		return size;
	default:
		return mutate_chunk(data, size, max_size, starts[chosen], starts[chosen + 1]);
	}
}
