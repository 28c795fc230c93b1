/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The state of one connection to a card: the selected application, the verified PINs and the files that were read. Only
 * this folder sends APDUs; the single exception is a VERIFY from a reader's keypad.
 *
 * Between two transactions another program may select another application, and PC/SC does not report that. File ids
 * repeat across applications, so a wrong file could be read. Therefore each operation calls session_begin(), then
 * application_ensure() before it reads or verifies, and session_end() at its end.
 */
#ifndef MYNUMBER_SESSION_H
#define MYNUMBER_SESSION_H

#include <openssl/evp.h>

#include "card-driver/base/apdu.h"
#include "card-driver/base/compat.h"
#include "card-driver/base/secret.h"
#include "card-driver/base/settings.h"
#include "card-driver/card/card-map.h"
#include "card-driver/trust/finding.h"
#include "loaded.h"
#include "pin-memory.h"

/* Values of card->type that do not overlap with those of OpenSC's own drivers. */
#define CARD_TYPE_MYNUMBER 99000 /* also the older 住基カード with a JPKI application */
#define CARD_TYPE_PHONE	   99001 /* JPKI on a smartphone, nothing else */

/* The longest answer to an APDU of extended length, in bytes. It holds every file of the card. */
#define EXTENDED_ANSWER_MAX 0x7FFF

struct card_field;

/* A node of the virtual file tree: the master file (all members are empty), EF.DIR, an application's DF, or a file in a
 * DF. */
struct tree_node {
	const struct application *app;
	const struct card_file *file;
	const struct card_field *field; /* a decoded value, a file that the card itself does not have */
	bool ef_dir;
};

/* The answer to an APDU. The status word is 0 if the card did not answer. */
struct apdu_answer {
	unsigned sw1, sw2;
	size_t len;
};

struct pin_state {
	bool verified;
	int tries_left;	    /* -1: unknown */
	long long asked_at; /* when the card reported tries_left, in milliseconds of the monotonic clock */
};

/* The size of a buffer for a serial number. */
#define IDENTITY_SERIAL_MAX 17

/* The identity of this card, from the card number record. It is read before any VERIFY; see identity.h. */
struct identity {
	bool known;
	bool has_record;		  /* if false, only the serial number is set */
	bool shared;			  /* other tokens have the same serial number */
	char serial[IDENTITY_SERIAL_MAX]; /* 15 digits, or 16 hexadecimal digits where the card has no number */
	char municipality[6];		  /* 全国地方公共団体コード */
	char expiry[9];			  /* YYYYMMDD */
};

/* Owned by content/identity.c. */
struct session_who {
	struct identity identity;
	bool being_confirmed;			/* the card is being asked which one it is */
	char first_serial[IDENTITY_SERIAL_MAX]; /* serial number of the card at the start of the connection; a reset does not change it */
};

/* The signer of an application's records. Owned by content/authentic.c and permit.c. */
struct signer {
	struct finding finding;
	EVP_PKEY *key; /* owned; NULL if the certificate contains no key */
	bool read;     /* the certificate was read; the finding is valid for the whole connection */
	bool told;     /* the user was told that values are served without verification */
};

/* The parameters that OpenSC has set for the next signature. Owned by operations/sign.c. */
struct security_environment {
	const struct card_key *key; /* NULL: none */
	unsigned long algorithm_flags;
};

/* Whether the card has an application, or a certificate that EF 0008 of JPKI describes. */
enum presence {
	PRESENCE_UNKNOWN,
	PRESENT,
	MISSING
};

/* The index of a certificate's byte in EF 0008. */
enum available_certificate {
	AVAILABLE_SIGN,
	AVAILABLE_AUTH,
	AVAILABLE_COUNT
};

/* The state of the card, as far as this process knows it. Owned by the files of this folder. */
struct session_link {
	const struct application *app;		/* the selected application; NULL: not known */
	bool app_confirmed;			/* app is known to be selected in this transaction */
	bool app_shown;				/* the content of a file has shown the same, which is sufficient for reading */
	const struct application *verified_app; /* the application that a VERIFY was sent to; a PIN of it may be verified until another one is selected */
	enum presence found[APP_COUNT];		/* whether this card has the applications, as far as a SELECT has shown it */
	bool proof_absent[APP_COUNT];		/* the card has no file that would prove the application */
	uint16_t ef;				/* current EF; 0: not known */
	bool ef_by_sfi;				/* a READ by short EF identifier, not a SELECT, made ef current */
	bool card_responded;			/* the card has answered since power-up */
	bool exchange_private;			/* the current exchange must not be logged */
	struct apdu_answer answer;		/* to the last APDU */
	bool sfi_fails;				/* this card does not support short EF identifiers and needs SELECT */
	bool select_first;			/* READ by short EF identifier does not make the EF current */
	bool extended_fails;			/* the reader or the card refuses extended length */
	bool exact_lengths;			/* no READ may cross the end of the file */
	unsigned recoveries;			/* READs of the file that had to be repeated */
};

