/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Variants describe how cards, tokens and readers are known to differ, and the faults that tests need. */
#ifndef VIRTUAL_CARD_VARIANT_H
#define VIRTUAL_CARD_VARIANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* variant.c has the names that users type, each with its help text. */
enum vc_variant_id {
	/* who holds what (content) */
	VC_V_CHILD,	/* no signature certificate */
	VC_V_JUKI_CARD, /* 住基カード: token label of the older card */
	VC_V_ANDROID,	/* phone: JPKI only, authentication certificate behind the PIN */
	VC_V_IPHONE,
	VC_V_LONG_NAMES,       /* long name and address: records over 127 and 255 bytes */
	VC_V_NEW_PHONE,	       /* a phone with an unknown token label */
	VC_V_LONG_FORM,	       /* long-form BER lengths where short ones would be enough */
	VC_V_SHORT_FORM,       /* short BER lengths in EF 0002 of text, also for the outermost object */
	VC_V_INFO_256,	       /* EF 0005 of text has 256 bytes */
	VC_V_FURIGANA_INSIDE,  /* EF 0002 of text has an additional object, which the integrity record covers */
	VC_V_FURIGANA_OUTSIDE, /* ... which the integrity record does not cover */
	VC_V_BIRTH_UNKNOWN,    /* month and day of birth are zeros */
	VC_V_SEX_OTHER,	       /* sex is 3, the residence card's code for unspecified */
	VC_V_NO_TOKEN_INFO,    /* no EF 0006 of JPKI */
	VC_V_AVAILABILITY_00,  /* EF 0008 of JPKI says that there are no certificates */
	VC_V_AVAILABILITY_01,  /* ... says so for both certificates with another value than 8F */
	VC_V_AVAILABILITY_80,
	VC_V_NO_COMMON, /* applications that the card lacks */
	VC_V_NO_TEXT,
	VC_V_NO_SURFACE,
	VC_V_NO_JUKI,
	VC_V_OLD_CARD, /* no DO 7F21 on the platform */
	VC_V_RENEWED,  /* the same card with renewed JPKI certificates */
	/* behaviour */
	VC_V_BLOCKED_AUTH,
	VC_V_BLOCKED_SIGN,
	VC_V_BLOCKED_TEXT,
	VC_V_BLOCKED_6983,	/* blocked PINs answer 6983 to VERIFY and query, instead of 6984 and 63C0 */
	VC_V_BLOCKED_6984,	/* blocked PINs answer 6984 to the query too */
	VC_V_BLOCKED_63C0,	/* blocked PINs answer 63C0 to VERIFY too */
	VC_V_QUERY_9000,	/* the status query answers 9000 while verified */
	VC_V_QUERY_ALWAYS_9000, /* ... and always, unless the PIN is blocked */
	VC_V_QUERY_6700,	/* the status query is refused in each form; if several of these are set, the first is used */
	VC_V_QUERY_6A86,
	VC_V_QUERY_6B00,
	VC_V_QUERY_6D00,
	VC_V_NO_VERIFY_SFI,   /* VERIFY with a PIN by short EF identifier is refused */
	VC_V_FIRST_6F00,      /* the first command after power-up fails */
	VC_V_NO_EXTENDED,     /* the card refuses extended length */
	VC_V_EXTENDED_BROKEN, /* the reader cuts extended answers to 256 bytes */
	VC_V_NO_SFI,
	VC_V_SFI_NOT_CURRENT, /* READ by short EF identifier does not change the current EF */
	VC_V_SHORT_READS,     /* READ BINARY returns at most 100 bytes */
	VC_V_END_6B00,	      /* a READ across the end of the file is refused */
	VC_V_END_6700,
	VC_V_END_6282, /* ... returns no byte */
	VC_V_END_EMPTY,
	VC_V_EXACT_6C,	    /* ... is answered 6Cxx, where xx is the number of bytes left */
	VC_V_SPURIOUS_6986, /* some READs in the middle of a file fail until the file is selected again */
	VC_V_SPURIOUS_6B00,
	VC_V_SPURIOUS_EMPTY,
	VC_V_SELECT_FCI,     /* SELECT returns an FCI that was not requested */
	VC_V_NO_PSS,	     /* 80 2A with P1=04 and 05 answers 6A86 */
	VC_V_RESELECT_DROPS, /* selecting the same application again ends its verification */
	/* forged or wrong keys and records of the card (content) */
	VC_V_TAMPER_NAME,
	VC_V_TAMPER_ADDRESS,
	VC_V_TAMPER_PHOTO,
	VC_V_TAMPER_MY_NUMBER,
	VC_V_TAMPER_SIGNATURE,
	VC_V_TAMPER_CV,
	VC_V_TAMPER_CLONE,	    /* a clone: all files are copied, but the keys are not */
	VC_V_TAMPER_FOREIGN_RECORD, /* records of another card from the same municipality */
	VC_V_TAMPER_FOREIGN_CV,	    /* the CV certificate of the other application */
	VC_V_UNKNOWN_CA,	    /* signed under an unknown CV CA */
	VC_V_UNKNOWN_TEXT_CA,	    /* the same, only in Input Support */
	VC_V_TEXT_OTHER_NAME,	    /* Input Support, signed by the same municipality, has another person's name and address */
	VC_V_TEXT_OTHER_BIRTH,	    /* ... date of birth */
	VC_V_TEXT_OTHER_SEX,	    /* ... sex */
	/* forged or wrong JPKI certificates (content) */
	VC_V_POSING_CERTIFICATE, /* 000A has the key usage and policy of a signature certificate */
	VC_V_OTHER_POLICY,	 /* 000A has the policy of a signature certificate */
	VC_V_OTHER_ISSUER,	 /* 000A names the signature CA as its issuer */
	VC_V_CA_NO_CA,		 /* 000B is not allowed to sign certificates */
	VC_V_OTHER_CERTIFICATES, /* 000A and 000B start like the genuine ones but have other keys */
	VC_V_FORGED_KEY_NAMES,	 /* ... whose key identifiers in the certificates are those of the genuine keys */
	/* with the driving licence application (content) */
	VC_V_LICENCE,
	VC_V_LICENCE_BLOCKED,
	VC_V_LICENCE_NO_PIN,	  /* no PIN is set, and the records can be read */
	VC_V_LICENCE_DEFAULT_PIN, /* no PIN is set, and the records can be read after VERIFY with the default PIN */
	VC_V_LICENCE_HISTORY,	  /* the driving history of somebody who has no licence any more */
	VC_V_LICENCE_FULL,	  /* each object has its greatest length */
	VC_V_LICENCE_LONG_FORM,	  /* lengths of one byte as 81 hh */
	VC_V_LICENCE_OLD_FORMS,	  /* an empty date and padded texts, as on the stand-alone licence card */
	VC_V_LICENCE_UNPADDED,	  /* the files end with their last objects */
	VC_V_LICENCE_SIGNED_EF,	  /* the signature covers the padding, too */
	VC_V_LICENCE_TORN,	  /* the record ends in the middle of the photo */
	VC_V_TAMPER_LICENCE,	  /* another class, with the signature kept */
	VC_V_LICENCE_LAST = VC_V_TAMPER_LICENCE,
	/* with the residence application (content) */
	VC_V_RESIDENCE,		/* specified residence card */
	VC_V_RESIDENCE_SPECIAL, /* specified special permanent resident certificate */
	VC_V_COUNT
};

