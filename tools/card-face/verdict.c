/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "verdict.h"

#include <string.h>

const struct verdict_words verdict_words[VERDICT_COUNT] = {
		[VERDICT_GENUINE] = {
				"genuine",
				"✓",
				OUTCOME_GENUINE,
				{"真正なカードです", "Genuine card"},
				{"券面情報は発行時から変わっておらず、カードは複製ではありません。",
						"The card face is unchanged since it was issued, and the card is not a copy."},
				{"確認しました", "verified"},
		},
		[VERDICT_UNKNOWN] = {
				"unknown",
				"?",
				OUTCOME_UNKNOWN,
				{"確認できない項目があります", "Not everything could be checked"},
				{"異常は見つかりませんでしたが、真正とは言い切れません。カードの券面をよく確認してください。", "Nothing wrong was found, but this does not prove that the card is genuine. Look at the card itself."},
				{"確認できません", "not checked"},
		},
		[VERDICT_NOT_GENUINE] = {
				"not-genuine",
				"✕",
				OUTCOME_NOT_GENUINE,
				{"このカードを信用しないでください", "Do not trust this card"},
				{"改ざんまたは複製の疑いがあります。本人確認に使わないでください。", "The card was changed, or it is a copy. Do not accept it as proof of identity."},
				{"異常があります", "FAILED"},
		},
};

/* The topics of the reports, by the beginning of their lines. */
static const struct topic {
	const char *begins, *code;
	bool surface, text; /* a report of that application must have this topic */
	struct words words;
} topics[] = {
		{"card face", "card-face", true, false, {"券面情報（写真・氏名・住所・生年月日・性別）", "Card face: photo, name, address, date of birth, sex"}},
		{"signer's certificate", "signer", true, true, {"署名者（市区町村）の証明書", "Certificate of the signing municipality"}},
		{"presence", "presence", true, true, {"カード自身の確認（複製でないこと）", "The card itself (not a copy)"}},
		{"name, address", "text", false, true, {"文字情報（氏名・住所・生年月日・性別）", "Text: name, address, date of birth, sex"}},
		{"card key record", "card-key", false, true, {"カードの公開鍵", "Public key of the card"}},
		{"licence record", "licence-record", false, false, {"免許情報", "Licence record"}},
		{"signature of the licence record", "licence-signature", false, false, {"免許情報の電子署名", "Signature of the licence record"}},
		{"form of the licence record", "licence-form", false, false, {"免許情報の形式", "Form of the licence record"}},
		{"expiry date of the licence", "licence-expiry", false, false, {"有効期間の末日", "Last day of validity"}},
		{"holder of the licence", "licence-holder", false, false, {"免許情報の本人", "Holder of the licence"}},
};

/* The code of a finding whose topic is not in this table. */
#define OTHER_TOPIC "other"

#define TOPIC_COUNT (sizeof(topics) / sizeof(topics[0]))

/* The results of a check, by the first word of a line. */
static const struct {
	const char *begins;
	enum verdict kind;
} finding_kinds[] = {
		{"ok: ", VERDICT_GENUINE},
		{"FAIL: ", VERDICT_NOT_GENUINE},
		{"unknown: ", VERDICT_UNKNOWN},
};

static bool
line_begins_with(const char *text, size_t len, const char *begins)
{
	return len >= strlen(begins) && memcmp(text, begins, strlen(begins)) == 0;
}

static const struct topic *
find_topic(const struct finding *finding)
{
	size_t i;

	for (i = 0; i < TOPIC_COUNT; i++)
		if (line_begins_with(finding->text, finding->len, topics[i].begins))
			return &topics[i];
	return NULL;
}

static void
parse_finding(struct finding *finding, const char *line, size_t len)
{
	const struct topic *topic;
	size_t i;

	*finding = (struct finding){.kind = VERDICT_UNKNOWN, .code = OTHER_TOPIC, .text = line, .len = len};
	for (i = 0; i < sizeof(finding_kinds) / sizeof(finding_kinds[0]); i++)
		if (line_begins_with(line, len, finding_kinds[i].begins)) {
			finding->kind = finding_kinds[i].kind;
			finding->text += strlen(finding_kinds[i].begins);
			finding->len -= strlen(finding_kinds[i].begins);
			break;
		}
	topic = find_topic(finding);
	if (topic != NULL) {
		finding->topic = &topic->words;
		finding->code = topic->code;
	}
}

bool
finding_next(const struct secret *report, size_t *at, struct finding *finding)
{
	while (*at < report->len) {
		const char *line = (const char *)report->data + *at;
		const char *end = memchr(line, '\n', report->len - *at);
		size_t len = end == NULL ? report->len - *at : (size_t)(end - line);

		*at += len + (end != NULL);
		if (len == 0)
			continue;
		parse_finding(finding, line, len);
		return true;
	}
	return false;
}

