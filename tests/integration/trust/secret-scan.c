/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Searches a log, or any file, for pieces of secrets:
 *     secret-scan LOG [-x PUBLIC-FILE]... SECRET-FILE...
 * A piece is six consecutive bytes of a secret that no public file contains; eight if they are digits, because a log is full
 * of digits; the whole secret if it is shorter. The program finds a piece as bytes, in hexadecimal of either case, with or
 * without separators and also across the lines of OpenSC's hex dumps, in base64 at each alignment, and as decimal numbers of
 * the bytes. It prints each secret that it found as "FILE FORM".
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIECE_MAX	8
#define PIECE		6
#define SHORTEST	4
#define SECRETS_MAX	64
#define SEPARATORS_MAX	3
#define DUMP_LINE_MAX	16
#define TABLE_SIZE	(1u << 20)
#define BITS_PER_SYMBOL 6
#define SYMBOLS_MAX	12
#define DISTINCT_MIN	3

struct bytes {
	uint8_t *data;
	size_t len;
};

enum form {
	FORM_BYTES,
	FORM_HEX,
	FORM_BASE64,
	FORM_DECIMAL,
	FORM_COUNT
};
static const char *const form_names[FORM_COUNT] = {"bytes", "hexadecimal", "base64", "decimal"};

/* A hash table with open addressing. OWNER is the number of a secret, or NOBODY for public content. */
struct piece {
	uint8_t len;
	int8_t owner;
	uint8_t data[PIECE_MAX];
};
#define NOBODY (-1)

static struct piece table[TABLE_SIZE];
static size_t pieces;
static bool length_used[PIECE_MAX + 1];
static const char *secret_names[SECRETS_MAX];
static bool found[SECRETS_MAX][FORM_COUNT];
static int secrets;

static void
give_up(const char *what)
{
	fprintf(stderr, "secret-scan: %s\n", what);
	exit(2);
}

static struct bytes
read_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct bytes bytes = {NULL, 0};
	size_t room = 0, part;

	if (file == NULL)
		give_up(path);
	do {
		room = room == 0 ? 1 << 16 : 2 * room;
		bytes.data = realloc(bytes.data, room);
		if (bytes.data == NULL)
			give_up("no memory");
		part = fread(bytes.data + bytes.len, 1, room - bytes.len, file);
		bytes.len += part;
	} while (bytes.len == room);
	fclose(file);
	return bytes;
}

static struct piece *
slot_of(const uint8_t *data, size_t len)
{
	uint64_t hash = 14695981039346656037u; /* FNV-1a */
	size_t i;

	for (i = 0; i < len; i++)
		hash = (hash ^ data[i]) * 1099511628211u;
	for (i = hash % TABLE_SIZE; table[i].len != 0; i = (i + 1) % TABLE_SIZE)
		if (table[i].len == len && memcmp(table[i].data, data, len) == 0)
			break;
	return &table[i];
}

/* The first owner of a piece keeps it, so public files must be added first. */
static void
insert(const uint8_t *data, size_t len, int owner)
{
	struct piece *slot = slot_of(data, len);

	if (slot->len != 0)
		return;
	if (++pieces > TABLE_SIZE / 2)
		give_up("too many pieces");
	slot->len = (uint8_t)len;
	slot->owner = (int8_t)owner;
	memcpy(slot->data, data, len);
	length_used[len] = true;
}

static bool
all_digits(const uint8_t *data, size_t len)
{
	while (len > 0 && isdigit(data[len - 1]))
		len--;
	return len == 0;
}

/* Ignores padding and zeros, because every log contains them. */
static bool
is_plain(const uint8_t *data, size_t len)
{
	size_t i, distinct = 0;

	for (i = 0; i < len; i++)
		distinct += memchr(data, data[i], i) == NULL;
	return distinct < DISTINCT_MIN;
}

static void
insert_pieces(const char *path, int owner)
{
	struct bytes bytes = read_file(path);
	size_t i, len, count = 0;

	if (owner != NOBODY && bytes.len < SHORTEST)
		give_up(path);
	for (i = 0; i < bytes.len; i++) {
		len = PIECE;
		if (owner == NOBODY && i + PIECE_MAX <= bytes.len)
			insert(bytes.data + i, PIECE_MAX, owner);
		if (i + PIECE_MAX <= bytes.len && all_digits(bytes.data + i, PIECE_MAX))
			len = PIECE_MAX;
		else if (all_digits(bytes.data, bytes.len) && bytes.len > PIECE && owner != NOBODY)
			break;
		if (bytes.len < len)
			len = bytes.len;
		if (i + len > bytes.len)
			break;
		if (is_plain(bytes.data + i, len))
			continue;
		insert(bytes.data + i, len, owner);
		count++;
	}
	if (owner != NOBODY && count == 0)
		give_up(path);
	free(bytes.data);
}

