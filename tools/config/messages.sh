# shellcheck shell=sh disable=SC2154,SC2034
# SPDX-License-Identifier: LGPL-2.1-or-later
# The findings of doctor: message NAME sets $finding, $remedy and $japanese. $detail is the subject of the finding.

message_of_file() {
	case $1 in
	env-driver)
		finding="OPENSC_DRIVER=$detail in the environment: OpenSC uses no other driver."
		remedy="Remove it: unset OPENSC_DRIVER"
		japanese="環境変数 OPENSC_DRIVER=$detail が設定されているため、OpenSC はほかのドライバーを使いません。unset OPENSC_DRIVER を実行してください。" ;;
	no-opensc)
		finding="The program opensc-tool is not installed."
		remedy="Install OpenSC, on Debian: apt install opensc opensc-pkcs11"
		japanese="opensc-tool がありません。OpenSC をインストールしてください（Debian では apt install opensc opensc-pkcs11）。" ;;
	no-configuration)
		finding="The configuration $detail does not exist, or you may not read it. OpenSC then uses only its own drivers."
		remedy="Install OpenSC, or correct OPENSC_CONF or the permissions of the file. Then run opensc-mynumber-config enable"
		japanese="設定ファイル $detail がないか、読み取れないため、OpenSC は内蔵のドライバーだけを使います。OpenSC をインストールするか、OPENSC_CONF またはファイルのアクセス権を直し、opensc-mynumber-config enable を実行してください。" ;;
	configuration-not-understood)
		finding="$conf has a syntax error: $detail"
		remedy="Correct that line. opensc.conf(5) describes the syntax."
		japanese="設定ファイル $conf の書き方に誤りがあります。上に示した行を直してください。書き方は opensc.conf(5) に記載されています。" ;;
	no-app-default)
		finding="$conf has no block app default."
		remedy="Run opensc-mynumber-config enable"
		japanese="$conf に app default ブロックがありません。opensc-mynumber-config enable を実行してください。" ;;
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
		remedy="Run opensc-mynumber-config enable, or write: card_drivers = mynumber, internal;"
		japanese="app default の card_drivers に mynumber がありません。opensc-mynumber-config enable を実行するか、card_drivers = mynumber, internal; と書いてください。" ;;
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
		remedy="Run opensc-mynumber-config enable"
		japanese="app default に card_driver mynumber ブロックがないため、OpenSC はドライバーの場所が分かりません。opensc-mynumber-config enable を実行してください。" ;;
	no-module)
		finding="The block $detail has no line module = PATH."
		remedy="Add to this block: module = $module;"
		japanese="$detail ブロックに module がありません。ブロックの中に module = $module; と書いてください。" ;;
	no-emulate)
		finding="app default has no block framework pkcs15 { emulate mynumber { ... } }: OpenSC lists no certificates and no keys."
		remedy="Run opensc-mynumber-config enable"
		japanese="app default の framework pkcs15 に emulate mynumber ブロックがないため、証明書も鍵も表示されません。opensc-mynumber-config enable を実行してください。" ;;
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
	cache-private)
		finding="use_file_caching = yes: OpenSC stores private data unencrypted in your home directory."
		remedy="Write: use_file_caching = public; Then delete ~/.cache/opensc"
		japanese="use_file_caching = yes では、OpenSC が非公開のデータを暗号化せずにホームフォルダーに保存します。use_file_caching = public; に変更し、~/.cache/opensc を削除してください。" ;;
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
		finding="The file of trusted_cv_keys cannot be read: $detail"
		remedy="Correct the path or the permissions of the file."
		japanese="trusted_cv_keys のファイル $detail を読み取れません。パスまたはファイルのアクセス権を直してください。" ;;
	*) return 1 ;;
	esac
}

