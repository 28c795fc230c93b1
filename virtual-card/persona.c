/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "persona.h"

#include <ini.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Fields of persona.ini in the order of the file; VALUE is the default person's. */
static const struct {
	const char *section, *key;
	size_t offset, size;
	const char *value, *comment;
} fields[] = {
#define FIELD(section, key, value, comment) \
	{ \
#section, #key, offsetof(struct persona, key), sizeof(((struct persona *)0)->key), value, comment \
	}
		FIELD(holder, name, "番号　花子", "family and given name, an ideographic space between"),
		FIELD(holder, address, "東京都架空区見本町１丁目２番３－４０５号", NULL),
		FIELD(holder, birth, "19890703", "YYYYMMDD"),
		FIELD(holder, era_year, "01", "of birth, as printed on the card"),
		FIELD(holder, sex, "2", "1 male, 2 female"),
		FIELD(holder, my_number, "12345678901", "fictional; also code A"),
		FIELD(card, serial, "900000000000017", "15 digits"),
		FIELD(card, municipality, "13999", NULL),
		FIELD(card, card_expiry, "20350703", "YYYYMMDD"),
		FIELD(card, security_code, "2468", NULL),
		FIELD(pins, auth_pin, "1234", "user authentication"),
		FIELD(pins, sign_pin, "ABC123", "digital signature"),
		FIELD(pins, text_pin, "5678", "input support"),
		FIELD(pins, juki_pin, "9012", "resident registry"),
		FIELD(licence, licence_pin, "2468", "driving licence"),
		FIELD(licence, licence_number, "990912345670", "there is no commission 99"),
		FIELD(licence, licence_expiry, "20310312", NULL),
		FIELD(licence, licence_colour, "優良", NULL),
		FIELD(licence, licence_conditions, "眼鏡等\n準中型で運転できる準中型車は準中型車（５ｔ）に限る", "one a line"),
		FIELD(licence, licence_classes, "ED F0 F2", "ordinary, ordinary two-wheel, moped"),
		FIELD(licence, licence_two_wheel_date, "20150401", NULL),
		FIELD(licence, licence_other_date, "20160520", NULL),
		FIELD(licence, licence_second_class_date, "", NULL),
		FIELD(licence, licence_history_number, "990998765432", "of a driving history"),
		FIELD(licence, licence_history_date, "20250401", NULL),
#undef FIELD
};
#define FIELD_COUNT (sizeof(fields) / sizeof(fields[0]))

static const char *const family_names[] = {"見本", "架空", "試験", "例示", "仮名"};
static const struct {
	const char *name, *sex;
} given_names[] = {
		{"太郎", "1"},
		{"花子", "2"},
		{"一郎", "1"},
		{"桜", "2"},
		{"次郎", "1"},
};

static unsigned
draw(unsigned *state, unsigned below)
{
	*state = *state * 1664525u + 1013904223u;
	return (*state >> 8) % below;
}

char
persona_check_digit(const char *eleven_digits)
{
	unsigned sum = 0, n, rest;

	for (n = 1; n <= 11; n++)
		sum += (unsigned)(eleven_digits[11 - n] - '0') * (n <= 6 ? n + 1 : n - 5);
	rest = sum % 11;
	return (char)('0' + (rest <= 1 ? 0 : 11 - rest));
}

/* Each random number is drawn in a statement of its own: compilers evaluate the arguments of a call in any order, but a seed
 * must give the same person everywhere. */
static void
invent_other(struct persona *persona, unsigned seed)
{
	unsigned state = seed, year = 1 + draw(&state, 30), family = draw(&state, 5), given = draw(&state, 5);
	unsigned month = 2 + draw(&state, 11), day = 1 + draw(&state, 28);
	unsigned number_high = draw(&state, 1000000), number_low = draw(&state, 100000);

	snprintf(persona->name, sizeof(persona->name), "%s　%s", family_names[family], given_names[given].name);
	snprintf(persona->birth, sizeof(persona->birth), "%04u%02u%02u", 1988 + year, month, day);
	snprintf(persona->era_year, sizeof(persona->era_year), "%02u", year);
	snprintf(persona->sex, sizeof(persona->sex), "%s", given_names[given].sex);
	snprintf(persona->my_number, sizeof(persona->my_number), "%06u%05u", number_high, number_low);
	snprintf(persona->serial, sizeof(persona->serial), "9%07u%07u", draw(&state, 10000000), seed % 10000000);
	snprintf(persona->security_code, sizeof(persona->security_code), "%04u", draw(&state, 10000));
	snprintf(persona->licence_number, sizeof(persona->licence_number), "9909%07u0", draw(&state, 10000000));
}

