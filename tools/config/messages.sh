# shellcheck shell=sh disable=SC2154,SC2034
# SPDX-License-Identifier: LGPL-2.1-or-later
# What doctor says: message NAME sets finding, remedy and japanese. $detail is what it is about.

message_of_file() {
	case $1 in
	env-driver)
		finding="OPENSC_DRIVER=$detail in the environment keeps OpenSC from asking any other driver."
		remedy="Take it out: unset OPENSC_DRIVER"
		japanese="環境変数 OPENSC_DRIVER=$detail が設定されているため、OpenSC はほかのドライバーを使いません。unset OPENSC_DRIVER を実行してください。" ;;
	no-opensc)
		finding="There is no opensc-tool."
		remedy="Install OpenSC, on Debian: apt install opensc opensc-pkcs11"
		japanese="opensc-tool がありません。OpenSC をインストールしてください（Debian では apt install opensc opensc-pkcs11）。" ;;
	no-configuration)
		finding="There is no $detail that you can read, so OpenSC knows its own drivers only."
		remedy="Install OpenSC, correct OPENSC_CONF or the file's permissions, then opensc-mynumber-config enable"
		japanese="設定ファイル $detail がないか、読み取れないため、OpenSC は内蔵のドライバーだけを使います。OpenSC をインストールするか、OPENSC_CONF またはファイルのアクセス権を直し、opensc-mynumber-config enable を実行してください。" ;;
	configuration-not-understood)
		finding="$conf is not written as OpenSC wants it: $detail"
		remedy="Correct that line; opensc.conf(5) tells how it is written."
		japanese="設定ファイル $conf の書き方に誤りがあります。上に示した行を直してください。書き方は opensc.conf(5) に記載されています。" ;;
	no-app-default)
		finding="$conf has no block app default."
		remedy="Run opensc-mynumber-config enable"
		japanese="$conf に app default ブロックがありません。opensc-mynumber-config enable を実行してください。" ;;
	second-app-default)
		finding="OpenSC ignores the second block app default, in line $detail."
		remedy="Move what it says into the first one."
		japanese="$detail 行目にある2つ目の app default ブロックは、OpenSC に無視されます。内容を1つ目のブロックに移してください。" ;;
	force-driver)
		finding="force_card_driver = $detail keeps OpenSC from asking mynumber."
		remedy="Take force_card_driver out of app default."
		japanese="force_card_driver = $detail が指定されているため、OpenSC は mynumber を使いません。app default から force_card_driver を削除してください。" ;;
	not-in-card-drivers)
		finding="card_drivers in app default does not name mynumber."
		remedy="Run opensc-mynumber-config enable, or write: card_drivers = mynumber, internal;"
		japanese="app default の card_drivers に mynumber がありません。opensc-mynumber-config enable を実行するか、card_drivers = mynumber, internal; と書いてください。" ;;
	card-drivers-quoted)
		finding="card_drivers holds \"$detail\" as one name, which no driver has."
		remedy="Each name is a word of its own: card_drivers = mynumber, internal;"
		japanese="card_drivers の \"$detail\" は1つの名前として扱われますが、そのようなドライバーはありません。名前ごとに区切って、card_drivers = mynumber, internal; と書いてください。" ;;
	not-first)
		finding="OpenSC asks the driver $detail before mynumber; its own jpki takes the card."
		remedy="Put mynumber first: card_drivers = mynumber, internal;"
		japanese="OpenSC は mynumber より先にドライバー $detail を試すため、内蔵の jpki がカードを扱います。mynumber を先頭にして、card_drivers = mynumber, internal; と書いてください。" ;;
	no-internal)
		finding="card_drivers names no internal: other cards are not seen any more."
		remedy="Write: card_drivers = mynumber, internal;"
		japanese="card_drivers に internal がないため、ほかのカードが認識されません。card_drivers = mynumber, internal; と書いてください。" ;;
	*) return 1 ;;
	esac
}