/* Owned by operations/pin.c. */
struct session_pins {
	struct pin_memories memories; /* hashes of PIN values; a reset does not change them */
	bool last_try_used;	      /* MYNUMBER_LAST_TRY has been used */
	bool cache_may_repeat;	      /* a signature was refused in this transaction because the PIN is not verified */
	unsigned accepted;	      /* set of the PINs that the card has accepted in this transaction: nobody else can have changed them since */
};

/* The current position in the virtual file tree. Owned by operations/files.c. */
struct session_place {
	struct tree_node node;
	struct secret value;  /* the value of node.field; empty: it has to be read again */
	bool limit_told;      /* the user was told which applications EF.DIR leaves out */
	bool refusal_told;    /* the user was told how to open what the card refuses although its PIN is not set */
	bool object_selected; /* OpenSC has selected the file of a PKCS#15 object in this connection */
};

/* A part with an owner is used by the owner's file alone, and by session.c, which creates and forgets it. Other files call
 * the owner's functions. tests/bin/layers.awk checks this. */
struct session {
	sc_card_t *card;
	struct settings settings;

	/* Checks at the beginning of each transaction whether the card is still the same one. Set when the driver
	 * starts. */
	int (*confirm)(struct session *session);

	struct session_link link;
	struct pin_state pin_states[PIN_COUNT]; /* owned by session.c */
	unsigned pins_not_set;			/* set of PINs that the holder has not set, as the card says; owned by session.c */
	struct session_pins pins;
	struct loaded_file *loaded; /* owned by session.c */
	struct session_place place;
	struct session_who who;
	enum presence certificates[AVAILABLE_COUNT]; /* owned by pkcs15-emu/object.c */
	struct signer signers[APP_COUNT];
	bool residence_is_closed; /* the card refuses the free files of the Residence application; owned by content/optional.c */

	struct security_environment environment;
	unsigned unchecked_signatures; /* number of signatures that were not verified because the public key was not loaded; owned by content/signature.c */
};

/* Creates a session of CARD. Returns NULL if memory allocation fails. */
struct session *session_new(sc_card_t *card);

/* Clears and frees SESSION, which may be NULL. */
void session_free(struct session *session);

/* Forgets everything that is known about the card. Called after the card was reset or replaced. */
void session_forget(struct session *session);

/* Returns true if the driver runs in opensc-pkcs11.so or onepin-opensc-pkcs11.so. */
bool session_in_pkcs11(const struct session *session);

/* Begin and end a transaction. session_begin() returns SC_SUCCESS, the error of sc_lock(), or the error of
 * session->confirm(): after a reset another card may be in the reader, which must not be read and whose PIN tries must
 * not be used. */
int session_begin(struct session *session);
void session_end(struct session *session);

/* Returns the set of PINs that open a file of this card, any of which is sufficient. */
unsigned session_openers(const struct session *session, const struct card_file *file);

/* Returns true if a PIN of the set is verified or not set, or if the set is FREE. */
bool session_opens(const struct session *session, unsigned openers);

/* Returns true if a PIN of the application is verified. */
bool session_has_verified_pin(const struct session *session, enum app_id app);

/* Returns true if an access to APP would deselect another application in which a PIN is verified. */
bool session_would_disturb(const struct session *session, enum app_id app);

/* Returns what is known about a PIN. */
const struct pin_state *session_pin_state(const struct session *session, enum pin_id pin);

/* Notes that the card says that the holder has not set a PIN. The files that it opens count as open; the card may still
 * refuse to give them. */
void session_note_not_set(struct session *session, enum pin_id pin);

/* Returns false if the card says that the holder has not set the PIN. */
bool session_pin_is_set(const struct session *session, enum pin_id pin);

/* Stores the card's answer to a VERIFY. */
void session_note_pin(struct session *session, enum pin_id pin, bool verified, int tries_left);

/* Stores the card's answer to a query for the tries left. */
void session_note_tries(struct session *session, enum pin_id pin, int tries_left);

/* Notes that the card has made a signature that needs the PIN, so the PIN is verified. */
void session_note_verified(struct session *session, enum pin_id pin);

/* Marks every PIN of the set as not verified and clears the private data that these PINs opened. */
void session_note_lost(struct session *session, unsigned pins);

/* Returns the buffer of a file, which is new and empty if the file was not read yet. Returns NULL if memory allocation
 * fails. */
struct loaded_file *session_loaded(struct session *session, const struct card_file *file);

/* Returns the time of the monotonic clock in milliseconds. */
long long session_clock(void);

#endif
