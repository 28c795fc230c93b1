/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "write.h"

/* Headlines and remarks. */
static const struct words last_day = {"有効期限", "valid until"};
static const struct words applications = {"アプリケーション", "Applications"};
static const struct words tries = {"残り回数", "Tries left"};
static const struct words to_do = {"必要な対応", "What to do"};
static const struct words nothing_to_do = {"対応の必要はありません。", "Nothing to do."};
static const struct words not_told = {"不明", "unknown"};
static const struct words with_pin = {"有効期限は暗証番号が必要です（--signature）", "its last day needs its PIN (--signature)"};
static const struct words unreadable = {"有効期限を読み取れません", "its last day cannot be read"};
static const struct words absent = {"このカードにはありません", "not on this card"};

/* The applications in Japanese, by their labels. */
static const struct words application_words[] = {
		{"公的個人認証AP（JPKI）", "JPKI"},
		{"券面事項入力補助AP", "Input Support"},
		{"券面事項確認AP", "Card Surface"},
		{"住基AP", "Resident Registry"},
		{"免許証AP", "Licence"},
};

static void
print_words(const struct words *words, enum language language)
{
	words_plain(stdout, words, " / ", language);
}

static void
print_days_left(long long days, enum language language)
{
	if (language != LANGUAGE_JA)
		printf(days < 0 ? " (expired %lld days ago)" : " (%lld days left)", llabs(days));
	else
		printf(days < 0 ? "（%lld日前に期限切れ）" : "（残り%lld日）", llabs(days));
}

static void
print_subject(const struct status_view *view, enum status_subject subject)
{
	const struct status_date *date = &view->status->subjects[subject].last_day;

	print_words(&status_subject_words[subject], view->language);
	fputs(": ", stdout);
	if (!view->status->subjects[subject].present)
		print_words(&absent, view->language);
	else if (!date->known)
		print_words(subject == STATUS_SIGNATURE && !view->status->subjects[subject].unreadable ? &with_pin : &unreadable, view->language);
	else {
		print_words(&last_day, view->language);
		printf(" %s", date->day);
		print_days_left(date->days_left, view->language);
	}
	putchar('\n');
}

static struct words
words_of_application(const char *label)
{
	size_t i;

	for (i = 0; i < sizeof(application_words) / sizeof(application_words[0]); i++)
		if (strcmp(application_words[i].en, label) == 0)
			return application_words[i];
	return (struct words){label, label};
}

static void
print_applications(const struct status_view *view)
{
	const char *separator = view->language == LANGUAGE_JA ? "、" : ", ";
	unsigned i;

	print_words(&applications, view->language);
	for (i = 0; i < view->status->application_count; i++) {
		struct words words = words_of_application(view->status->applications[i]);

		fputs(i == 0 ? ": " : separator, stdout);
		print_words(&words, view->language);
	}
	fputs("\n\n", stdout);
}

static void
print_pins(const struct status_view *view)
{
	unsigned i;

	print_words(&tries, view->language);
	puts(":");
	for (i = 0; i < view->status->pin_count; i++) {
		const struct status_pin *pin = &view->status->pins[i];
		struct words words = advice_pin_words(pin);

		fputs("  ", stdout);
		if (pin->tries_left < 0)
			print_words(&not_told, view->language);
		else
			printf("%2d/%-2d", pin->tries_left, pin->tries_max);
		fputs("  ", stdout);
		print_words(&words, view->language);
		putchar('\n');
	}
	putchar('\n');
}

static void
print_advice(const struct status_view *view)
{
	size_t i;

	if (view->advice_count == 0) {
		print_words(&nothing_to_do, view->language);
		putchar('\n');
		return;
	}
	print_words(&to_do, view->language);
	puts(":");
	for (i = 0; i < view->advice_count; i++) {
		fputs("  ", stdout);
		print_words(&view->advice[i].subject, view->language);
		fputs(": ", stdout);
		print_words(view->advice[i].action, view->language);
		putchar('\n');
	}
}

void
status_write_text(const struct status_view *view)
{
	int subject;

	for (subject = 0; subject < STATUS_SUBJECTS; subject++)
		print_subject(view, subject);
	print_applications(view);
	print_pins(view);
	print_advice(view);
}
