/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The holder of the card, from persona.ini in the persona folder. If the file is missing, it is made from a seed. */
#ifndef VIRTUAL_CARD_PERSONA_H
#define VIRTUAL_CARD_PERSONA_H

#include <stddef.h>

#define PERSONA_TEXT_MAX 512

struct persona {
	char name[PERSONA_TEXT_MAX];	/* family name and given name, with U+3000 between them */
	char address[PERSONA_TEXT_MAX]; /* digits and hyphens are full width */
	char birth[9];			/* YYYYMMDD, Gregorian */
	char era_year[3];		/* date of birth as printed on the card */
	char sex[2];			/* JIS X 0303: 1 male, 2 female */
	char my_number[13];
	char serial[16];
	char municipality[6];
	char card_expiry[9]; /* YYYYMMDD */
	char security_code[5];
	char auth_pin[5], sign_pin[17], text_pin[5], juki_pin[5];
	char licence_pin[5];
	char licence_number[13];
	char licence_expiry[9], licence_colour[16];
	char licence_conditions[PERSONA_TEXT_MAX]; /* one a line */
	char licence_classes[64];		   /* the tags of the classes held, in hex */
	char licence_two_wheel_date[9], licence_other_date[9], licence_second_class_date[9];
	char licence_history_number[13], licence_history_date[9]; /* for a card with the driving history only */
	/* derived from the fields above */
	char code_b[15];    /* era year, month, day of birth; year of expiry; security code */
	char birth_code[7]; /* the first six digits of code B */
};

/* Makes a fictional person; seed 0 gives the default one. */
void persona_invent(struct persona *persona, unsigned seed);

/* Fills in the derived fields. */
void persona_complete(struct persona *persona);

/* The check digit for the first eleven digits of a My Number (Ordinance of the Ministry of Internal Affairs 85 of 2014, 5). */
char persona_check_digit(const char *eleven_digits);

/* These read or write DIR/persona.ini. They return 0, or -1 with a message on stderr. */
int persona_load(struct persona *persona, const char *dir);
int persona_save(const struct persona *persona, const char *dir);

#endif
