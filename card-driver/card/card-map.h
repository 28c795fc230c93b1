/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The My Number Card as data: applications, files, PINs and keys. Facts only; docs/card.md tells where each was learnt
 * and how sure it is.
 */
#ifndef MYNUMBER_CARD_MAP_H
#define MYNUMBER_CARD_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Room for an application identifier, and for the bytes that prove which application is selected. */
#define AID_MAX	  16
#define PROOF_MAX 6

/* The longest PIN, in characters. */
#define PIN_LENGTH_MAX 16

enum app_id {
	APP_JPKI,
	APP_TEXT,    /* 券面事項入力補助AP */
	APP_SURFACE, /* 券面事項確認AP */
	APP_JUKI,    /* 住基AP */
	APP_COMMON,  /* 共通カードAP */
	APP_COUNT
};

/* Files that the code asks for by name. */
#define EF_SIGN_CERTIFICATE    0x0001
#define EF_SIGN_CA_CERTIFICATE 0x0002
#define EF_TOKEN_INFO	       0x0006
#define EF_AVAILABILITY	       0x0008
#define EF_AUTH_CERTIFICATE    0x000A
#define EF_AUTH_CA_CERTIFICATE 0x000B
#define EF_CARD_NUMBER	       0x0001 /* of the common application */
#define EF_CV_CERTIFICATE      0x0004 /* of text and surface */
#define EF_NUMBER	       0x0001 /* of text, also the following */
#define EF_FOUR_DATA	       0x0002
#define EF_INTEGRITY	       0x0003
#define EF_TEXT_INFO	       0x0005
#define EF_TEXT_KEY	       0x0007
#define EF_AGE		       0x0001 /* of surface, also the following */
#define EF_FACE		       0x0002
#define EF_SURFACE_INFO	       0x0003
#define EF_NUMBER_IMAGE	       0x0005

/* PIN references: also the auth ids of the PKCS#15 objects. */
enum pin_id {
	PIN_NONE,
	PIN_AUTH,
	PIN_SIGN,
	PIN_TEXT,
	PIN_TEXT_A,
	PIN_TEXT_B,
	PIN_SURFACE_A,
	PIN_SURFACE_B,
	PIN_BIRTH,
	PIN_JUKI,
	PIN_JUKI_COPY, /* in the common application, kept equal to PIN_JUKI, no object of its own */
	PIN_COUNT
};

/* A set of PINs, any of which opens a file. */
#define PIN_BIT(pin) (1u << (pin))
#define FREE	     0u
#define NEVER	     PIN_BIT(PIN_NONE)

/* A free file whose first bytes no other application has: reading them proves which application is selected.
 * They are START, and where INNER is given, a BER length in any form and then INNER. */
struct app_proof {
	uint16_t file; /* 0: the application has no such file */
	uint8_t start[PROOF_MAX];
	size_t start_len;
	uint8_t inner[PROOF_MAX];
	size_t inner_len;
};

struct application {
	enum app_id id;
	const char *label; /* also the token's label */
	uint8_t aid[AID_MAX];
	size_t aid_len;
	uint16_t df;	/* file id in the virtual file tree; the card itself has none */
	bool in_ef_dir; /* shown as an application of its own */
	struct app_proof proof;
};

enum file_kind {
	FILE_TRANSPARENT,
	FILE_RECORDS,
	FILE_INTERNAL, /* IEF: PIN or key, never read */
};

struct card_file {
	enum app_id app;
	uint16_t id; /* also the short EF identifier: all ids are 0001 to 001E */
	enum file_kind kind;
	unsigned openers;    /* PIN_BIT()s, any of which opens it; FREE; NEVER */
	size_t size;	     /* bytes, for files of a fixed size; 0: a BER object (padding follows) tells its own length */
	bool reveals_number; /* holds or reveals the My Number */
	const char *name;    /* at most 16 bytes: OpenSC shows it as a file's name */
};

enum pin_charset {
	PIN_DIGITS,
	PIN_UPPER_ALNUM /* A-Z 0-9; lower case is folded before the card sees it */
};

/* How a PIN is changed once its old value is verified. Codes are fixed. */
enum pin_change_command {
	CHANGE_NEVER,
	CHANGE_REFERENCE_DATA, /* 00 24 01 80, new value only */
	CHANGE_KEY	       /* 80 32 00 80, JICSAP */
};

struct card_pin {
	enum pin_id id;
	enum app_id app;
	uint16_t file;
	enum pin_charset charset;
	size_t min, max; /* characters */
	int tries;
	bool reveals_number;
	enum pin_change_command change;
	enum pin_id copy; /* a second copy that must be changed with it, or PIN_NONE */
	const char *label;
};

/* Key references: also the ids of the PKCS#15 objects. */
#define KEY_AUTH    0x01
#define KEY_SIGN    0x02
#define KEY_TEXT    0x11
#define KEY_SURFACE 0x12

struct card_key {
	unsigned id;
	enum app_id app;
	uint16_t file;
	enum pin_id pin;
	uint16_t public_key; /* the file that the public key is in: a certificate, or in a record under public_tag */
	unsigned public_tag;
	bool by_default; /* the application's default key: 80 2A names it by P2 = 00 */
};

extern const struct application applications[APP_COUNT];
extern const struct card_file card_files[];
extern const size_t card_files_count;
extern const struct card_pin card_pins[];
extern const size_t card_pins_count;
extern const struct card_key card_keys[];
extern const size_t card_keys_count;

/* What opens a file: on a phone the user authentication certificate needs its PIN (jpki/myna#6). */
unsigned card_file_openers(const struct card_file *file, bool phone);

/* The label of the application of that number (enum app_id), NULL beyond the last one. */
const char *application_label(unsigned index);

/* The entry, or NULL where the card has none. */
const struct application *application_by_aid(const uint8_t *aid, size_t len);
const struct application *application_by_df(uint16_t df);
const struct card_file *card_file_find(enum app_id app, uint16_t id);
const struct card_pin *card_pin_find(int reference);
const struct card_key *card_key_find(unsigned reference);

#endif
