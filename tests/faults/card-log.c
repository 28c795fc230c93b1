/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "card-log.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Positions and sizes are in hexadecimal digits. */
#define LINE_ROOM 80000
#define VERIFY	  "002000"
#define P2_AT	  6
#define PIN_AT	  10
#define WRONG	  "63C"
#define PIN_ROOM  64

static bool
is_verify(const char *command)
{
	return strncmp(command, VERIFY, P2_AT) == 0 && strlen(command) > PIN_AT;
}

/* Counts a command, whether the card received it or not. LOST: the VERIFY command whose answer the fault removed. */
static void
note_command(struct card_log *log, const char *command, size_t faulty, char lost[PIN_ROOM])
{
	log->exchanges++;
	if (!is_verify(command))
		return;
	log->pins_sent++;
	if (strcmp(lost, command) == 0)
		log->resent++;
	if (log->exchanges == faulty)
		strncat(lost, command, PIN_ROOM - 1);
}

static void
note_answer(struct card_log *log, const char *answer)
{
	bool wrong = strncmp(answer, WRONG, strlen(WRONG)) == 0;

	log->wrong_pins += wrong;
	log->last_tries = wrong ? (int)strtol(answer + strlen(WRONG), NULL, 16) : -1;
}

struct card_log
card_log_read(size_t faulty)
{
	static char line[LINE_ROOM], bytes[LINE_ROOM];
	struct card_log log = {.last_tries = -1};
	FILE *file = fopen(getenv("VIRTUAL_CARD_LOG"), "r");
	char lost[PIN_ROOM] = "", sign;
	bool verify = false;

	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		if (sscanf(line, "%*d %c %79999s", &sign, bytes) != 2)
			continue;
		if (sign == '<' && verify)
			note_answer(&log, bytes);
		if (sign == '>' || sign == '!')
			note_command(&log, bytes, faulty, lost);
		verify = sign == '>' && is_verify(bytes);
	}
	if (file != NULL)
		fclose(file);
	return log;
}
