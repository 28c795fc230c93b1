/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "variant.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atr.h"

#define ATR_PREFIX  "atr-"
#define SEED_PREFIX "seed="

static const struct {
	enum vc_variant_id id;
	const char *name;
	const char *meaning;
} names[] = {
		{VC_V_CHILD, "child", "under 15: no signature certificate"},
		{VC_V_JUKI_CARD, "juki-card", "the older Juki-card: its token label"},
		{VC_V_ANDROID, "android", "Android phone: JPKI only, authentication certificate behind the PIN"},
		{VC_V_IPHONE, "iphone", "iPhone: the same, and 80 FC is known"},
		{VC_V_LONG_NAMES, "long-names", "long name and address"},
		{VC_V_NEW_PHONE, "new-phone", "phone with an unknown token label"},
		{VC_V_SHORT_FORM, "short-form", "the shortest BER lengths in all records"},
		{VC_V_INFO_256, "info-256", "Input Support 0005 has 256 bytes"},
		{VC_V_FURIGANA_INSIDE, "furigana-inside", "Input Support 0002 has a further object, which is signed"},
		{VC_V_FURIGANA_OUTSIDE, "furigana-outside", "Input Support 0002 has a further object, which is not signed"},
		{VC_V_BIRTH_UNKNOWN, "birth-unknown", "month and day of birth are not known"},
		{VC_V_SEX_OTHER, "sex-other", "sex 3"},
		{VC_V_NO_TOKEN_INFO, "no-token-info", "without the token information"},
		{VC_V_AVAILABILITY_00, "availability-00", "JPKI 0008 is 00 00 00, though both certificates are there"},
		{VC_V_AVAILABILITY_01, "availability-01", "JPKI 0008 is 01 01 00"},
		{VC_V_AVAILABILITY_80, "availability-80", "JPKI 0008 is 80 80 00"},
		{VC_V_LONG_FORM, "long-form", "long-form BER lengths where short ones would do"},
		{VC_V_NO_COMMON, "no-common", "without the common application"},
		{VC_V_NO_TEXT, "no-text", "without Input Support"},
		{VC_V_NO_SURFACE, "no-surface", "without Card Surface"},
		{VC_V_NO_JUKI, "no-juki", "without Resident Registry"},
		{VC_V_OLD_CARD, "old-card", "no data object 7F21 on the platform"},
		{VC_V_RENEWED, "renewed", "the same card with renewed JPKI certificates"},
		{VC_V_BLOCKED_AUTH, "blocked-auth", "authentication PIN blocked"},
		{VC_V_BLOCKED_SIGN, "blocked-sign", "signature PIN blocked"},
		{VC_V_BLOCKED_TEXT, "blocked-text", "Input Support PIN blocked"},
		{VC_V_BLOCKED_6983, "blocked-6983", "blocked PINs answer 6983 to VERIFY and to the query"},
		{VC_V_BLOCKED_6984, "blocked-6984", "blocked PINs answer 6984 to the query too"},
		{VC_V_BLOCKED_63C0, "blocked-63c0", "blocked PINs answer 63C0 to VERIFY too"},
		{VC_V_QUERY_9000, "query-9000", "the status query answers 9000 while verified"},
		{VC_V_QUERY_ALWAYS_9000, "query-always-9000", "the status query always answers 9000, but for a blocked PIN"},
		{VC_V_QUERY_6700, "query-6700", "card or reader refuse the status query by 6700"},
		{VC_V_QUERY_6A86, "query-6a86", "the same by 6A86"},
		{VC_V_QUERY_6B00, "query-6b00", "the same by 6B00"},
		{VC_V_QUERY_6D00, "query-6d00", "the same by 6D00"},
		{VC_V_NO_VERIFY_SFI, "no-verify-sfi", "VERIFY with a PIN by short EF identifier is refused"},
		{VC_V_FIRST_6F00, "first-6f00", "the first command after power-up fails"},
		{VC_V_NO_EXTENDED, "no-extended", "extended length refused by the card"},
		{VC_V_EXTENDED_BROKEN, "extended-broken", "the reader cuts answers at 256 bytes"},
		{VC_V_NO_SFI, "no-sfi", "no addressing by short EF identifier"},
		{VC_V_SFI_NOT_CURRENT, "sfi-not-current", "READ by short EF identifier does not make the file current"},
		{VC_V_END_6B00, "end-6b00", "a READ across the end of the file is answered 6B00"},
		{VC_V_END_6700, "end-6700", "a READ across the end of the file is answered 6700"},
		{VC_V_END_6282, "end-6282", "a READ across the end of the file gives no byte, and 6282"},
		{VC_V_END_EMPTY, "end-empty", "a READ across the end of the file gives no byte, and 9000"},
		{VC_V_EXACT_6C, "exact-6c", "a READ across the end of the file is answered 6Cxx"},
		{VC_V_SPURIOUS_6986, "spurious-6986", "now and then a READ in the middle of a file is answered 6986"},
		{VC_V_SPURIOUS_6B00, "spurious-6b00", "now and then a READ in the middle of a file is answered 6B00"},
		{VC_V_SPURIOUS_EMPTY, "spurious-empty", "now and then a READ in the middle of a file gives no byte"},
		{VC_V_SELECT_FCI, "select-fci", "SELECT answers an FCI, though none was asked for"},
		{VC_V_SHORT_READS, "short-reads", "READ BINARY answers at most 100 bytes"},
		{VC_V_NO_PSS, "no-pss", "no PSS signatures"},
		{VC_V_RESELECT_DROPS, "reselect-drops", "selecting the same application again drops its verification"},
		{VC_V_TAMPER_NAME, "tamper-name", "another name in the records"},
		{VC_V_TAMPER_ADDRESS, "tamper-address", "another address in the records"},
		{VC_V_TAMPER_PHOTO, "tamper-photo", "another photo"},
		{VC_V_TAMPER_MY_NUMBER, "tamper-my-number", "another My Number"},
		{VC_V_TAMPER_SIGNATURE, "tamper-signature", "wrong signatures of the records"},
		{VC_V_TAMPER_CV, "tamper-cv", "wrong signature of the CV certificates"},
		{VC_V_TAMPER_CLONE, "tamper-clone", "a copy: all files, but other keys"},
		{VC_V_TAMPER_FOREIGN_RECORD, "tamper-foreign-record", "records of another card of the same municipality"},
		{VC_V_TAMPER_FOREIGN_CV, "tamper-foreign-cv", "the CV certificate of the other application"},
		{VC_V_UNKNOWN_CA, "unknown-ca", "signed under a CV CA that nobody knows"},
		{VC_V_UNKNOWN_TEXT_CA, "unknown-text-ca", "the same of Input Support alone"},
		{VC_V_TEXT_OTHER_NAME, "text-other-name", "Input Support: another person's name and address, signed by the municipality"},
		{VC_V_TEXT_OTHER_BIRTH, "text-other-birth", "Input Support: another date of birth, signed by the municipality"},
		{VC_V_TEXT_OTHER_SEX, "text-other-sex", "Input Support: the other sex, signed by the municipality"},
		{VC_V_POSING_CERTIFICATE, "posing-certificate", "a signature certificate in the place of the authentication certificate"},
		{VC_V_OTHER_POLICY, "other-policy", "an authentication certificate with the policy of a signature certificate"},
		{VC_V_OTHER_ISSUER, "other-issuer", "an authentication certificate that names the signature CA"},
		{VC_V_CA_NO_CA, "ca-no-ca", "the authentication CA's certificate is none of a CA"},
		{VC_V_OTHER_CERTIFICATES, "other-certificates", "authentication certificates that begin as the right ones do, with other keys"},
		{VC_V_FORGED_KEY_NAMES, "forged-key-names", "with other-certificates: and that have the key identifiers of the right ones"},
		{VC_V_LICENCE, "licence", "with the driving licence application"},
		{VC_V_LICENCE_BLOCKED, "licence-blocked", "the same, and its PIN is blocked"},
		{VC_V_LICENCE_NO_PIN, "licence-no-pin", "a licence without a PIN: its files are free"},
		{VC_V_LICENCE_DEFAULT_PIN, "licence-default-pin", "a licence without a PIN: its files need VERIFY with **** all the same"},
		{VC_V_LICENCE_HISTORY, "licence-history", "a driving history without a licence"},
		{VC_V_LICENCE_FULL, "licence-full", "licence and driving history, each field of full length, with user-defined characters"},
		{VC_V_LICENCE_LONG_FORM, "licence-long-form", "a licence whose lengths are 81 hh where one byte would do"},
		{VC_V_LICENCE_OLD_FORMS, "licence-old-forms", "a licence with a date of zeros and padded texts"},
		{VC_V_LICENCE_UNPADDED, "licence-unpadded", "a licence whose files end with their content"},
		{VC_V_LICENCE_SIGNED_EF, "licence-signed-ef", "a licence whose signature covers the padding of the record"},
		{VC_V_LICENCE_TORN, "licence-torn", "a licence record that ends in the middle of the photo"},
		{VC_V_TAMPER_LICENCE, "tamper-licence", "a licence with a class more than was signed"},
		{VC_V_RESIDENCE, "residence", "specified residence card: with the residence application, type 07"},
		{VC_V_RESIDENCE_SPECIAL, "residence-special", "specified special permanent resident certificate: the same, type 08"},
};