/* The applications of the card; VC_PLATFORM is the card manager (issuer security domain). */
enum vc_app {
	VC_PLATFORM,
	VC_JPKI,
	VC_TEXT,      /* 券面事項入力補助AP */
	VC_SURFACE,   /* 券面事項確認AP */
	VC_COMMON,    /* 共通カードAP */
	VC_JUKI,      /* 住基AP */
	VC_LICENCE,   /* 免許証AP */
	VC_RESIDENCE, /* 在留AP */
	VC_RESIDENCE_DF1,
	VC_RESIDENCE_DF2,
	VC_RESIDENCE_DF3,
	VC_APP_COUNT
};

/* Changes to a file, apart from the variants above. */
enum vc_change {
	VC_DROP, /* the file does not exist */
	VC_CUT,	 /* the second half of the file's content is missing, and all that follows */
	VC_OTHER /* the file is another card's */
};

struct vc_changed_file {
	enum vc_change change;
	enum vc_app app;
	uint16_t id;
};

#define VC_CHANGES_MAX 16

#define VC_WORD_BITS 64

/* A set with one bit per variant. */
struct vc_variant_set {
	uint64_t words[VC_V_COUNT / VC_WORD_BITS + 1];
};

struct vc_variant {
	struct vc_variant_set set;
	const char *atr; /* name of an ATR in the card's ATR table, or NULL for the default */
	unsigned seed;	 /* seed of the persona if it has to be made; 0: the default person */
	struct vc_changed_file changes[VC_CHANGES_MAX];
	size_t changes_count;
};

/* True if the set contains the variant. */
static inline bool
vc_variant_has(const struct vc_variant *variant, enum vc_variant_id id)
{
	return (variant->set.words[id / VC_WORD_BITS] >> id % VC_WORD_BITS & 1) != 0;
}

/* True if the card is a phone, which has JPKI and nothing else. */
static inline bool
vc_variant_is_phone(const struct vc_variant *variant)
{
	return vc_variant_has(variant, VC_V_ANDROID) || vc_variant_has(variant, VC_V_IPHONE) || vc_variant_has(variant, VC_V_NEW_PHONE);
}

/* True if the card has the driving licence application. */
bool vc_variant_has_licence(const struct vc_variant *variant);

/* Adds the comma-separated names in LIST ("child,blocked-sign,atr-type-b-1,seed=7,drop=text:0007") to VARIANT. Returns 0, or
 * -1 with a message on stderr that lists the known names. */
int vc_variant_parse(struct vc_variant *variant, const char *list);

/* Prints every name with its meaning to stdout. */
void vc_variant_help(void);

#endif
