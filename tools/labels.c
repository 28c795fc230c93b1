/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "labels.h"

const struct words labels[LABEL_COUNT] = {
		[LABEL_TITLE] = {"マイナンバーカード 券面事項", "My Number Card: card face"},
		[LABEL_READ_AT] = {"読取日時", "Read at"},
		[LABEL_NAME] = {"氏名", "Name"},
		[LABEL_ADDRESS] = {"住所", "Address"},
		[LABEL_BIRTH] = {"生年月日", "Date of birth"},
		[LABEL_SEX] = {"性別", "Sex"},
		[LABEL_EXPIRY] = {"有効期限", "Valid until"},
		[LABEL_EXPIRED] = {"期限切れ", "Expired"},
		[LABEL_CODE] = {"セキュリティコード", "Security code"},
		[LABEL_PHOTO] = {"顔写真", "Photo"},
		[LABEL_ABSENT] = {"表示できません", "Not available"},
		[LABEL_ON_PAGE] = {"画像（--output のページに表示）", "an image, on the page that --output makes"},
		[LABEL_CHECKS] = {"確認したこと", "What was checked"},
		[LABEL_SURFACE] = {"券面事項確認AP", "Card Surface application"},
		[LABEL_INPUT_SUPPORT] = {"券面事項入力補助AP", "Input Support application"},
		[LABEL_NO_REPORT] = {"カードを検査した結果がありません。", "There are no results of checks of this card."},
		[LABEL_STAMP] = {"信用しないこと", "Do not trust"},
		[LABEL_NOTE_UNSIGNED] = {"有効期限とセキュリティコードは、カードの仕様により署名の対象外です。",
				"The card's signature does not cover the date of expiry and the security code."},
		[LABEL_NOTE_REVOKED] = {"紛失・失効の届出の有無は確認していません。",
				"Whether the card was reported lost or was revoked has not been checked."},
		[LABEL_NOTE_PERSONAL] = {"個人情報です。不要になったら必ず消去してください。",
				"This is personal data: delete it when it is no longer needed."},
};