/* Parses a change of a file: DROP=APPLICATION:FILE */
static const struct {
	enum vc_change change;
	const char *prefix;
	const char *meaning;
} changes[] = {
		{VC_DROP, "drop=", "a file is not there: drop=text:0007"},
		{VC_CUT, "cut=", "a file's second half is missing"},
		{VC_OTHER, "other=", "a file of text, surface, common or licence is that of another card"},
};

static const struct {
	enum vc_app app;
	const char *prefix;
} applications[] = {{VC_JPKI, "jpki:"}, {VC_TEXT, "text:"}, {VC_SURFACE, "surface:"}, {VC_COMMON, "common:"}, {VC_JUKI, "juki:"}, {VC_LICENCE, "licence:"}, {VC_RESIDENCE, "residence:"}};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define NAME_COUNT   COUNT(names)
#define FILE_DIGITS  4

static bool
parse_seed(struct vc_variant *variant, const char *digits)
{
	char *end;
	unsigned long value = strtoul(digits, &end, 10);

	if (digits[0] < '0' || digits[0] > '9' || *end != '\0' || value > UINT_MAX)
		return false;
	variant->seed = (unsigned)value;
	return true;
}

static bool
parse_file(struct vc_changed_file *file, const char *word)
{
	const char *digits = NULL;
	size_t i;

	for (i = 0; i < COUNT(applications) && digits == NULL; i++)
		if (strncmp(word, applications[i].prefix, strlen(applications[i].prefix)) == 0) {
			file->app = applications[i].app;
			digits = word + strlen(applications[i].prefix);
		}
	if (digits == NULL || strlen(digits) != FILE_DIGITS || strspn(digits, "0123456789ABCDEFabcdef") != FILE_DIGITS)
		return false;
	file->id = (uint16_t)strtoul(digits, NULL, 16);
	return true;
}

