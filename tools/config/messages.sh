# shellcheck shell=sh disable=SC2154,SC2034
# SPDX-License-Identifier: LGPL-2.1-or-later
# What doctor says: message NAME sets finding, remedy and japanese. $detail is what it is about.

message_of_file() {
	case $1 in
	env-driver)
		finding="OPENSC_DRIVER=$detail in the environment keeps OpenSC from asking any other driver."
		remedy="Take it out: unset OPENSC_DRIVER"
		japanese="環境変数 OPENSC_DRIVER がほかのドライバーを指定しています。unset OPENSC_DRIVER で消してください。" ;;
	no-opensc)
		finding="There is no opensc-tool."
		remedy="Install OpenSC, on Debian: apt install opensc opensc-pkcs11"
		japanese="OpenSC がありません。インストールしてください(Debian: apt install opensc opensc-pkcs11)。" ;;
	no-configuration)
		finding="There is no $detail that you can read, so OpenSC knows its own drivers only."
		remedy="Install OpenSC, correct OPENSC_CONF or the file's permissions, then opensc-mynumber-config enable"
		japanese="設定ファイルがないか、読めません。OPENSC_CONF とファイルの許可を確かめ、opensc-mynumber-config enable を実行してください。" ;;
	configuration-not-understood)
		finding="$conf is not written as OpenSC wants it: $detail"
		remedy="Correct that line; opensc.conf(5) tells how it is written."
		japanese="設定ファイルの書き方に誤りがあります。示された行を直してください。" ;;
	no-app-default)
		finding="$conf has no block app default."
		remedy="Run opensc-mynumber-config enable"
		japanese="app default ブロックがありません。opensc-mynumber-config enable を実行してください。" ;;
	second-app-default)
		finding="OpenSC ignores the second block app default, in line $detail."
		remedy="Move what it says into the first one."
		japanese="2 つ目の app default は無視されます。中身を 1 つ目に移してください。" ;;
	force-driver)
		finding="force_card_driver = $detail keeps OpenSC from asking mynumber."
		remedy="Take force_card_driver out of app default."
		japanese="force_card_driver がほかのドライバーを指定しています。その行を消してください。" ;;
	not-in-card-drivers)
		finding="card_drivers in app default does not name mynumber."
		remedy="Run opensc-mynumber-config enable, or write: card_drivers = mynumber, internal;"
		japanese="card_drivers に mynumber がありません。opensc-mynumber-config enable を実行するか、card_drivers = mynumber, internal; と書いてください。" ;;
	card-drivers-quoted)
		finding="card_drivers holds \"$detail\" as one name, which no driver has."
		remedy="Each name is a word of its own: card_drivers = mynumber, internal;"
		japanese="card_drivers の名前が 1 つの語として引用符に入っています。card_drivers = mynumber, internal; と書いてください。" ;;
	not-first)
		finding="OpenSC asks the driver $detail before mynumber; its own jpki takes the card."
		remedy="Put mynumber first: card_drivers = mynumber, internal;"
		japanese="mynumber より先に $detail があり、OpenSC 内蔵の jpki がカードを取ります。mynumber を先頭に書いてください。" ;;
	no-internal)
		finding="card_drivers names no internal: other cards are not seen any more."
		remedy="Write: card_drivers = mynumber, internal;"
		japanese="card_drivers に internal がないので、ほかのカードが使えません。card_drivers = mynumber, internal; と書いてください。" ;;
	*) return 1 ;;
	esac
}