static void
look_up(const uint8_t *data, size_t len, enum form form)
{
	const struct piece *slot = slot_of(data, len);

	if (slot->len != 0 && slot->owner != NOBODY)
		found[slot->owner][form] = true;
}

/* A short number in text counts as a secret only if no letters or digits are next to it. */
static bool
stands_alone(const struct bytes *text, size_t at, size_t len)
{
	if (len >= PIECE_MAX || !all_digits(text->data + at, len))
		return true;
	return (at == 0 || !isalnum(text->data[at - 1])) && (at + len == text->len || !isalnum(text->data[at + len]));
}

static void
scan_bytes(const struct bytes *text, size_t len)
{
	size_t i;

	for (i = 0; i + len <= text->len; i++)
		if (stands_alone(text, i, len))
			look_up(text->data + i, len, FORM_BYTES);
}

static int
hex_value(int c)
{
	return isdigit(c) ? c - '0' : isxdigit(c) ? tolower(c) - 'a' + 10
						  : -1;
}

/* Skips the separators between two numbers. */
static size_t
skip_separators(const struct bytes *text, size_t at)
{
	size_t end = at + SEPARATORS_MAX;

	while (at < end && at < text->len && !isalnum(text->data[at]))
		at++;
	return at;
}

/* Parses a byte in hexadecimal, with or without "0x". Returns the position behind it; 0: there is none. */
static size_t
hex_byte(const struct bytes *text, size_t at, uint8_t *value)
{
	int high, low;

	if (at + 4 <= text->len && text->data[at] == '0' && (text->data[at + 1] | 0x20) == 'x')
		at += 2;
	if (at + 2 > text->len)
		return 0;
	high = hex_value(text->data[at]);
	low = hex_value(text->data[at + 1]);
	if (high < 0 || low < 0)
		return 0;
	*value = (uint8_t)(high << 4 | low);
	return at + 2;
}

/* Parses a byte written as a decimal number. */
static size_t
decimal_byte(const struct bytes *text, size_t at, uint8_t *value)
{
	unsigned number = 0, digits = 0;

	for (; at < text->len && isdigit(text->data[at]) && digits < 4; at++, digits++)
		number = 10 * number + text->data[at] - '0';
	*value = (uint8_t)number;
	return digits == 0 || digits > 3 || number > UINT8_MAX ? 0 : at;
}

/* Finds consecutive bytes that are written as numbers. DENSE: the numbers need no separators. */
static void
scan_numbers(const struct bytes *text, size_t len, size_t (*read_number)(const struct bytes *, size_t, uint8_t *), enum form form)
{
	bool dense = form == FORM_HEX;
	uint8_t data[PIECE_MAX];
	size_t i, at, n, next;

	for (i = 0; i < text->len; i++) {
		if (!isxdigit(text->data[i]) || (!dense && i > 0 && isdigit(text->data[i - 1])))
			continue;
		for (n = 0, at = i; n < len; n++) {
			next = read_number(text, at, &data[n]);
			if (next == 0)
				break;
			at = skip_separators(text, next);
			if (!dense && at == next && n + 1 < len)
				break;
		}
		if (n == len)
			look_up(data, len, form);
	}
}

/* Joins the bytes in the lines of hex dumps ("41 42 ... AB."), without the text beside them. Other lines separate the dumps. */
static struct bytes
join_dumps(const struct bytes *text)
{
	struct bytes joined = {malloc(text->len + 1), 0};
	size_t line, at, n;

	if (joined.data == NULL)
		give_up("no memory");
	for (line = 0; line < text->len; line++) {
		for (n = 0, at = line; n < DUMP_LINE_MAX && at + 3 <= text->len && hex_value(text->data[at]) >= 0 && hex_value(text->data[at + 1]) >= 0 && text->data[at + 2] == ' '; n++, at += 3)
			;
		memcpy(joined.data + joined.len, text->data + line, at - line);
		joined.len += at - line;
		if (n == 0)
			joined.data[joined.len++] = '|';
		while (at < text->len && text->data[at] != '\n')
			at++;
		line = at;
	}
	return joined;
}