/* Rejects a file of an application that the other card does not have here. */
static bool
parse_change(struct vc_variant *variant, size_t i, const char *word)
{
	struct vc_changed_file *file = &variant->changes[variant->changes_count];

	if (variant->changes_count == VC_CHANGES_MAX || !parse_file(file, word))
		return false;
	file->change = changes[i].change;
	variant->changes_count++;
	return file->change != VC_OTHER || (file->app != VC_JPKI && file->app != VC_JUKI && file->app != VC_RESIDENCE);
}

static bool
parse_one(struct vc_variant *variant, const char *word)
{
	const struct vc_atr *atr;
	size_t i;

	for (i = 0; i < COUNT(changes); i++)
		if (strncmp(word, changes[i].prefix, strlen(changes[i].prefix)) == 0)
			return parse_change(variant, i, word + strlen(changes[i].prefix));

	if (strncmp(word, SEED_PREFIX, strlen(SEED_PREFIX)) == 0)
		return parse_seed(variant, word + strlen(SEED_PREFIX));
	if (strncmp(word, ATR_PREFIX, strlen(ATR_PREFIX)) == 0) {
		atr = vc_atr_find(word + strlen(ATR_PREFIX));
		if (atr == NULL)
			return false;
		variant->atr = atr->name;
		return true;
	}
	for (i = 0; i < NAME_COUNT; i++)
		if (strcmp(names[i].name, word) == 0) {
			variant->set.words[names[i].id / VC_WORD_BITS] |= (uint64_t)1 << names[i].id % VC_WORD_BITS;
			return true;
		}
	return false;
}

static void
complain(const char *word)
{
	size_t i, count;
	const struct vc_atr *atrs = vc_atr_all(&count);

	fprintf(stderr, "virtual card: unknown variant \"%s\"; there are:", word);
	for (i = 0; i < NAME_COUNT; i++)
		fprintf(stderr, " %s", names[i].name);
	for (i = 0; i < count; i++)
		fprintf(stderr, " " ATR_PREFIX "%s", atrs[i].name);
	for (i = 0; i < COUNT(changes); i++)
		fprintf(stderr, " %sAPPLICATION:FILE", changes[i].prefix);
	fprintf(stderr, " " SEED_PREFIX "NUMBER\n");
}

bool
vc_variant_has_licence(const struct vc_variant *variant)
{
	int id;

	for (id = VC_V_LICENCE; id <= VC_V_LICENCE_LAST; id++)
		if (vc_variant_has(variant, (enum vc_variant_id)id))
			return true;
	return false;
}

int
vc_variant_parse(struct vc_variant *variant, const char *list)
{
	char *copy = strdup(list), *word, *rest;
	int rc = copy == NULL ? -1 : 0;

	for (word = copy ? strtok_r(copy, ",", &rest) : NULL; word != NULL && rc == 0; word = strtok_r(NULL, ",", &rest))
		if (!parse_one(variant, word)) {
			complain(word);
			rc = -1;
		}
	free(copy);
	return rc;
}

void
vc_variant_help(void)
{
	size_t i, count;
	const struct vc_atr *atrs = vc_atr_all(&count);

	for (i = 0; i < NAME_COUNT; i++)
		printf("%-22s %s\n", names[i].name, names[i].meaning);
	for (i = 0; i < count; i++)
		printf(ATR_PREFIX "%-18s ATR: %s\n", atrs[i].name, atrs[i].meaning);
	for (i = 0; i < COUNT(changes); i++)
		printf("%-22s %s\n", changes[i].prefix, changes[i].meaning);
	printf("%-22s the person to make when the folder has none\n", SEED_PREFIX "NUMBER");
}
