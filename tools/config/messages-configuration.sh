# shellcheck shell=sh disable=SC2154,SC2034
# SPDX-License-Identifier: LGPL-2.1-or-later
# The findings of doctor about the environment and opensc.conf. $conf and $detail are set by the caller.

message_of_file() {
	case $1 in
	env-driver)
		finding="OPENSC_DRIVER=$detail in the environment: OpenSC uses no other driver."
		remedy="Remove it: unset OPENSC_DRIVER"
		japanese="環境変数 OPENSC_DRIVER=$detail が設定されているため、OpenSC はほかのドライバーを使いません。unset OPENSC_DRIVER を実行してください。" ;;
	no-opensc)
		finding="The program opensc-tool is not installed."
		remedy="Install OpenSC: sudo apt install opensc opensc-pkcs11  (Fedora: sudo dnf install opensc)"
		japanese="opensc-tool がありません。sudo apt install opensc opensc-pkcs11（Fedora では sudo dnf install opensc）で OpenSC をインストールしてください。" ;;
	no-configuration)
		finding="The configuration $detail does not exist, or you may not read it. OpenSC then uses only its own drivers."
		remedy="Install OpenSC, or correct OPENSC_CONF or the permissions of the file. Then run: $(enable_command)"
		japanese="設定ファイル $detail がないか、読み取れないため、OpenSC は内蔵のドライバーだけを使います。OpenSC をインストールするか、OPENSC_CONF またはファイルのアクセス権を直し、$(enable_command) を実行してください。" ;;
	configuration-not-understood)
		finding="$conf has a syntax error: $detail"
		remedy="Correct that line. opensc.conf(5) describes the syntax."
		japanese="設定ファイル $conf の書き方に誤りがあります。上に示した行を直してください。書き方は opensc.conf(5) に記載されています。" ;;
	not-enabled)
		finding="The driver for the My Number Card is not enabled in $conf."
		remedy="Run: $(enable_command)"
		japanese="マイナンバーカードのドライバーが $conf で有効になっていません。$(enable_command) を実行してください。" ;;
	no-app-default)
		finding="$conf has no block app default."
		remedy="Run: $(enable_command)"
		japanese="$conf に app default ブロックがありません。$(enable_command) を実行してください。" ;;
	second-app-default)
		finding="OpenSC ignores the second block app default in line $detail."
		remedy="Move its content into the first one."
		japanese="$detail 行目にある2つ目の app default ブロックは、OpenSC に無視されます。内容を1つ目のブロックに移してください。" ;;
	force-driver)
		finding="force_card_driver = $detail: OpenSC does not use the driver mynumber."
		remedy="Remove force_card_driver from app default."
		japanese="force_card_driver = $detail が指定されているため、OpenSC は mynumber を使いません。app default から force_card_driver を削除してください。" ;;
	not-in-card-drivers)
		finding="card_drivers in app default does not name mynumber."
		remedy="Run: $(enable_command)  Or write: card_drivers = mynumber, internal;"
		japanese="app default の card_drivers に mynumber がありません。$(enable_command) を実行するか、card_drivers = mynumber, internal; と書いてください。" ;;
	card-drivers-quoted)
		finding="card_drivers has \"$detail\" as one name, but no driver has this name."
		remedy="Write each name without quotation marks: card_drivers = mynumber, internal;"
		japanese="card_drivers の \"$detail\" は1つの名前として扱われますが、そのようなドライバーはありません。名前ごとに区切って、card_drivers = mynumber, internal; と書いてください。" ;;
	not-first)
		finding="OpenSC asks the driver $detail before mynumber, and its own driver jpki takes the card."
		remedy="Put mynumber first: card_drivers = mynumber, internal;"
		japanese="OpenSC は mynumber より先にドライバー $detail を試すため、内蔵の jpki がカードを扱います。mynumber を先頭にして、card_drivers = mynumber, internal; と書いてください。" ;;
	no-internal)
		finding="card_drivers does not contain internal: OpenSC no longer recognises other cards."
		remedy="Write: card_drivers = mynumber, internal;"
		japanese="card_drivers に internal がないため、ほかのカードが認識されません。card_drivers = mynumber, internal; と書いてください。" ;;
	*) return 1 ;;
	esac
}

