/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "licence-words.h"

#include <string.h>

/* The topics of the driver's report that decide, by the beginning of their lines. */
#define TOPIC_RECORD "licence record"
#define TOPIC_EXPIRY "expiry date of the licence"

const struct licence_state_words licence_states[LICENCE_STATE_COUNT] = {
		[LICENCE_SIGNED] = {
				VERDICT_UNKNOWN,
				{"署名を確認しました", "The signature is valid"},
				{"免許情報は記録時から変わっていません。写真と本人を見比べてください。",
						"The licence is unchanged since it was recorded. Compare the photo with the holder."},
		},
		[LICENCE_UNVERIFIED] = {
				VERDICT_UNKNOWN,
				{"署名を確認できません", "The signature could not be verified"},
				{"この免許情報が本物かどうかは分かりません。警察の公開鍵は公表されていません。", "It is not known whether this licence is genuine. The keys of the police are not public."},
		},
		[LICENCE_EXPIRED] = {
				VERDICT_UNKNOWN,
				{"有効期間が過ぎています", "This licence has expired"},
				{"この免許情報の有効期間は終わっています。", "The last day of this licence has passed."},
		},
		[LICENCE_WRONG] = {
				VERDICT_NOT_GENUINE,
				{"この免許情報を信用しないでください", "Do not trust this licence"},
				{"改ざんの疑いがあるか、記録が壊れています。", "The record was changed, or it is damaged."},
		},
};

static bool
finding_is_about(const struct finding *finding, const char *topic)
{
	return finding->len >= strlen(topic) && memcmp(finding->text, topic, strlen(topic)) == 0;
}

/* A line that is missing leaves the state at unverified. An expired licence fails its own check, but nobody has changed it. */
enum licence_state
licence_state(const struct licence *licence)
{
	enum licence_state state = LICENCE_UNVERIFIED;
	struct finding finding;
	bool expired = false, wrong = licence->refused;
	size_t at = 0;

	while (finding_next(&licence->items[LICENCE_REPORT], &at, &finding)) {
		bool fails = finding.kind == VERDICT_NOT_GENUINE, expiry = finding_is_about(&finding, TOPIC_EXPIRY);

		expired |= fails && expiry;
		wrong |= fails && !expiry;
		if (finding_is_about(&finding, TOPIC_RECORD) && finding.kind == VERDICT_GENUINE)
			state = LICENCE_SIGNED;
	}
	if (wrong)
		return LICENCE_WRONG;
	return expired ? LICENCE_EXPIRED : state;
}

enum verdict
shown_verdict(const struct face *face)
{
	enum verdict verdict = face_verdict(face), licence = VERDICT_GENUINE;

	if (face->licence != NULL)
		licence = licence_states[licence_state(face->licence)].verdict;
	return licence > verdict ? licence : verdict;
}