/* True if a report has every topic that it must have: a missing line must not make the verdict better. */
static bool
report_is_complete(const struct secret *report, bool text)
{
	bool reported[TOPIC_COUNT] = {false};
	struct finding finding;
	size_t at = 0, i;

	while (finding_next(report, &at, &finding))
		if (find_topic(&finding) != NULL)
			reported[find_topic(&finding) - topics] = true;
	for (i = 0; i < TOPIC_COUNT; i++)
		if ((text ? topics[i].text : topics[i].surface) && !reported[i])
			return false;
	return true;
}

static bool
text_is_shown(const struct face *face)
{
	return face->items[FACE_NAME].len > 0 || face->items[FACE_ADDRESS].len > 0;
}

static bool
value_was_refused(const struct face *face)
{
	size_t i;

	for (i = 0; i < FACE_ITEM_COUNT; i++)
		if (face->refused[i])
			return true;
	return false;
}

/* A card without the code that opens its texts keeps them from being checked. This counts like a wrong text. */
static bool
text_code_is_missing(const struct face *face)
{
	return face->code_missing;
}

static bool
data_are_withheld(const struct face *face)
{
	return face->withheld;
}

static bool
surface_is_unchecked(const struct face *face)
{
	return !report_is_complete(&face->items[FACE_REPORT], false);
}

static bool
text_is_unchecked(const struct face *face)
{
	return text_is_shown(face) && !report_is_complete(&face->items[FACE_TEXT_REPORT], true);
}

/* Two missing values are not a match. */
static bool
values_match(const struct secret *one, const struct secret *other)
{
	return one->len > 0 && one->len == other->len && memcmp(one->data, other->data, one->len) == 0;
}

/* The municipality signs the text without the card's key, so only date of birth and sex link it to this card. */
static bool
text_may_be_of_another_card(const struct face *face)
{
	const struct secret *items = face->items;

	return text_is_shown(face) && (!values_match(&items[FACE_TEXT_BIRTH], &items[FACE_BIRTH]) || !values_match(&items[FACE_TEXT_SEX], &items[FACE_SEX]));
}

static const struct {
	bool (*applies)(const struct face *face);
	enum verdict kind;
	bool text_only;
	const char *code;
	struct words topic, words;
} own_findings[] = {
		{value_was_refused, VERDICT_NOT_GENUINE, false, "value-refused", {"カードの値", "Values of the card"},
				{"検証に失敗した値は表示していません。", "A value that failed its check is not shown."}},
		{text_code_is_missing, VERDICT_NOT_GENUINE, true, "code-b-missing", {"文字情報", "Text"},
				{"すべてのカードにある照合番号Bがありません。", "The card lacks its code B, which every card has."}},
		{data_are_withheld, VERDICT_NOT_GENUINE, false, "data-withheld", {"カードの値", "Values of the card"},
				{"照合番号Bを受け付けたカードが、その番号で読める情報を返しません。", "The card accepted code B but refuses the data that it opens."}},
		{surface_is_unchecked, VERDICT_UNKNOWN, false, "card-face-incomplete", {"券面情報の確認", "Checks of the card face"},
				{"確認の結果がそろっていません。", "Some check results are missing."}},
		{text_is_unchecked, VERDICT_UNKNOWN, true, "text-incomplete", {"文字情報の確認", "Checks of the text"},
				{"確認の結果がそろっていません。", "Some check results are missing."}},
		{text_may_be_of_another_card, VERDICT_UNKNOWN, true, "text-link", {"文字情報と券面の照合", "Text compared with the card face"},
				{"生年月日または性別が券面情報と同じであることを確認できません。文字情報は別の人のものかもしれません。",
						"Date of birth or sex does not match the card face. The text may be another person's."}},
};

bool
finding_next_own(const struct face *face, size_t *at, struct finding *finding)
{
	for (; *at < sizeof(own_findings) / sizeof(own_findings[0]); ++*at)
		if (own_findings[*at].applies(face)) {
			*finding = (struct finding){
					.kind = own_findings[*at].kind,
					.code = own_findings[*at].code,
					.text_only = own_findings[*at].text_only,
					.topic = &own_findings[*at].topic,
					.words = &own_findings[*at].words,
			};
			++*at;
			return true;
		}
	return false;
}

bool
finding_next_of_face(const struct face *face, struct finding_place *place, struct finding *finding)
{
	static const enum face_item reports[] = {[FROM_SURFACE] = FACE_REPORT, [FROM_TEXT] = FACE_TEXT_REPORT};

	for (; place->source < FROM_VIEWER; place->source++, place->at = 0)
		if (finding_next(&face->items[reports[place->source]], &place->at, finding)) {
			finding->text_only = place->source == FROM_TEXT;
			return true;
		}
	return finding_next_own(face, &place->at, finding);
}

enum verdict
face_verdict(const struct face *face)
{
	enum verdict worst = VERDICT_GENUINE;
	struct finding_place place = {0};
	struct finding finding;

	while (finding_next_of_face(face, &place, &finding))
		if (finding.kind > worst)
			worst = finding.kind;
	return worst;
}
