/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "advice.h"

#include <string.h>

/* The municipal office renews card and certificates from three months before the last day. */
#define RENEWAL_DAYS 92

#define LICENCE_PIN_ID 0x0A

const struct words status_subject_words[STATUS_SUBJECTS] = {
		[STATUS_CARD] = {"カード", "Card"},
		[STATUS_AUTHENTICATION] = {"利用者証明用電子証明書", "User Authentication Certificate"},
		[STATUS_SIGNATURE] = {"署名用電子証明書", "Digital Signature Certificate"},
};

static const struct {
	const char *code;
	enum urgency urgency;
	struct words action;
} kinds[] = {
		[ADVICE_RENEW] = {"renew", SOON, {"まもなく有効期限です。市区町村の窓口で更新してください", "It expires soon. Renew it at the municipal office"}},
		[ADVICE_EXPIRED] = {"expired", NOW, {"有効期限が切れています。市区町村の窓口で更新してください", "It has expired. Renew it at the municipal office"}},
		[ADVICE_UNREADABLE] = {"unreadable", SOON, {"有効期限を読み取れません。もう一度実行しても読み取れないときは、市区町村の窓口で確認してください", "Its last day cannot be read. Run the program again; if that does not help, ask the municipal office"}},
		[ADVICE_LAST_TRY] = {"last-try", SOON, {"残り1回です。間違えるとロックされます。正しく入力すると、回数は元に戻ります", "One try is left; a wrong entry blocks it. The right one restores all tries"}},
		[ADVICE_BLOCKED] = {"blocked", NOW, {"ロックされています。市区町村の窓口で解除してください", "It is blocked. The municipal office can unblock it"}},
		[ADVICE_BLOCKED_LICENCE] = {"blocked", NOW, {"ロックされています。警察で解除してください", "It is blocked. The police can unblock it"}},
};

/* The names of PINs and codes in Japanese, by the ids of their objects. */
static const char *const pin_names[] = {
		[0x01] = "利用者証明用電子証明書の暗証番号",
		[0x02] = "署名用電子証明書の暗証番号",
		[0x03] = "券面事項入力補助用の暗証番号",
		[0x04] = "券面事項入力補助AP の照合番号A",
		[0x05] = "券面事項入力補助AP の照合番号B",
		[0x06] = "券面事項確認AP の照合番号A",
		[0x07] = "券面事項確認AP の照合番号B",
		[0x08] = "券面事項確認AP の生年月日",
		[0x09] = "住民基本台帳用の暗証番号",
		[LICENCE_PIN_ID] = "免許証の暗証番号",
};

struct words
advice_pin_words(const struct status_pin *pin)
{
	const char *name = pin->id < sizeof(pin_names) / sizeof(pin_names[0]) ? pin_names[pin->id] : NULL;

	return (struct words){name != NULL ? name : pin->label, pin->label};
}

static void
add_advice(struct advice *advice, size_t *count, enum advice_kind kind, struct words subject)
{
	advice[(*count)++] = (struct advice){kind, kinds[kind].code, subject, &kinds[kind].action};
}

size_t
advice_find(const struct card_status *status, struct advice advice[ADVICE_MAX])
{
	size_t i, count = 0;

	for (i = 0; i < STATUS_SUBJECTS; i++) {
		const struct status_date *last = &status->subjects[i].last_day;

		if (last->known && last->days_left <= RENEWAL_DAYS)
			add_advice(advice, &count, last->days_left < 0 ? ADVICE_EXPIRED : ADVICE_RENEW, status_subject_words[i]);
		if (status->subjects[i].unreadable)
			add_advice(advice, &count, ADVICE_UNREADABLE, status_subject_words[i]);
	}
	for (i = 0; i < status->pin_count; i++) {
		const struct status_pin *pin = &status->pins[i];

		if (pin->tries_left == 0)
			add_advice(advice, &count, pin->id == LICENCE_PIN_ID ? ADVICE_BLOCKED_LICENCE : ADVICE_BLOCKED, advice_pin_words(pin));
		else if (pin->tries_left == 1)
			add_advice(advice, &count, ADVICE_LAST_TRY, advice_pin_words(pin));
	}
	return count;
}

enum urgency
advice_urgency(const struct advice *advice, size_t count)
{
	enum urgency urgency = NOTHING_TO_DO;
	size_t i;

	for (i = 0; i < count; i++)
		if (kinds[advice[i].kind].urgency > urgency)
			urgency = kinds[advice[i].kind].urgency;
	return urgency;
}