message_of_block() {
	case $1 in
	no-card-driver)
		finding="app default has no block card_driver mynumber, so OpenSC does not know where the driver is."
		remedy="Run opensc-mynumber-config enable"
		japanese="app default に card_driver mynumber ブロックがないため、OpenSC はドライバーの場所が分かりません。opensc-mynumber-config enable を実行してください。" ;;
	no-module)
		finding="The block $detail has no module = PATH."
		remedy="Write into it: module = $module;"
		japanese="$detail ブロックに module がありません。ブロックの中に module = $module; と書いてください。" ;;
	no-emulate)
		finding="app default has no block framework pkcs15 { emulate mynumber { ... } }: no certificate and no key is listed."
		remedy="Run opensc-mynumber-config enable"
		japanese="app default の framework pkcs15 に emulate mynumber ブロックがないため、証明書も鍵も表示されません。opensc-mynumber-config enable を実行してください。" ;;
	emulate-hidden)
		finding="$detail has a block framework pkcs15 of its own, which hides the one of app default from that program."
		remedy="Put emulate mynumber { module = $module; } into that block, too."
		japanese="$detail にも framework pkcs15 ブロックがあるため、そのプログラムでは app default のブロックが隠れます。そのブロックの中にも emulate mynumber { module = $module; } と書いてください。" ;;
	driver-hidden)
		finding="$detail has a block card_driver mynumber of its own, which hides the one of app default from that program."
		remedy="Keep one, in app default."
		japanese="$detail にも card_driver mynumber ブロックがあるため、そのプログラムでは app default のブロックが隠れます。app default のブロックだけを残してください。" ;;
	modules-differ)
		finding="emulate mynumber names another module than card_driver mynumber: $detail"
		remedy="Both must be the same file."
		japanese="emulate mynumber と card_driver mynumber のモジュールが異なります（${detail}）。同じファイルを指定してください。" ;;
	emulation-off)
		finding="enable_pkcs15_emulation = no: no certificate and no key is listed."
		remedy="Take that line out of framework pkcs15."
		japanese="enable_pkcs15_emulation = no のため、証明書も鍵も表示されません。framework pkcs15 からその行を削除してください。" ;;
	cache-private)
		finding="use_file_caching = yes makes OpenSC keep private data in clear in your home folder."
		remedy="Write: use_file_caching = public;  and delete ~/.cache/opensc"
		japanese="use_file_caching = yes では、OpenSC が非公開のデータを暗号化せずにホームフォルダーに保存します。use_file_caching = public; に変更し、~/.cache/opensc を削除してください。" ;;
	few-slots)
		finding="pkcs11_applications shows $detail PINs, each of which needs a slot; OpenSC makes fewer."
		remedy="Write: app opensc-pkcs11 { pkcs11 { max_virtual_slots = 64; slots_per_card = 16; } }"
		japanese="pkcs11_applications で見せる暗証番号は $detail 個ですが、OpenSC が作るスロットはそれより少ないため、足りません。app opensc-pkcs11 { pkcs11 { max_virtual_slots = 64; slots_per_card = 16; } } と書いてください。" ;;
	unknown-key)
		finding="card_driver mynumber has an unknown key: $detail"
		remedy="opensc-mynumber.conf(5) lists the keys."
		japanese="card_driver mynumber に未知の項目があります（${detail}）。項目の一覧は opensc-mynumber.conf(5) にあります。" ;;
	bad-value)
		finding="card_driver mynumber has a value that the driver does not take, so the default holds: $detail"
		remedy="Write yes or no; verify_records also takes strict; pkcs11_applications takes all, or labels, each in its own quotes: JPKI, \"Input Support\""
		japanese="card_driver mynumber に正しくない値があるため、既定値を使います（${detail}）。yes または no と書いてください。verify_records には strict も書けます。pkcs11_applications には、all か、1つずつ引用符で囲んだ名前（JPKI, \"Input Support\"）を書きます。" ;;
	no-trusted-keys)
		finding="The file of trusted_cv_keys cannot be read: $detail"
		remedy="Correct the path or the file's permissions."
		japanese="trusted_cv_keys のファイル $detail を読み取れません。パスまたはファイルのアクセス権を直してください。" ;;
	*) return 1 ;;
	esac
}

