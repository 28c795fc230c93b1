/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lock.h"

#define STATE_MAGIC	"VC-CARD"
#define STATE_VERSION	3
#define STATE_FILE_MODE 0600

/* Sets the state of a new card: all counters are full, except those of PINs that the variant blocks. */
static void
new_card(struct vc_card_state *card, const struct vc_variant *variant)
{
	const struct vc_pin *pin;
	size_t i;

	memset(card, 0, sizeof(*card));
	memcpy(card->magic, STATE_MAGIC, sizeof(STATE_MAGIC));
	card->version = STATE_VERSION;
	card->size = sizeof(*card);
	card->variant = variant->set;
	for (i = 0; (pin = vc_pin_get(i)) != NULL; i++)
		if (pin->blocked_by == VC_V_COUNT || !vc_variant_has(variant, pin->blocked_by))
			card->pins[i].tries_left = pin->max_tries;
}

static bool
is_ours(const struct vc_card_state *card, const struct vc_variant *variant)
{
	return memcmp(card->magic, STATE_MAGIC, sizeof(STATE_MAGIC)) == 0 && card->version == STATE_VERSION && card->size == sizeof(*card) && memcmp(&card->variant, &variant->set, sizeof(variant->set)) == 0;
}

/* Makes programs that still use the previous card see a reset. */
static void
make_ours(struct vc_card_state *card, const struct vc_variant *variant)
{
	uint32_t resets = card->resets, removals = card->removals;

	if (is_ours(card, variant))
		return;
	new_card(card, variant);
	card->resets = resets + 1;
	card->removals = removals;
}

static struct vc_card_state *
map_file(const char *dir)
{
	struct vc_card_state *card = NULL;
	char path[4096];
	void *mapped;
	int fd;

	if (snprintf(path, sizeof(path), "%s/card.state", dir) >= (int)sizeof(path))
		return NULL;
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, STATE_FILE_MODE);
	if (fd < 0 || ftruncate(fd, sizeof(*card)) < 0)
		goto out;
	mapped = mmap(NULL, sizeof(*card), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (mapped != MAP_FAILED)
		card = mapped;
out:
	if (card == NULL)
		fprintf(stderr, "virtual card: cannot use %s: %s\n", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return card;
}

int
vc_state_open(struct vc_state *state, const char *dir, const struct vc_variant *variant)
{
	memset(state, 0, sizeof(*state));
	state->dir = dir;
	state->owner = getpid();
	state->lock_fd = vc_lock_open(dir);
	if (state->lock_fd < 0)
		return -1;
	state->card = map_file(dir);
	if (state->card == NULL || pthread_mutex_init(&state->mutex, NULL) != 0) {
		close(state->lock_fd);
		return -1;
	}
	vc_state_enter(state);
	make_ours(state->card, variant);
	vc_state_leave(state);
	return 0;
}

void
vc_state_close(struct vc_state *state)
{
	if (state->card == NULL)
		return;
	munmap(state->card, sizeof(*state->card));
	close(state->lock_fd);
	pthread_mutex_destroy(&state->mutex);
	state->card = NULL;
}

void
vc_state_enter(struct vc_state *state)
{
	pthread_mutex_lock(&state->mutex);
	if (state->owner != getpid()) {
		close(state->lock_fd);
		state->lock_fd = vc_lock_open(state->dir);
		state->owner = getpid();
	}
	vc_lock_take(state->lock_fd, VC_LOCK_GUARD, VC_LOCK_EXCLUSIVE, true);
}

void
vc_state_leave(struct vc_state *state)
{
	vc_lock_drop(state->lock_fd, VC_LOCK_GUARD);
	pthread_mutex_unlock(&state->mutex);
}