message_of_block() {
	case $1 in
	no-card-driver)
		finding="app default has no block card_driver mynumber, so OpenSC does not know where the driver is."
		remedy="Run opensc-mynumber-config enable"
		japanese="card_driver mynumber ブロックがありません。opensc-mynumber-config enable を実行してください。" ;;
	no-module)
		finding="The block $detail has no module = PATH."
		remedy="Write into it: module = $module;"
		japanese="ブロック $detail に module = がありません。module = $module; と書いてください。" ;;
	no-emulate)
		finding="app default has no block framework pkcs15 { emulate mynumber { ... } }: no certificate and no key is listed."
		remedy="Run opensc-mynumber-config enable"
		japanese="framework pkcs15 の中に emulate mynumber がないので、証明書も鍵も見えません。opensc-mynumber-config enable を実行してください。" ;;
	emulate-hidden)
		finding="$detail has a block framework pkcs15 of its own, which hides the one of app default from that program."
		remedy="Put emulate mynumber { module = $module; } into that block, too."
		japanese="$detail の framework pkcs15 が app default のものを隠しています。その中にも emulate mynumber を書いてください。" ;;
	driver-hidden)
		finding="$detail has a block card_driver mynumber of its own, which hides the one of app default from that program."
		remedy="Keep one, in app default."
		japanese="$detail の card_driver mynumber が app default のものを隠しています。app default だけに書いてください。" ;;
	modules-differ)
		finding="emulate mynumber names another module than card_driver mynumber: $detail"
		remedy="Both must be the same file."
		japanese="emulate mynumber と card_driver mynumber のモジュールが違います。同じファイルにしてください。" ;;
	emulation-off)
		finding="enable_pkcs15_emulation = no: no certificate and no key is listed."
		remedy="Take that line out of framework pkcs15."
		japanese="enable_pkcs15_emulation = no のため、証明書も鍵も見えません。その行を消してください。" ;;
	cache-private)
		finding="use_file_caching = yes makes OpenSC keep private data in clear in your home folder."
		remedy="Write: use_file_caching = public;  and delete ~/.cache/opensc"
		japanese="use_file_caching = yes は非公開のデータまで平文で保存します。public に直し、~/.cache/opensc を消してください。" ;;
	few-slots)
		finding="pkcs11_applications shows $detail PINs, each of which needs a slot; OpenSC makes fewer."
		remedy="Write: app opensc-pkcs11 { pkcs11 { max_virtual_slots = 64; slots_per_card = 16; } }"
		japanese="pkcs11_applications で見せる暗証番号 $detail 個に対して、スロットが足りません。app opensc-pkcs11 { pkcs11 { max_virtual_slots = 64; slots_per_card = 16; } } と書いてください。" ;;
	unknown-key)
		finding="card_driver mynumber has an unknown key: $detail"
		remedy="opensc-mynumber.conf(5) lists the keys."
		japanese="card_driver mynumber に知らない項目があります: $detail。opensc-mynumber.conf(5) を見てください。" ;;
	bad-value)
		finding="card_driver mynumber has a value that the driver does not take, so the default holds: $detail"
		remedy="Write yes or no; verify_records also takes strict; pkcs11_applications takes all, or labels, each in its own quotes: JPKI, \"Input Support\""
		japanese="card_driver mynumber の値が正しくないので、既定値になります: $detail。yes か no を書いてください。verify_records には strict も、pkcs11_applications には all か、1 つずつ引用符に入れた名前(JPKI, \"Input Support\")を書けます。" ;;
	no-trusted-keys)
		finding="The file of trusted_cv_keys cannot be read: $detail"
		remedy="Correct the path or the file's permissions."
		japanese="trusted_cv_keys のファイルが読めません。場所と許可を確かめてください。" ;;
	*) return 1 ;;
	esac
}

message_of_module() {
	case $1 in
	module-relative)
		finding="The module's path does not begin with /: $detail"
		remedy="Write the whole path, e.g. module = $module;"
		japanese="モジュールの場所が / から始まっていません。全体を書いてください(例: $module)。" ;;
	module-missing)
		finding="There is no file $detail."
		remedy="Install opensc-mynumber, or correct the path in $conf."
		japanese="モジュールのファイルがありません。opensc-mynumber をインストールするか、場所を直してください。" ;;
	module-unreadable)
		finding="You may not read $detail."
		remedy="As root: chmod a+r $detail"
		japanese="モジュールを読む許可がありません。root で chmod a+r を実行してください。" ;;
	module-no-library)
		finding="$detail is not a loadable module."
		remedy="Install opensc-mynumber anew."
		japanese="モジュールのファイルが壊れています。opensc-mynumber を入れ直してください。" ;;
	module-other)
		finding="$detail is a library, but not opensc-mynumber.so."
		remedy="Write: module = $module;"
		japanese="別のライブラリーです。module = $module; と書いてください。" ;;
	library-missing)
		finding="The module needs a library that is not there: $detail. It was built for another OpenSC."
		remedy="Install the package for your OpenSC, or build it again: ./bootstrap && make, and sudo make install if it was installed so"
		japanese="モジュールに必要なライブラリー($detail)がありません。今の OpenSC 用のパッケージを入れるか、作り直してください: ./bootstrap && make(インストールしていた場合は sudo make install も)。" ;;
	no-libopensc)
		finding="$detail does not itself ask for libopensc: it would end every program that loads opensc-pkcs11.so."
		remedy="Build it again with this project's configure, or install the package."
		japanese="モジュールが libopensc と結び付けられていません。作り直すか、パッケージを入れてください。" ;;
	wrong-version)
		finding="OpenSC $detail refuses the module: it was built for another version."
		remedy="Install the package for OpenSC $detail, or build it again: ./bootstrap && make, and sudo make install if it was installed so"
		japanese="モジュールが別の版の OpenSC 用です。OpenSC $detail 用のパッケージを入れるか、作り直してください: ./bootstrap && make(インストールしていた場合は sudo make install も)。" ;;
	not-loadable)
		finding="The module cannot be loaded: $detail"
		remedy="Install opensc-mynumber anew."
		japanese="モジュールを読み込めません。opensc-mynumber を入れ直してください。" ;;
	not-loaded)
		finding="OpenSC does not load the driver, and does not say why."
		remedy="OPENSC_DEBUG=3 opensc-tool --list-drivers may tell more."
		japanese="OpenSC がドライバーを読み込みません。OPENSC_DEBUG=3 opensc-tool --list-drivers で詳しく調べてください。" ;;
	*) return 1 ;;
	esac
}