message_of_module() {
	case $1 in
	module-relative)
		finding="The module's path does not begin with /: $detail"
		remedy="Write the whole path, e.g. module = $module;"
		japanese="モジュールのパス $detail が / で始まっていません。完全なパスを書いてください（例：module = $module;）。" ;;
	module-missing)
		finding="There is no file $detail."
		remedy="Install opensc-mynumber, or correct the path in $conf."
		japanese="$detail というファイルがありません。opensc-mynumber をインストールするか、$conf のパスを直してください。" ;;
	module-unreadable)
		finding="You may not read $detail."
		remedy="As root: chmod a+r $detail"
		japanese="$detail を読み取る権限がありません。root で chmod a+r $detail を実行してください。" ;;
	module-no-library)
		finding="$detail is not a loadable module."
		remedy="Install opensc-mynumber anew."
		japanese="$detail は、読み込めるモジュールではありません。opensc-mynumber をインストールし直してください。" ;;
	module-other)
		finding="$detail is a library, but not opensc-mynumber.so."
		remedy="Write: module = $module;"
		japanese="$detail はライブラリーですが、opensc-mynumber.so ではありません。module = $module; と書いてください。" ;;
	library-missing)
		finding="The module needs a library that is not there: $detail. It was built for another OpenSC."
		remedy="Install the package for your OpenSC, or build it again: ./bootstrap && make, and sudo make install if it was installed so"
		japanese="モジュールに必要なライブラリー（${detail}）がありません。このモジュールは別の OpenSC 用です。お使いの OpenSC 用のパッケージをインストールするか、./bootstrap && make でビルドし直してください（make install でインストールした場合は、sudo make install も実行してください）。" ;;
	no-libopensc)
		finding="$detail does not itself ask for libopensc: it would end every program that loads opensc-pkcs11.so."
		remedy="Build it again with this project's configure, or install the package."
		japanese="$detail が libopensc とリンクされていないため、opensc-pkcs11.so を読み込むすべてのプログラムが異常終了します。このプロジェクトの configure でビルドし直すか、パッケージをインストールしてください。" ;;
	wrong-version)
		finding="OpenSC $detail refuses the module: it was built for another version."
		remedy="Install the package for OpenSC $detail, or build it again: ./bootstrap && make, and sudo make install if it was installed so"
		japanese="モジュールが別のバージョンの OpenSC 用のため、OpenSC $detail に読み込まれません。OpenSC $detail 用のパッケージをインストールするか、./bootstrap && make でビルドし直してください（make install でインストールした場合は、sudo make install も実行してください）。" ;;
	not-loadable)
		finding="The module cannot be loaded: $detail"
		remedy="Install opensc-mynumber anew."
		japanese="モジュールを読み込めません（${detail}）。opensc-mynumber をインストールし直してください。" ;;
	not-loaded)
		finding="OpenSC does not load the driver, and does not say why."
		remedy="OPENSC_DEBUG=3 opensc-tool --list-drivers may tell more."
		japanese="OpenSC がドライバーを読み込みませんが、理由は表示されません。OPENSC_DEBUG=3 opensc-tool --list-drivers で詳しい情報が得られることがあります。" ;;
	*) return 1 ;;
	esac
}

# The PIN $1 of pkcs15-tool, as the municipality's office calls it.
pin_in_japanese() {
	case $1 in
	'User Authentication PIN') echo 利用者証明用電子証明書の暗証番号 ;;
	'Digital Signature PIN') echo 署名用電子証明書の暗証番号 ;;
	'Input Support PIN') echo 券面事項入力補助用の暗証番号 ;;
	'Resident Registry PIN') echo 住民基本台帳用の暗証番号 ;;
	*' Code A') echo 照合番号A ;;
	*' Code B') echo 照合番号B ;;
	*) echo "$1 " ;;
	esac
}

