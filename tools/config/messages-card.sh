# shellcheck shell=sh disable=SC2154,SC2034
# SPDX-License-Identifier: LGPL-2.1-or-later
# The findings of doctor about the card.

# The PIN $1 of pkcs15-tool, as the municipality's office calls it.
pin_in_japanese() {
	case $1 in
	'User Authentication PIN') echo 利用者証明用電子証明書の暗証番号 ;;
	'Digital Signature PIN') echo 署名用電子証明書の暗証番号 ;;
	'Input Support PIN') echo 券面事項入力補助用の暗証番号 ;;
	'Resident Registry PIN') echo 住民基本台帳用の暗証番号 ;;
	'Driving Licence PIN') echo 免許証（マイナ免許証）の暗証番号 ;;
	*' Code A') echo 照合番号A ;;
	*' Code B') echo 照合番号B ;;
	*) echo "$1 " ;;
	esac
}

# Who can unblock the PIN $1, in English and in Japanese.
office_of_pin() {
	case $1 in
	'Driving Licence PIN') printf '%s\n' 'the police (a driving licence centre)' ;;
	*) printf '%s\n' 'the municipal office' ;;
	esac
}
office_of_pin_in_japanese() {
	case $1 in
	'Driving Licence PIN') echo 警察（運転免許センターなど） ;;
	*) echo 市区町村の窓口 ;;
	esac
}

message_of_card() {
	case $1 in
	old-cache)
		finding="OpenSC's cache has copies of card files without a date, from another driver. Programs may show an old certificate."
		remedy="Delete them: rm -r $detail"
		japanese="別のドライバーが保存した、日付のないカードのファイルのコピーがあります。新しい証明書の代わりに、古い証明書が表示されるおそれがあります。rm -r $detail で削除してください。" ;;
	no-card)
		finding="No reader has a card."
		remedy="Insert the card, or place it on the contactless reader and do not move it. Check the card's orientation."
		japanese="どのリーダライタにもカードがありません。カードを挿入するか、置いてください（非接触型では、カードを動かさないでください）。カードの向きと裏表も確認してください。" ;;
	several-cards)
		finding="Several readers have a My Number Card: $detail. Programs may send your PIN to another person's card, which costs tries of that card."
		remedy="Leave only one card in, or choose the reader: the tools of OpenSC and of this project take --reader NUMBER."
		japanese="マイナンバーカードが複数のリーダライタ（${detail}）にあります。暗証番号は最初のカード、またはすべてのカードに送られるため、ほかの人のカードの残り回数が減るおそれがあります。カードを1枚だけにするか、OpenSC とこのプロジェクトのコマンドでは --reader 番号 で選んでください。" ;;
	card-busy)
		finding="Another program holds the card for itself."
		remedy="End the program that uses the card: a browser, ssh-agent, or gpg (gpgconf --kill scdaemon). If you do not find it: sudo systemctl restart pcscd"
		japanese="ほかのプログラムがカードを占有しています。ブラウザーや ssh-agent、gpg（gpgconf --kill scdaemon）など、カードを使っているプログラムを終了してください。見つからない場合は、sudo systemctl restart pcscd を実行してください。" ;;
	card-atr)
		finding="A block card_atr in $conf sends this card to another driver: $detail"
		remedy="Remove the block card_atr with the ATR of this card: $(card_atr)"
		japanese="$conf の card_atr ブロックが、このカードを別のドライバー（${detail}）に割り当てています。このカードの ATR（$(card_atr)）が書かれた card_atr ブロックを削除してください。" ;;
	card-silent)
		finding="The card does not answer: $detail"
		remedy="Remove the card and insert it again. Do not move it. End other programs that use it."
		japanese="カードが応答しません（${detail}）。一度取り出してもう一度入れ、動かさないでください。カードを使っているほかのプログラムは終了してください。" ;;
	unknown-card)
		finding="Not a My Number Card, or an unsupported one. $detail"
		remedy="If it is a My Number Card, run opensc-mynumber-config report and post the output."
		japanese="マイナンバーカードではないか、対応していないカードです。マイナンバーカードの場合は、opensc-mynumber-config report を実行し、表示された内容をお知らせください。" ;;
	no-objects)
		finding="The driver recognises the card, but OpenSC lists no key."
		remedy="Run OPENSC_DEBUG=3 pkcs15-tool --list-keys and post the output as an issue."
		japanese="カードは認識されていますが、鍵が表示されません。OPENSC_DEBUG=3 pkcs15-tool --list-keys を実行し、その結果を issue でお知らせください。" ;;
	pin-blocked)
		finding="$detail is blocked."
		remedy="Only $(office_of_pin "$detail") can unlock it. Everything that does not need this PIN still works."
		japanese="$(pin_in_japanese "$detail")がロックされています。解除できるのは$(office_of_pin_in_japanese "$detail")だけです。この暗証番号を使わない機能は、引き続き使えます。" ;;
	pin-last-try)
		finding="$detail has one try left. The driver does not send it without your permission."
		remedy="If you are sure of the PIN, put MYNUMBER_LAST_TRY=1 before the command. The correct PIN restores all tries."
		japanese="$(pin_in_japanese "$detail")の残り回数は1回です。明示的に許可しない限り、送信しません。間違いなく正しい場合は、コマンドの前に MYNUMBER_LAST_TRY=1 を付けてください。正しい番号を送れば、残り回数は元に戻ります。" ;;
	*) return 1 ;;
	esac
}
