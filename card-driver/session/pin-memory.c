/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pin-memory.h"

#include <string.h>

void
pin_memories_init(struct pin_memories *memories)
{
	size_t i;

	*memories = (struct pin_memories){0};
	for (i = 0; i < PIN_COUNT; i++)
		memories->of[i].tries_left = -1;
}

static int
need_salt(struct pin_memories *memories)
{
	int r = memories->salted ? SC_SUCCESS : crypto_random(memories->salt, sizeof(memories->salt));

	memories->salted = r == SC_SUCCESS;
	return r;
}

int
pin_memory_hash(struct pin_memories *memories, enum pin_id pin, const uint8_t *value, size_t len, uint8_t hash[SHA256_LEN])
{
	uint8_t input[PIN_SALT_LEN + 1 + PIN_LENGTH_MAX];
	int r = need_salt(memories);

	if (r < 0)
		return r;
	memcpy(input, memories->salt, PIN_SALT_LEN);
	input[PIN_SALT_LEN] = (uint8_t)pin;
	memcpy(input + PIN_SALT_LEN + 1, value, len);
	r = crypto_hash(input, PIN_SALT_LEN + 1 + len, hash);
	sc_mem_clear(input, sizeof(input));
	return r;
}

static void
forget_refused(struct pin_memory *memory)
{
	sc_mem_clear(memory->refused, sizeof(memory->refused));
	memory->refused_count = 0;
}

/* The counter of a card increases only after a right PIN, which resets it to its maximum. */
void
pin_memory_note_counter(struct pin_memory *memory, const struct card_pin *pin, int tries_left)
{
	if (memory->tries_left < 0 || tries_left <= memory->tries_left)
		return;
	forget_refused(memory);
	memory->tries_left = pin->tries;
}

static bool
was_refused(const struct pin_memory *memory, const uint8_t hash[SHA256_LEN])
{
	size_t i;

	for (i = 0; i < memory->refused_count; i++)
		if (memcmp(memory->refused[i], hash, SHA256_LEN) == 0)
			return true;
	return false;
}

enum pin_standing
pin_memory_judge(struct pin_memory *memory, const struct card_pin *pin, const uint8_t hash[SHA256_LEN], int tries_left, enum pin_origin origin)
{
	bool was_right = memory->right_known && memcmp(memory->right, hash, SHA256_LEN) == 0;
	int expected = origin == PIN_REPEATED ? pin->tries : memory->tries_left;

	if (was_refused(memory, hash))
		return PIN_WAS_REFUSED;
	if (!was_right || tries_left < 0 || tries_left >= expected)
		return PIN_MAY_BE_SENT;
	if (origin == PIN_ENTERED || (origin == PIN_GIVEN && memory->held_back))
		return PIN_MAY_BE_SENT;
	memory->held_back = true;
	return PIN_HELD_BACK;
}

void
pin_memory_note_right(struct pin_memory *memory, const struct card_pin *pin, const uint8_t *hash)
{
	forget_refused(memory);
	memory->held_back = false;
	memory->tries_left = pin->tries;
	memory->right_known = hash != NULL;
	if (hash != NULL)
		memcpy(memory->right, hash, SHA256_LEN);
}

void
pin_memory_note_refused(struct pin_memory *memory, const uint8_t *hash, int tries_left)
{
	memory->tries_left = tries_left;
	if (hash == NULL)
		return;
	if (memory->right_known && memcmp(memory->right, hash, SHA256_LEN) == 0)
		memory->right_known = false;
	if (memory->refused_count == PIN_REFUSED_MAX)
		memmove(memory->refused, memory->refused + 1, sizeof(memory->refused) - sizeof(memory->refused[0]));
	else
		memory->refused_count++;
	memcpy(memory->refused[memory->refused_count - 1], hash, SHA256_LEN);
}