message_of_card() {
	case $1 in
	old-cache)
		finding="OpenSC keeps copies of card files without a date, from another driver: an old certificate may be shown for the new one."
		remedy="Delete them: rm -r $detail"
		japanese="別のドライバーが保存した、日付のないカードのファイルのコピーがあります。新しい証明書の代わりに、古い証明書が表示されるおそれがあります。rm -r $detail で削除してください。" ;;
	no-pcsc-library)
		finding="OpenSC finds no PC/SC library, without which it does nothing at all."
		remedy="Install it, with the daemon: apt install pcscd  (or correct provider_library in $conf)"
		japanese="PC/SC のライブラリーが見つからないため、OpenSC は動作しません。apt install pcscd でインストールするか、$conf の provider_library を直してください。" ;;
	no-pcscd)
		finding="pcscd does not run, which talks to the readers."
		remedy="Install and start it: apt install pcscd; systemctl enable --now pcscd.socket"
		japanese="リーダライタと通信する pcscd が動作していません。apt install pcscd; systemctl enable --now pcscd.socket でインストールし、起動してください。" ;;
	pcscd-refuses)
		finding="pcscd refuses to serve you (polkit)."
		remedy="Work at the machine's own screen, or allow it in a polkit rule for org.debian.pcsc-lite.access_pcsc."
		japanese="pcscd の利用が許可されていません（polkit）。このコンピューターの画面で直接操作するか、polkit の規則で org.debian.pcsc-lite.access_pcsc を許可してください。" ;;
	no-reader)
		finding="There is no card reader."
		remedy="Plug it in. If it is: install its driver (apt install libccid), and no other program may hold it."
		japanese="ICカードリーダライタがありません。接続してください。接続してある場合は、ドライバーをインストールし（Debian では apt install libccid）、ほかのプログラムが占有していないことを確認してください。" ;;
	no-card)
		finding="There is no card in any reader."
		remedy="Put the card in; on a contactless reader, let it lie still. Chip up or down as the reader wants it."
		japanese="どのリーダライタにもカードがありません。カードを挿入するか、置いてください（非接触型では、カードを動かさないでください）。カードの向きと裏表も確認してください。" ;;
	several-cards)
		finding="There are My Number Cards in several readers: $detail. Programs send a PIN to the first one, or to each: wrong tries of another person's card."
		remedy="Leave one card in. The tools of OpenSC and of this project take --reader NUMBER."
		japanese="マイナンバーカードが複数のリーダライタ（${detail}）にあります。暗証番号は最初のカード、またはすべてのカードに送られるため、ほかの人のカードの残り回数が減るおそれがあります。カードを1枚だけにするか、OpenSC とこのプロジェクトのコマンドでは --reader 番号 で選んでください。" ;;
	card-silent)
		finding="The card does not answer: $detail"
		remedy="Take it out and put it in again; let it lie still; end other programs that use it."
		japanese="カードが応答しません（${detail}）。一度取り出してもう一度入れ、動かさないでください。カードを使っているほかのプログラムは終了してください。" ;;
	unknown-card)
		finding="The card is no My Number Card, or none that this driver knows. $detail"
		remedy="If it is one: opensc-mynumber-config report, and post what it prints."
		japanese="マイナンバーカードではないか、対応していないカードです。マイナンバーカードの場合は、opensc-mynumber-config report を実行し、表示された内容をお知らせください。" ;;
	no-objects)
		finding="The driver knows the card, but no key is listed."
		remedy="OPENSC_DEBUG=3 pkcs15-tool --list-keys tells more; post it as an issue."
		japanese="カードは認識されていますが、鍵が表示されません。OPENSC_DEBUG=3 pkcs15-tool --list-keys を実行し、その結果を issue でお知らせください。" ;;
	pin-blocked)
		finding="$detail is blocked."
		remedy="Only the municipality's office can unlock it. What does not need it still works."
		japanese="$(pin_in_japanese "$detail")がロックされています。解除できるのは市区町村の窓口だけです。この暗証番号を使わない機能は、引き続き使えます。" ;;
	pin-last-try)
		finding="$detail has one try left; it is not sent unless you say so."
		remedy="If you are sure of it: MYNUMBER_LAST_TRY=1 before the command. A correct PIN gives all tries back."
		japanese="$(pin_in_japanese "$detail")の残り回数は1回です。明示的に許可しない限り、送信しません。間違いなく正しい場合は、コマンドの前に MYNUMBER_LAST_TRY=1 を付けてください。正しい番号を送れば、残り回数は元に戻ります。" ;;
	*) return 1 ;;
	esac
}

message() {
	finding='' remedy='' japanese=''
	message_of_file "$1" || message_of_block "$1" || message_of_module "$1" || message_of_card "$1" || finding="$1 $detail"
}
