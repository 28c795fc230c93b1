/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sentences.h"

#include <string.h>

/* What stands between the topic of a finding and its sentence. */
#define SEPARATOR ": "

static const struct words sentences[] = {
		/* card-driver/content/report.c, permit.c, authentic.c */
		{"信頼できる認証局の署名があります", "signed by a trusted CA"},
		{"カードは、この記録の鍵を持っています", "the card holds the key of this record"},
		{"カードは、この記録の鍵を持っていません。複製です", "the card does not hold the key of this record: it is a copy"},
		{"カードがこの記録の鍵を持っていることを示せません", "the card does not show that it holds the key of this record"},
		{"市区町村の署名があります", "signed by the municipality"},
		{"市区町村の署名があります（記録に追加された項目を除く）", "signed by the municipality, except for further objects in the record"},
		{"カードから署名者の証明書を読み出せません", "the card does not give the signer's certificate"},
		{"署名者の証明書の形式に誤りがあります", "the signer's certificate is malformed"},
		{"署名者の証明書が、別のアプリケーションのものです", "the signer's certificate is of another application"},
		{"署名者の証明書に、記載された認証局の署名がありません", "the signer's certificate is not signed by the CA that it names"},
		{"署名者の証明書を発行した認証局が信頼できません（鍵の識別子が未知です）", "the signer's CA is not trusted: its key id is unknown"},
		{"記録の形式に誤りがあります", "the record is malformed"},
		{"すべてのカードにある記録を、カードから読み出せません", "the card does not give this record, which every card has"},
		{"この記録に署名する真正性確認の記録を、カードから読み出せません", "the card does not give the integrity record, which signs this one"},
		{"市区町村の署名が正しくありません", "the record is not signed by the municipality"},
		{"真正性確認の記録にあるハッシュ値と一致しません", "the record does not match the hash in the integrity record"},
		/* licence-check.c */
		{"trusted_licence_keys の鍵による署名があります（ファイルの余白を除く）",
				"signed by a key of trusted_licence_keys, without the padding of the file"},
		{"trusted_licence_keys の鍵による署名があります（ファイルの余白を含む）", "signed by a key of trusted_licence_keys, with the padding of the file"},
		{"署名に記載された鍵による署名ではありません", "the record is not signed by the key that its signature names"},
		{"確認していません。trusted_licence_keys に鍵がなく、署名者の鍵は公開されていません",
				"not verified: trusted_licence_keys names no key, and the signers' keys are not public"},
		{"確認していません。署名者の鍵が trusted_licence_keys にありません", "not verified: the signer's key is not in trusted_licence_keys"},
		{"すべての免許情報にある署名を、カードから読み出せません",
				"the card does not give the signature of the record, which every licence has"},
		{"署名の形式に誤りがあります", "the signature of the record is malformed"},
		{"形式は通常のとおりですが、何の証明にもなりません", "it has the usual form, which proves nothing"},
		{"記録の形式に誤りがあるか、末尾がありません", "the record is malformed, or its end is missing"},
		{"このコンピューターの時計では、有効期間内です", "not expired, by the clock of this computer"},
		{"このコンピューターの時計では、有効期間が過ぎています", "expired, by the clock of this computer"},
		{"読み取れる有効期間の末日が、記録にありません", "the record states no expiry date that can be decoded"},
		{"記録には、人もこのカードも示されていません。本人を示すのは写真だけで、この写真とカードを結び付ける署名はありません。"
		 "カードが真正かどうかは、券面事項入力補助APの確認結果をご覧ください",
				"the record names neither a person nor this card: only its photo shows the holder, and no signature ties it to the card that gave "
				"it (Input Support authenticity tells whether that card is genuine)"},
};

static bool
text_ends_with(const char *text, size_t len, const char *end)
{
	return len >= strlen(end) && memcmp(text + len - strlen(end), end, strlen(end)) == 0;
}

const struct words *
finding_sentence(const struct finding *finding)
{
	size_t i;

	for (i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++) {
		const char *sentence = sentences[i].en;

		if (text_ends_with(finding->text, finding->len, sentence) &&
				text_ends_with(finding->text, finding->len - strlen(sentence), SEPARATOR))
			return &sentences[i];
	}
	return NULL;
}