message_of_block() {
	case $1 in
	no-card-driver)
		finding="app default has no block card_driver mynumber: OpenSC cannot find the driver."
		remedy="Run: $(enable_command)"
		japanese="app default に card_driver mynumber ブロックがないため、OpenSC はドライバーの場所が分かりません。$(enable_command) を実行してください。" ;;
	no-module)
		finding="The block $detail has no line module = PATH."
		remedy="Add to this block: module = $module;"
		japanese="$detail ブロックに module がありません。ブロックの中に module = $module; と書いてください。" ;;
	no-emulate)
		finding="app default has no block framework pkcs15 { emulate mynumber { ... } }: OpenSC lists no certificates and no keys."
		remedy="Run: $(enable_command)"
		japanese="app default の framework pkcs15 に emulate mynumber ブロックがないため、証明書も鍵も表示されません。$(enable_command) を実行してください。" ;;
	emulate-hidden)
		finding="$detail has its own block framework pkcs15. For that program it replaces the block in app default."
		remedy="Add to that block, too: emulate mynumber { module = $module; }"
		japanese="$detail にも framework pkcs15 ブロックがあるため、そのプログラムでは app default のブロックが隠れます。そのブロックの中にも emulate mynumber { module = $module; } と書いてください。" ;;
	driver-hidden)
		finding="$detail has its own block card_driver mynumber. For that program it replaces the block in app default."
		remedy="Keep only the block in app default."
		japanese="$detail にも card_driver mynumber ブロックがあるため、そのプログラムでは app default のブロックが隠れます。app default のブロックだけを残してください。" ;;
	modules-differ)
		finding="emulate mynumber names another module than card_driver mynumber: $detail"
		remedy="Write the same file in both."
		japanese="emulate mynumber と card_driver mynumber のモジュールが異なります（${detail}）。同じファイルを指定してください。" ;;
	emulation-off)
		finding="enable_pkcs15_emulation = no: OpenSC lists no certificates and no keys."
		remedy="Remove that line from framework pkcs15."
		japanese="enable_pkcs15_emulation = no のため、証明書も鍵も表示されません。framework pkcs15 からその行を削除してください。" ;;
	few-slots)
		finding="pkcs11_applications shows $detail PINs. Each needs a slot, but OpenSC creates fewer."
		remedy="Write: app opensc-pkcs11 { pkcs11 { max_virtual_slots = 64; slots_per_card = 16; } }"
		japanese="pkcs11_applications で見せる暗証番号は $detail 個ですが、OpenSC が作るスロットはそれより少ないため、足りません。app opensc-pkcs11 { pkcs11 { max_virtual_slots = 64; slots_per_card = 16; } } と書いてください。" ;;
	unknown-key)
		finding="card_driver mynumber has an unknown key: $detail"
		remedy="opensc-mynumber.conf(5) lists the keys."
		japanese="card_driver mynumber に未知の項目があります（${detail}）。項目の一覧は opensc-mynumber.conf(5) にあります。" ;;
	bad-value)
		finding="card_driver mynumber has an invalid value: $detail. The driver uses the default."
		remedy="Write yes or no. verify_records also takes strict. pkcs11_applications takes all, or labels, each in its own quotation marks: JPKI, \"Input Support\""
		japanese="card_driver mynumber に正しくない値があるため、既定値を使います（${detail}）。yes または no と書いてください。verify_records には strict も書けます。pkcs11_applications には、all か、1つずつ引用符で囲んだ名前（JPKI, \"Input Support\"）を書きます。" ;;
	no-trusted-keys)
		finding="The file of ${detail%%:*} cannot be read: ${detail#*: }"
		remedy="Correct the path or the permissions of the file."
		japanese="${detail%%:*} のファイル ${detail#*: } を読み取れません。パスまたはファイルのアクセス権を直してください。" ;;
	*) return 1 ;;
	esac
}

message_of_setting() {
	case $1 in
	application-disabled)
		finding="A block application in framework pkcs15 hides $detail from every program. OpenSC before 0.26 does this even for disable = false."
		remedy="Remove the line disable from that block. To choose what PKCS#11 programs see, use pkcs11_applications (see opensc-mynumber.conf(5))."
		japanese="framework pkcs15 の application ブロックが、$detail をすべてのプログラムから隠しています（OpenSC 0.26 より前では、disable = false でも隠れます）。そのブロックから disable の行を削除してください。PKCS#11 のプログラムに見せるアプリケーションは、pkcs11_applications で選びます（opensc-mynumber.conf(5) をご覧ください）。" ;;
	cache-private)
		finding="use_file_caching = yes: OpenSC stores private data of cards unencrypted in your home directory. Of the My Number Card, only public files are kept."
		remedy="Write: use_file_caching = public; Then delete ~/.cache/opensc"
		japanese="use_file_caching = yes では、OpenSC がカードの非公開のデータを暗号化せずにホームフォルダーに保存します（マイナンバーカードについては、公開のファイルだけです）。use_file_caching = public; に変更し、~/.cache/opensc を削除してください。" ;;
	disable-colors)
		finding="disable_colors = true in $detail: with OpenSC $(opensc_version), every PKCS#11 program (browsers, ssh) hangs."
		remedy="Remove that line from $conf."
		japanese="$detail に disable_colors = true があるため、OpenSC $(opensc_version) では、ブラウザーや ssh など、PKCS#11 のプログラムがすべて止まります。$conf からその行を削除してください。" ;;
	transaction-end)
		finding="transaction_end_action = $detail: OpenSC resets the card after each step, and the card forgets that the PIN was entered. Signatures may fail."
		remedy="Remove that line from reader_driver pcsc in $conf."
		japanese="transaction_end_action = $detail のため、OpenSC は処理のたびにカードをリセットし、暗証番号の照合結果が失われます。署名に失敗することがあります。$conf の reader_driver pcsc からその行を削除してください。" ;;
	*) return 1 ;;
	esac
}