static int
symbol_value(int c)
{
	static const char symbols[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *symbol = c == 0 ? NULL : strchr(symbols, c == '-' ? '+' : c == '_' ? '/'
										       : c);

	return symbol == NULL ? -1 : (int)(symbol - symbols);
}

/* Decodes the bits of the next symbols and skips line ends. Returns the number of symbols. */
static size_t
read_symbols(const struct bytes *text, size_t at, uint8_t bits[SYMBOLS_MAX * BITS_PER_SYMBOL])
{
	size_t n, i;
	int value;

	for (n = 0; n < SYMBOLS_MAX && at < text->len; at++) {
		if (text->data[at] == '\n' || text->data[at] == '\r')
			continue;
		value = symbol_value(text->data[at]);
		if (value < 0)
			break;
		for (i = 0; i < BITS_PER_SYMBOL; i++)
			bits[BITS_PER_SYMBOL * n + i] = value >> (BITS_PER_SYMBOL - 1 - i) & 1;
		n++;
	}
	return n;
}

/* Tries the three alignments: a byte starts at the start of a symbol, or two or four bits later. */
static void
scan_base64(const struct bytes *text, size_t len)
{
	uint8_t bits[SYMBOLS_MAX * BITS_PER_SYMBOL] = {0}, data[PIECE_MAX];
	size_t i, offset, bit, symbols;

	for (i = 0; i < text->len; i++) {
		symbols = symbol_value(text->data[i]) < 0 ? 0 : read_symbols(text, i, bits);
		for (offset = 0; offset <= 4; offset += 2) {
			if (offset + 8 * len > BITS_PER_SYMBOL * symbols)
				continue;
			memset(data, 0, sizeof(data));
			for (bit = 0; bit < 8 * len; bit++)
				data[bit / 8] |= (uint8_t)(bits[offset + bit] << (7 - bit % 8));
			look_up(data, len, FORM_BASE64);
		}
	}
}

/* Blanks the prefix of OpenSC's log lines, which has numbers of processes, threads and source lines. */
static void
blank_line_starts(const struct bytes *text)
{
	uint8_t *line = text->data, *end = text->data + text->len, *next, *mark;

	for (; line < end; line = next) {
		next = memchr(line, '\n', (size_t)(end - line));
		next = next == NULL ? end : next + 1;
		mark = memmem(line, (size_t)(next - line), "] ", 2);
		if (mark != NULL && memcmp(line, "P:", 2) == 0)
			memset(line, '|', (size_t)(mark - line));
		mark = memmem(line, (size_t)(next - line), ".c:", 3);
		for (mark = mark == NULL ? next : mark + 3; mark < next && isdigit(*mark); mark++)
			*mark = '|';
	}
}

static void
scan(const struct bytes *text)
{
	struct bytes dumps = join_dumps(text);
	size_t len;

	for (len = SHORTEST; len <= PIECE_MAX; len++) {
		if (!length_used[len])
			continue;
		scan_bytes(text, len);
		scan_numbers(text, len, hex_byte, FORM_HEX);
		scan_numbers(&dumps, len, hex_byte, FORM_HEX);
		scan_numbers(text, len, decimal_byte, FORM_DECIMAL);
		scan_base64(text, len);
	}
	free(dumps.data);
}

int
main(int argc, char **argv)
{
	struct bytes text;
	int i, form;

	if (argc < 3)
		give_up("LOG [-x PUBLIC-FILE]... SECRET-FILE...");
	for (i = 2; i + 1 < argc && strcmp(argv[i], "-x") == 0; i += 2)
		insert_pieces(argv[i + 1], NOBODY);
	for (; i < argc; i++) {
		if (secrets == SECRETS_MAX)
			give_up("too many secrets");
		secret_names[secrets] = argv[i];
		insert_pieces(argv[i], secrets++);
	}
	text = read_file(argv[1]);
	blank_line_starts(&text);
	scan(&text);
	free(text.data);
	for (i = 0; i < secrets; i++)
		for (form = 0; form < FORM_COUNT; form++)
			if (found[i][form])
				printf("%s %s\n", secret_names[i], form_names[form]);
	return 0;
}