message_of_card() {
	case $1 in
	old-cache)
		finding="OpenSC keeps copies of card files without a date, from another driver: an old certificate may be shown for the new one."
		remedy="Delete them: rm -r $detail"
		japanese="日付のない古いキャッシュがあり、古い証明書が使われるかもしれません。rm -r $detail で消してください。" ;;
	no-pcsc-library)
		finding="OpenSC finds no PC/SC library, without which it does nothing at all."
		remedy="Install it, with the daemon: apt install pcscd  (or correct provider_library in $conf)"
		japanese="PC/SC のライブラリーがありません。apt install pcscd を実行してください。" ;;
	no-pcscd)
		finding="pcscd does not run, which talks to the readers."
		remedy="Install and start it: apt install pcscd; systemctl enable --now pcscd.socket"
		japanese="リーダーを扱う pcscd が動いていません。apt install pcscd; systemctl enable --now pcscd.socket を実行してください。" ;;
	pcscd-refuses)
		finding="pcscd refuses to serve you (polkit)."
		remedy="Work at the machine's own screen, or allow it in a polkit rule for org.debian.pcsc-lite.access_pcsc."
		japanese="pcscd の利用が許可されていません(polkit)。このコンピューターに直接ログインするか、許可の設定をしてください。" ;;
	no-reader)
		finding="There is no card reader."
		remedy="Plug it in. If it is: install its driver (apt install libccid), and no other program may hold it."
		japanese="カードリーダーが見つかりません。接続を確かめ、ドライバー(Debian: libccid)を入れてください。" ;;
	no-card)
		finding="There is no card in any reader."
		remedy="Put the card in; on a contactless reader, let it lie still. Chip up or down as the reader wants it."
		japanese="カードがありません。置き方、挿し方(向き、裏表)を確かめてください。" ;;
	several-cards)
		finding="There are My Number Cards in several readers: $detail. Programs send a PIN to the first one, or to each: wrong tries of another person's card."
		remedy="Leave one card in. The tools of OpenSC and of this project take --reader NUMBER."
		japanese="マイナンバーカードが複数のリーダー($detail)にあります。暗証番号が別の人のカードに送られるおそれがあるので、1 枚だけにしてください。" ;;
	card-silent)
		finding="The card does not answer: $detail"
		remedy="Take it out and put it in again; let it lie still; end other programs that use it."
		japanese="カードが応答しません。一度取り出して入れ直し、ほかのプログラムを終了してください。" ;;
	unknown-card)
		finding="The card is no My Number Card, or none that this driver knows. $detail"
		remedy="If it is one: opensc-mynumber-config report, and post what it prints."
		japanese="マイナンバーカードとして認識できません。マイナンバーカードであれば opensc-mynumber-config report の結果をお知らせください。" ;;
	no-objects)
		finding="The driver knows the card, but no key is listed."
		remedy="OPENSC_DEBUG=3 pkcs15-tool --list-keys tells more; post it as an issue."
		japanese="カードは認識されていますが、鍵が見えません。OPENSC_DEBUG=3 pkcs15-tool --list-keys の結果をお知らせください。" ;;
	pin-blocked)
		finding="$detail is blocked."
		remedy="Only the municipality's office can unlock it. What does not need it still works."
		japanese="$detail がロックされています。市区町村の窓口で初期化してください。" ;;
	pin-last-try)
		finding="$detail has one try left; it is not sent unless you say so."
		remedy="If you are sure of it: MYNUMBER_LAST_TRY=1 before the command. A correct PIN gives all tries back."
		japanese="$detail は残り 1 回です。確かなら、コマンドの前に MYNUMBER_LAST_TRY=1 を付けてください。" ;;
	*) return 1 ;;
	esac
}

message() {
	finding='' remedy='' japanese=''
	message_of_file "$1" || message_of_block "$1" || message_of_module "$1" || message_of_card "$1" || finding="$1 $detail"
}
