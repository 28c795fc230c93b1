/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Tables of the My Number Card's applications, files, PINs and keys. They contain facts only; docs/card.md states the
 * source of each fact and how reliable it is.
 */
#ifndef MYNUMBER_CARD_MAP_H
#define MYNUMBER_CARD_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The sizes of buffers for an application identifier and for the first bytes of a file that proves its application. */
#define AID_MAX	  16
#define PROOF_MAX 6

/* The longest PIN, in characters. */
#define PIN_LENGTH_MAX 16

enum app_id {
	APP_JPKI,
	APP_TEXT,      /* 券面事項入力補助AP */
	APP_SURFACE,   /* 券面事項確認AP */
	APP_JUKI,      /* 住基AP */
	APP_COMMON,    /* 共通カードAP */
	APP_LICENCE,   /* 免許証AP */
	APP_RESIDENCE, /* 在留AP */
	APP_COUNT
};

/* The ids of the files that the code names. Ids repeat across applications. */
#define EF_SIGN_CERTIFICATE    0x0001
#define EF_SIGN_CA_CERTIFICATE 0x0002
#define EF_TOKEN_INFO	       0x0006
#define EF_AVAILABILITY	       0x0008
#define EF_AUTH_CERTIFICATE    0x000A
#define EF_AUTH_CA_CERTIFICATE 0x000B
#define EF_CARD_NUMBER	       0x0001 /* of the common application */
#define EF_CV_CERTIFICATE      0x0004 /* of the Input Support and Card Surface applications */
#define EF_NUMBER	       0x0001 /* of the Input Support application, like the following ones */
#define EF_FOUR_DATA	       0x0002
#define EF_INTEGRITY	       0x0003
#define EF_TEXT_INFO	       0x0005
#define EF_TEXT_KEY	       0x0007
#define EF_AGE		       0x0001 /* of the Card Surface application, like the following ones */
#define EF_FACE		       0x0002
#define EF_SURFACE_INFO	       0x0003
#define EF_NUMBER_IMAGE	       0x0005
#define EF_LICENCE_PIN	       0x0006 /* of the Licence application, like the following ones */
#define EF_LICENCE_SETTING     0x001A
#define EF_LICENCE	       0x001B
#define EF_LICENCE_SIGNATURE   0x001C
#define EF_RESIDENCE_TYPE      0x000A /* of the Residence application, like the following one */
#define EF_RESIDENCE_COMMON    0x000B

/* PIN references, which are also the auth ids of the PKCS#15 objects. */
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
	PIN_LICENCE,
	PIN_JUKI_COPY, /* in the common application; always changed together with PIN_JUKI; has no object of its own */
	PIN_COUNT
};

/* A set of PINs, any one of which opens a file. FREE: no PIN is required. NEVER: no PIN opens the file. */
#define PIN_BIT(pin) (1u << (pin))
#define FREE	     0u
#define NEVER	     PIN_BIT(PIN_NONE)

/* What the first bytes of a file are, if they occur in no other application under this short EF identifier: reading them
 * proves which application is selected. The bytes are START. If INNER_TAG is given, START is the tag of a BER object whose
 * first inner object has this tag, and INNER_LEN bytes of content (0: any number). */
struct file_proof {
	uint16_t file; /* 0: the application has no such file */
	uint8_t start[PROOF_MAX];
	size_t start_len;
	unsigned inner_tag;
	size_t inner_len;
};

struct application {
	enum app_id id;
	const char *label; /* also the label of the token */
	uint8_t aid[AID_MAX];
	size_t aid_len;
	uint16_t df;		 /* file id in the virtual file tree; the card itself has no such id */
	bool in_ef_dir;		 /* EF.DIR may list it as an application of its own */
	bool optional;		 /* not every card has it; it is looked for once in a connection */
	const char *office;	 /* who can unblock its PINs */
	struct file_proof proof; /* a file that is free to read */
};

enum file_kind {
	FILE_TRANSPARENT,
	FILE_LICENCE_RECORD, /* transparent, with a list of objects (licence-record.h) */
	FILE_RECORDS,
	FILE_INTERNAL, /* IEF: a PIN or key, which cannot be read */
};

struct card_file {
	enum app_id app;
	uint16_t id; /* also the short EF identifier: all ids are 0001 to 001E */
	enum file_kind kind;
	unsigned openers;    /* a set of PIN_BIT(), any one of which opens the file; FREE; or NEVER */
	size_t size;	     /* in bytes, for files of a fixed size, and the largest size of a licence record; 0: the file is a BER object that states its length (padding follows) */
	bool reveals_number; /* the file contains or reveals the My Number */
	const char *name;    /* at most 16 bytes, because OpenSC shows it as the file's name */
};

enum pin_charset {
	PIN_DIGITS,
	PIN_UPPER_ALNUM /* A-Z 0-9; lower case is converted to upper case before it is sent */
};

/* The command that changes a PIN after its old value was verified. The codes (A, B and birth date) cannot be changed. */
enum pin_change_command {
	CHANGE_NEVER,
	CHANGE_AT_OFFICE,      /* no command is known */
	CHANGE_REFERENCE_DATA, /* 00 24 01 80, with the new value only */
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
	enum pin_id copy; /* a second copy that must be changed together with this PIN, or PIN_NONE */
	const char *label;
	bool by_sfi_only;	 /* VERIFY names the file by its short EF identifier even after SELECT of the file */
	const char *unset_value; /* the value of a PIN that the holder has not set; NULL: every card has the PIN */
};

/* Key references, which are also the ids of the PKCS#15 objects. */
#define KEY_AUTH    0x01
#define KEY_SIGN    0x02
#define KEY_TEXT    0x11
#define KEY_SURFACE 0x12

struct card_key {
	unsigned id;
	enum app_id app;
	uint16_t file;
	enum pin_id pin;
	uint16_t public_key; /* the file that contains the public key: a certificate, or a record in which the key has the tag public_tag */
	unsigned public_tag;
	bool by_default; /* the application's default key, which 80 2A selects by P2 = 00 */
};

extern const struct application applications[APP_COUNT];
extern const struct card_file card_files[];
extern const size_t card_files_count;
extern const struct card_pin card_pins[];
extern const size_t card_pins_count;
extern const struct card_key card_keys[];
extern const size_t card_keys_count;

/* Returns the set of PINs that open a file, FREE or NEVER. On a phone the user authentication certificate needs its PIN
 * (jpki/myna#6). */
unsigned card_file_openers(const struct card_file *file, bool phone);

/* Returns the label of the application with the number INDEX (enum app_id), or NULL if INDEX is beyond the last one. */
const char *application_label(unsigned index);

/* Returns true if the holder can change the PIN with a command of this driver. */
bool card_pin_is_changeable(const struct card_pin *pin);

/* Returns true if no other application is known to have a PIN or key with the PIN's file id (docs/card.md 4.24). */
bool card_pin_is_unique(const struct card_pin *pin);

/* Return the entry, or NULL if the card has none. */
const struct application *application_by_aid(const uint8_t *aid, size_t len);
const struct application *application_by_df(uint16_t df);
const struct card_file *card_file_find(enum app_id app, uint16_t id);

/* Returns what the first bytes of the file are that prove its application, or NULL if they prove nothing. */
const struct file_proof *card_file_proof(const struct card_file *file);
const struct card_pin *card_pin_find(int reference);
const struct card_key *card_key_find(unsigned reference);

#endif