static void
set_default(struct persona *persona, size_t i)
{
	snprintf((char *)persona + fields[i].offset, fields[i].size, "%s", fields[i].value);
}

/* Gives the default licence to a person of a folder that an older version made. */
static void
add_missing_licence(struct persona *persona)
{
	size_t i;

	if (persona->licence_number[0] != '\0')
		return;
	for (i = 0; i < FIELD_COUNT; i++)
		if (strcmp(fields[i].section, "licence") == 0)
			set_default(persona, i);
}

void
persona_invent(struct persona *persona, unsigned seed)
{
	size_t i;

	*persona = (struct persona){0};
	for (i = 0; i < FIELD_COUNT; i++)
		set_default(persona, i);
	if (seed != 0)
		invent_other(persona, seed);
	persona->my_number[11] = persona_check_digit(persona->my_number);
	persona->my_number[12] = '\0';
	persona_complete(persona);
}

void
persona_complete(struct persona *persona)
{
	snprintf(persona->code_b, sizeof(persona->code_b), "%.2s%.4s%.4s%.4s", persona->era_year, persona->birth + 4, persona->card_expiry, persona->security_code);
	snprintf(persona->birth_code, sizeof(persona->birth_code), "%.6s", persona->code_b);
}

/* Appends a line to the field's value; inih calls take_field() for each line of a value. */
static int
add_line(char *field, size_t size, const char *line)
{
	size_t len = strlen(field);

	return snprintf(field + len, size - len, "%s%s", len > 0 ? "\n" : "", line) < (int)(size - len);
}

static int
take_field(void *user, const char *section, const char *key, const char *value)
{
	char *persona = user;
	size_t i;

	for (i = 0; i < FIELD_COUNT; i++)
		if (strcmp(section, fields[i].section) == 0 && strcmp(key, fields[i].key) == 0)
			return add_line(persona + fields[i].offset, fields[i].size, value);
	return 0;
}

int
persona_load(struct persona *persona, const char *dir)
{
	char path[PATH_MAX];
	int r;

	*persona = (struct persona){0};
	snprintf(path, sizeof(path), "%s/persona.ini", dir);
	r = ini_parse(path, take_field, persona);
	if (r != 0) {
		if (r > 0)
			fprintf(stderr, "virtual card: %s, line %d: unknown key or value too long\n", path, r);
		return -1;
	}
	add_missing_licence(persona);
	persona_complete(persona);
	return 0;
}

/* Writes a value; its further lines are indented, as inih expects them. */
static void
put_value(FILE *file, const char *value)
{
	for (; *value != '\0'; value++) {
		fputc(*value, file);
		if (*value == '\n')
			fputs("    ", file);
	}
	fputc('\n', file);
}

int
persona_save(const struct persona *persona, const char *dir)
{
	const char *section = "";
	char path[PATH_MAX];
	FILE *file;
	size_t i;

	snprintf(path, sizeof(path), "%s/persona.ini", dir);
	file = fopen(path, "w");
	if (file == NULL) {
		perror(path);
		return -1;
	}
	fprintf(file, "; The fictional holder of this virtual card.\n");
	for (i = 0; i < FIELD_COUNT; i++) {
		if (strcmp(section, fields[i].section) != 0)
			fprintf(file, "\n[%s]\n", section = fields[i].section);
		if (fields[i].comment != NULL)
			fprintf(file, "; %s\n", fields[i].comment);
		fprintf(file, "%s = ", fields[i].key);
		put_value(file, (const char *)persona + fields[i].offset);
	}
	return fclose(file) == 0 ? 0 : -1;
}
