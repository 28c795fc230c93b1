/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "genuine.h"

#include <string.h>

#include "card-driver/trust/cv-certificate.h"
#include "card-driver/trust/rsa-key.h"
#include "facts.h"

#define DEFAULT_KEY	   0x00 /* P2 of 80 2A: the key of the application (docs/card.md 6.1, 6.8) */
#define TAG_OFFSETS	   0xDF21
#define TAG_FACE_SIGNATURE 0xDF28

/* The signature of the card face covers the hashes of these groups of objects (docs/card.md 7.4). */
static const unsigned face_groups[][2] = {{0xDF22, 0xDF24}, {0xDF25, 0xDF26}, {0xDF27, 0xDF27}};

/* Name, address, birth, sex. The hash may not cover objects after them (docs/card.md 3.10, 7.3). */
static const unsigned known_objects[] = {0xDF22, 0xDF25};

#define FACE_HASHES_LEN (COUNT(face_groups) * SHA256_LEN)

/* Hashes the objects of the record from the first to the last tag of GROUP. False if one is missing, or without memory. */
static bool
hash_record_objects(const struct record *record, const unsigned group[2], uint8_t out[SHA256_LEN])
{
	EVP_MD_CTX *hash = crypto_hash_start();
	bool good = hash != NULL;
	struct tlv object;
	unsigned tag;

	for (tag = group[0]; tag <= group[1] && good; tag++)
		good = ber_find(record->outer.value, record->outer.len, tag, &object) == 0 &&
		       EVP_DigestUpdate(hash, object.start, object.header + object.len) == 1;
	good = good && EVP_DigestFinal_ex(hash, out, NULL) == 1;
	EVP_MD_CTX_free(hash);
	return good;
}

/* Returns the signed data: the hashes of the groups, or all objects before the signature. Points into the record or to HASHES. NULL without
 * memory. */
static const uint8_t *
record_signed_data(const struct record *record, const struct tlv *signature, uint8_t hashes[FACE_HASHES_LEN], size_t *len)
{
	size_t i;

	if (record->kind->signature != TAG_FACE_SIGNATURE) {
		*len = (size_t)(signature->start - record->outer.value);
		return record->outer.value;
	}
	for (i = 0; i < COUNT(face_groups); i++)
		if (!hash_record_objects(record, face_groups[i], hashes + i * SHA256_LEN))
			return NULL;
	*len = FACE_HASHES_LEN;
	return hashes;
}

/* If the signature opens with the signer's key, the signed bytes were changed, or the fact names the wrong bytes. */
static void
report_record_signature(const struct record *record, EVP_PKEY *signer, const struct tlv *signature, int good)
{
	const char *fact = record->kind->protection, *name = record->kind->name;

	if (good < 0)
		report_fact(NOT_TRIED, fact, "%s: its signature could not be checked", name);
	else if (good)
		report_fact(CONFIRMED, fact, "%s: signed by the key of the CV certificate", name);
	else if (rsa_key_opens(signer, signature->value, signature->len))
		report_fact(UNFIT, fact, "%s: the signature is by the key of the CV certificate, but over something else", name);
	else
		report_fact(UNFIT, fact, "%s: not signed by the key of the CV certificate", name);
}

void
genuine_check_signature(const struct record *record, EVP_PKEY *signer)
{
	uint8_t hashes[FACE_HASHES_LEN];
	const uint8_t *data;
	struct tlv signature;
	size_t len = 0;

	if (record->file.data == NULL || ber_find(record->outer.value, record->outer.len, record->kind->signature, &signature) < 0)
		return;
	if (signer == NULL)
		return report_fact(NOT_TRIED, record->kind->protection, "%s: no key of a CV certificate to check its signature with", record->kind->name);
	data = record_signed_data(record, &signature, hashes, &len);
	report_record_signature(record, signer, &signature, data == NULL ? -1 : rsa_key_signed(signer, data, len, signature.value, signature.len));
}

/* Returns the data whose hash is in the integrity record: the file with its padding, or the objects after the table of offsets. */
static const uint8_t *
record_hashed_data(const struct record *record, size_t *len)
{
	struct tlv offsets;

	*len = record->file.len;
	if (record->kind->first != TAG_OFFSETS || ber_read(record->outer.value, record->outer.len, &offsets) < 0)
		return record->file.data;
	*len = record->outer.len - offsets.header - offsets.len;
	return offsets.value + offsets.len;
}

static bool
hash_matches(const struct tlv *expected, const uint8_t hash[SHA256_LEN])
{
	return expected->len == SHA256_LEN && memcmp(expected->value, hash, SHA256_LEN) == 0;
}

void
genuine_check_hash(const struct record *record, const struct record *integrity, unsigned tag)
{
	const char *fact = record->kind->protection, *name = record->kind->name;
	const uint8_t *data;
	uint8_t hash[SHA256_LEN];
	struct tlv expected;
	size_t len;
	bool good;

	if (record->file.data == NULL)
		return;
	if (integrity->file.data == NULL || ber_find(integrity->outer.value, integrity->outer.len, tag, &expected) < 0)
		return report_fact(NOT_TRIED, fact, "%s: no integrity record to compare its hash with", name);
	data = record_hashed_data(record, &len);
	if (crypto_hash(data, len, hash) < 0)
		return report_fact(NOT_TRIED, fact, "%s: its hash could not be computed", name);
	good = hash_matches(&expected, hash);
	if (!good && record->kind->first == TAG_OFFSETS && hash_record_objects(record, known_objects, hash) && hash_matches(&expected, hash))
		return report_fact(CONFIRMED, fact, "%s: the hash of the objects DF22 to DF25 alone is the one in the integrity record", name);
	report_fact(result_of_record_check(good), fact, "%s: its hash is %s in the integrity record", name, good ? "the one" : "not the one");
}

static void
report_card_key(const struct record *record, const struct answer *answer, int good)
{
	const char *name = record->kind->name;

	if (answer->sw != SW_OK)
		report_fact(NOT_TRIED, "6.8", "%s: no signature of the card to compare its key with, the answer is %04X", name, answer->sw);
	else if (good < 0)
		report_fact(NOT_TRIED, "6.8", "%s: the card's signature could not be checked", name);
	else if (good)
		report_fact(CONFIRMED, "6.8", "%s: the card holds the key that it names", name);
	else
		report_fact(UNFIT, "6.8", "%s: the card does not hold the key that it names; it is a copy, or has the record of another card", name);
}

/* Signs a new random number, because a copy may replay the answer to an old one. */
void
genuine_check_card_key(struct report *report, const struct record *record)
{
	struct answer *answer = &report->link.answer;
	uint8_t number[SHA256_LEN], hash[SHA256_LEN];
	EVP_PKEY *key = NULL;
	struct tlv object;
	int good = -1;

	if (record->file.data == NULL || ber_find(record->outer.value, record->outer.len, record->kind->card_key, &object) < 0)
		return;
	if (rsa_key_from_objects(object.value, object.len, &key) < 0 || crypto_random(number, sizeof(number)) < 0 || crypto_hash(number, sizeof(number), hash) < 0)
		report_fact(NOT_TRIED, "6.8", "%s: it has no usable key, or there is no memory", record->kind->name);
	else {
		if (link_sign_hash(&report->link, DEFAULT_KEY, hash) == SW_OK)
			good = rsa_key_signed(key, number, sizeof(number), answer->data, answer->len);
		report_card_key(record, answer, good);
	}
	EVP_PKEY_free(key);
}
