/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One connection to a card: what is selected, which PINs are verified, what has been read. The only room that sends APDUs.
 *
 * Between two transactions another program may have selected another application, and PC/SC does not say so. File ids
 * repeat across applications, so a job begins with session_begin(), asks for its application by session_need_app() before
 * it reads or verifies, and ends with session_end().
 */
#ifndef MYNUMBER_SESSION_H
#define MYNUMBER_SESSION_H

#include <openssl/evp.h>

#include "card-driver/base/compat.h"
#include "card-driver/base/secret.h"
#include "card-driver/base/settings.h"
#include "card-driver/card/card-map.h"
#include "card-driver/trust/finding.h"
#include "loaded.h"
#include "pin-memory.h"

/* card->type, far from the numbers that OpenSC's own drivers use. */
#define CARD_TYPE_MYNUMBER 99000 /* also the older 住基カード with a JPKI application */
#define CARD_TYPE_PHONE	   99001 /* JPKI on a smartphone, nothing else */

/* Longest answers to APDUs of short and of extended length, in bytes; the latter holds every file of the card. */
#define SHORT_ANSWER_MAX    256
#define EXTENDED_ANSWER_MAX 0x7FFF

struct card_field;

/* A place in the virtual file tree: the master file (all empty), EF.DIR, an application's DF, or a file in one. */
struct tree_node {
	const struct application *app;
	const struct card_file *file;
	const struct card_field *field; /* a decoded value, a file that the card itself does not have */
	bool ef_dir;
};

/* The answer to an APDU; a status word of 0 means that none came. */
struct apdu_answer {
	unsigned sw1, sw2;
	size_t len;
};

struct pin_state {
	bool verified;
	int tries_left;	    /* -1: not known */
	long long asked_at; /* when the card told, in milliseconds of the monotonic clock */
};

/* Room for a serial number. */
#define IDENTITY_SERIAL_MAX 17

/* Who this card is, from the card number record; read before any VERIFY, see identity.h. */
struct identity {
	bool known;
	bool has_record;		  /* the rest but the serial is empty without */
	bool shared;			  /* the serial number is that of other tokens, too */
	char serial[IDENTITY_SERIAL_MAX]; /* 15 digits, or 16 hexadecimal digits where the card has no number */
	char municipality[6];		  /* 全国地方公共団体コード */
	char expiry[9];			  /* YYYYMMDD */
};

/* The part of identity.c. */
struct session_who {
	struct identity identity;
	bool being_confirmed;			/* the card is being asked which one it is */
	char first_serial[IDENTITY_SERIAL_MAX]; /* of the card that the connection began with: a reset does not change it */
};

/* Who signs the records of an application; owned by content/authentic.c. */
struct signer {
	struct finding finding;
	EVP_PKEY *key; /* owned; NULL where the certificate holds none */
	bool read;     /* the finding holds as long as the connection */
	bool told;     /* the user knows that values are given unchecked */
};

/* What OpenSC has set for the next signature; owned by operations/sign.c. */
struct security_environment {
	const struct card_key *key; /* NULL: none */
	unsigned long algorithm_flags;
};

/* What is known of a certificate that EF 0008 of JPKI tells of. */
enum presence {
	PRESENCE_UNKNOWN,
	PRESENT,
	MISSING
};

/* By the index of their bytes in EF 0008. */
enum available_certificate {
	AVAILABLE_SIGN,
	AVAILABLE_AUTH,
	AVAILABLE_COUNT
};

/* The card's own state, as far as this process knows. The part of exchange.c, read.c and application.c. */
struct session_link {
	const struct application *app;		/* selected; NULL: not known */
	bool app_confirmed;			/* in this transaction */
	const struct application *verified_app; /* a VERIFY was sent to it: until another one is selected, a PIN may be verified */
	bool absent[APP_COUNT];			/* applications that this card does not have */
	bool proof_absent[APP_COUNT];		/* the card has no file that would prove the application */
	uint16_t ef;				/* current EF; 0: not known */
	bool ef_by_sfi;				/* no SELECT made it current, but a READ that named it */
	bool card_responded;			/* since power-up */
	bool exchange_private;			/* the current exchange must not be logged */
	struct apdu_answer answer;		/* to the last APDU */
	bool sfi_fails;				/* this card wants SELECT instead of short EF identifiers */
	bool select_first;			/* READ by short EF identifier does not make the EF current */
	bool extended_fails;			/* reader or card refuse extended length */
	bool exact_lengths;			/* no READ may cross the end of the file */
	unsigned recoveries;			/* READs of the file that had to be repeated */
};

/* The part of pin.c. */
struct session_pins {
	struct pin_state state[PIN_COUNT];
	struct pin_memories memories; /* of PIN values; a reset does not change them */
	bool last_try_used;	      /* MYNUMBER_LAST_TRY has been used */
};

/* The current position in the virtual file tree. The part of files.c. */
struct session_place {
	struct tree_node node;
	struct secret value; /* of node.field; empty: to be read again */
};

struct session {
	sc_card_t *card;
	struct settings settings;

	/* Says at the beginning of each transaction whether this is still the same card; set when the driver starts. */
	int (*confirm)(struct session *session);

	struct session_link link;
	struct session_pins pins;
	struct loaded_file *loaded; /* load.c */
	struct session_place place;
	struct session_who who;
	enum presence certificates[AVAILABLE_COUNT];
	struct signer signers[APP_COUNT];

	struct security_environment environment;
	unsigned unchecked_signatures; /* made without the public key that would verify them; owned by content/signature.c */
};

/* A new session of CARD; NULL without memory. */
struct session *session_new(sc_card_t *card);

/* Clears and frees; NULL is fine. */
void session_free(struct session *session);

/* The card was reset or exchanged: nothing that was known of it holds. */
void session_forget(struct session *session);

/* True in opensc-pkcs11.so and onepin-opensc-pkcs11.so. */
bool session_in_pkcs11(const struct session *session);

/* Begins and ends a transaction. SC_SUCCESS, the error of sc_lock, or that of session->confirm(): after a reset the card may be
 * another one, of which nothing is to be read, and whose tries are not to be spent. */
int session_begin(struct session *session);
void session_end(struct session *session);

/* The PINs that open a file of this card. */
unsigned session_openers(const struct session *session, const struct card_file *file);

/* True if a PIN of the set is verified, or if the set is FREE. */
bool session_opens(const struct session *session, unsigned openers);

/* True if asking for something of an application would mean leaving another one in which a PIN is verified. */
bool session_would_disturb(const struct session *session, enum app_id app);

/* Notes what the card said of a PIN. */
void session_note_pin(struct session *session, enum pin_id pin, bool verified, int tries_left);

/* The verification of every PIN of the set is lost: private data that it opened is cleared. */
void session_note_lost(struct session *session, unsigned pins);

/* The buffer of a file, new and empty if it was not read yet; NULL without memory. */
struct loaded_file *session_loaded(struct session *session, const struct card_file *file);

/* Milliseconds of the monotonic clock. */
long long session_clock(void);

#endif