message_of_module() {
	case $1 in
	module-relative)
		finding="The path of the module does not begin with /: $detail"
		remedy="Write the full path, e.g. module = $module;"
		japanese="モジュールのパス $detail が / で始まっていません。完全なパスを書いてください（例：module = $module;）。" ;;
	module-missing)
		finding="The module $detail does not exist."
		remedy="Install opensc-mynumber, or correct the path in $conf."
		japanese="$detail というファイルがありません。opensc-mynumber をインストールするか、$conf のパスを直してください。" ;;
	module-unreadable)
		finding="You do not have permission to read $detail."
		remedy="As root: chmod a+r $detail"
		japanese="$detail を読み取る権限がありません。root で chmod a+r $detail を実行してください。" ;;
	module-no-library)
		finding="$detail is not a loadable module."
		remedy="Reinstall opensc-mynumber."
		japanese="$detail は、読み込めるモジュールではありません。opensc-mynumber をインストールし直してください。" ;;
	module-other)
		finding="$detail is a library, but not opensc-mynumber.so."
		remedy="Write: module = $module;"
		japanese="$detail はライブラリーですが、opensc-mynumber.so ではありません。module = $module; と書いてください。" ;;
	library-missing)
		finding="The module needs a library that is not installed: $detail. It was built for another version of OpenSC."
		remedy="Install the package for your OpenSC, or rebuild the module: ./bootstrap && make (and sudo make install if you installed it that way)"
		japanese="モジュールに必要なライブラリー（${detail}）がありません。このモジュールは別の OpenSC 用です。お使いの OpenSC 用のパッケージをインストールするか、./bootstrap && make でビルドし直してください（make install でインストールした場合は、sudo make install も実行してください）。" ;;
	no-libopensc)
		finding="$detail is not linked to libopensc: every program that loads opensc-pkcs11.so would crash."
		remedy="Rebuild it with this project's configure, or install the package."
		japanese="$detail が libopensc とリンクされていないため、opensc-pkcs11.so を読み込むすべてのプログラムが異常終了します。このプロジェクトの configure でビルドし直すか、パッケージをインストールしてください。" ;;
	wrong-version)
		finding="OpenSC $detail refuses the module, because it was built for another version."
		remedy="Install the package for OpenSC $detail, or rebuild the module: ./bootstrap && make (and sudo make install if you installed it that way)"
		japanese="モジュールが別のバージョンの OpenSC 用のため、OpenSC $detail に読み込まれません。OpenSC $detail 用のパッケージをインストールするか、./bootstrap && make でビルドし直してください（make install でインストールした場合は、sudo make install も実行してください）。" ;;
	not-loadable)
		finding="The module cannot be loaded: $detail"
		remedy="Reinstall opensc-mynumber."
		japanese="モジュールを読み込めません（${detail}）。opensc-mynumber をインストールし直してください。" ;;
	not-loaded)
		finding="OpenSC does not load the driver, and reports no reason."
		remedy="Look for the reason in the output of: OPENSC_DEBUG=3 opensc-tool --list-drivers"
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
		finding="OpenSC's cache has copies of card files without a date, from another driver. Programs may show an old certificate."
		remedy="Delete them: rm -r $detail"
		japanese="別のドライバーが保存した、日付のないカードのファイルのコピーがあります。新しい証明書の代わりに、古い証明書が表示されるおそれがあります。rm -r $detail で削除してください。" ;;
	no-pcsc-library)
		finding="OpenSC finds no PC/SC library and cannot work without it."
		remedy="Install the library and the daemon: apt install pcscd  (or correct provider_library in $conf)"
		japanese="PC/SC のライブラリーが見つからないため、OpenSC は動作しません。apt install pcscd でインストールするか、$conf の provider_library を直してください。" ;;
	no-pcscd)
		finding="pcscd, the daemon for card readers, is not running."
		remedy="Install and start it: apt install pcscd; systemctl enable --now pcscd.socket"
		japanese="リーダライタと通信する pcscd が動作していません。apt install pcscd; systemctl enable --now pcscd.socket でインストールし、起動してください。" ;;
	pcscd-refuses)
		finding="pcscd denies you access (polkit)."
		remedy="Log in on the machine's own screen, or allow access with a polkit rule for org.debian.pcsc-lite.access_pcsc."
		japanese="pcscd の利用が許可されていません（polkit）。このコンピューターの画面で直接操作するか、polkit の規則で org.debian.pcsc-lite.access_pcsc を許可してください。" ;;
	no-reader)
		finding="No card reader was found."
		remedy="Plug it in. If it is plugged in, install its driver (apt install libccid) and end other programs that use it."
		japanese="ICカードリーダライタがありません。接続してください。接続してある場合は、ドライバーをインストールし（Debian では apt install libccid）、ほかのプログラムが占有していないことを確認してください。" ;;
	no-card)
		finding="No reader has a card."
		remedy="Insert the card, or place it on the contactless reader and do not move it. Check the card's orientation."
		japanese="どのリーダライタにもカードがありません。カードを挿入するか、置いてください（非接触型では、カードを動かさないでください）。カードの向きと裏表も確認してください。" ;;
	several-cards)
		finding="Several readers have a My Number Card: $detail. Programs may send your PIN to another person's card, which costs tries of that card."
		remedy="Leave only one card in, or choose the reader: the tools of OpenSC and of this project take --reader NUMBER."
		japanese="マイナンバーカードが複数のリーダライタ（${detail}）にあります。暗証番号は最初のカード、またはすべてのカードに送られるため、ほかの人のカードの残り回数が減るおそれがあります。カードを1枚だけにするか、OpenSC とこのプロジェクトのコマンドでは --reader 番号 で選んでください。" ;;
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
		remedy="Only the municipal office can unlock it. Everything that does not need this PIN still works."
		japanese="$(pin_in_japanese "$detail")がロックされています。解除できるのは市区町村の窓口だけです。この暗証番号を使わない機能は、引き続き使えます。" ;;
	pin-last-try)
		finding="$detail has one try left. The driver does not send it without your permission."
		remedy="If you are sure of the PIN, put MYNUMBER_LAST_TRY=1 before the command. The correct PIN restores all tries."
		japanese="$(pin_in_japanese "$detail")の残り回数は1回です。明示的に許可しない限り、送信しません。間違いなく正しい場合は、コマンドの前に MYNUMBER_LAST_TRY=1 を付けてください。正しい番号を送れば、残り回数は元に戻ります。" ;;
	*) return 1 ;;
	esac
}

message() {
	finding='' remedy='' japanese=''
	message_of_file "$1" || message_of_block "$1" || message_of_module "$1" || message_of_card "$1" || finding="$1 $detail"
}
