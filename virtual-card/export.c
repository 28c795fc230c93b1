/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "folder.h"
#include "structure.h"

#define TRANSCRIPT "transcript.txt"
#define PATH_SIZE  4096
#define NAME_SIZE  64
#define READ_MAX   256

/* DigestInfo (RFC 8017, 9.2) of the SHA-256 of "abc" (FIPS 180-4, B.1). */
static const uint8_t digest_info[] = {0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
		0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA, 0x41, 0x41, 0x40, 0xDE, 0x5D, 0xAE, 0x22, 0x23,
		0xB0, 0x03, 0x61, 0xA3, 0x96, 0x17, 0x7A, 0x9C, 0xB4, 0x10, 0xFF, 0x61, 0xF2, 0x00, 0x15, 0xAD};

/* Sends CLA INS P1 P2, and the LEN bytes of DATA if there are any. LE: number of bytes that are asked for (0: none, 256: all). Returns the number
 * of bytes that the card has answered before the status word. */
static size_t
transmit(struct virtual_card *card, const uint8_t head[4], const uint8_t *data, size_t len, unsigned le)
{
	static uint8_t answer[VC_ANSWER_MAX];
	uint8_t command[4 + 1 + UINT8_MAX + 1];
	size_t used = 4;

	memcpy(command, head, used);
	if (len > 0) {
		command[used++] = (uint8_t)len;
		memcpy(command + used, data, len);
		used += len;
	}
	if (le > 0)
		command[used++] = (uint8_t)le;
	return vc_card_transmit(card, command, used, answer) - 2;
}

static void
select_file(struct virtual_card *card, uint16_t id)
{
	const uint8_t name[] = {(uint8_t)(id >> 8), (uint8_t)id};

	transmit(card, (const uint8_t[]){0x00, 0xA4, 0x02, 0x0C}, name, sizeof(name), 0);
}

static void
read_whole_file(struct virtual_card *card, const struct vc_item *item)
{
	size_t at, got = READ_MAX;

	select_file(card, item->id);
	for (at = 0; at < item->len && got > 0; at += got)
		got = transmit(card, (const uint8_t[]){0x00, 0xB0, (uint8_t)(at >> 8), (uint8_t)at}, NULL, 0, READ_MAX);
}

/* Queries and verifies a PIN, reads a file, or makes a signature. */
static void
use_item(struct virtual_card *card, const struct vc_item *item)
{
	const uint8_t verify[] = {0x00, 0x20, 0x00, item->app == VC_LICENCE ? VC_LICENCE_PIN : VC_PIN_OF_CURRENT_EF};

	switch (item->kind) {
	case VC_PIN:
		select_file(card, item->id);
		transmit(card, verify, NULL, 0, 0);
		transmit(card, verify, item->data, item->len, 0);
		break;
	case VC_EF:
		read_whole_file(card, item);
		break;
	case VC_RECORDS:
		transmit(card, (const uint8_t[]){0x00, 0xB2, 0x01, (uint8_t)(item->id << 3 | 4)}, NULL, 0, READ_MAX);
		break;
	case VC_KEY:
		select_file(card, item->id);
		transmit(card, (const uint8_t[]){0x80, 0x2A, 0x00, 0x80}, digest_info, sizeof(digest_info), READ_MAX);
		break;
	case VC_DATA:
		break;
	}
}

/* PINs come before what they open. */
static void
use_application(struct virtual_card *card, const struct vc_application *application)
{
	const struct vc_content *content = &card->content;
	size_t i, pass;

	transmit(card, (const uint8_t[]){0x00, 0xA4, 0x04, 0x0C}, application->aid, application->aid_len, 0);
	for (pass = 0; pass < 2; pass++)
		for (i = 0; i < content->count; i++)
			if (content->items[i].app == application->app && (content->items[i].kind == VC_PIN) == (pass == 0))
				use_item(card, &content->items[i]);
}

static int
export_file(const struct vc_item *item, const char *folder)
{
	const struct vc_application *application = vc_application_get(item->app);
	char name[NAME_SIZE];

	snprintf(name, sizeof(name), "%s-%04X.bin", application == NULL ? "platform" : application->name, item->id);
	return bytes_write_file(folder, name, item->data, item->len);
}

int
vc_export(struct virtual_card *card, const char *to)
{
	const struct vc_application *application = NULL;
	char folder[PATH_SIZE];
	int rc = snprintf(folder, sizeof(folder), "%s/files", to) < (int)sizeof(folder) ? vc_folder_make(folder) : -1;
	size_t i;

	for (i = 0; rc == 0 && i < card->content.count; i++)
		if (card->content.items[i].kind == VC_EF || card->content.items[i].kind == VC_RECORDS)
			rc = export_file(&card->content.items[i], folder);
	vc_card_power_on(card);
	while (rc == 0 && (application = vc_application_next(application, NULL, 0)) != NULL)
		use_application(card, application);
	vc_card_power_off(card);
	return rc;
}

int
vc_export_log(const char *to, char *path, size_t size)
{
	if (vc_folder_make(to) != 0)
		return -1;
	if (snprintf(path, size, "%s/" TRANSCRIPT, to) < (int)size && access(path, F_OK) != 0)
		return 0;
	fprintf(stderr, "virtual-card: %s exists already, or its name is too long. Name a new folder.\n", path);
	return -1;
}
