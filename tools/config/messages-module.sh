# shellcheck shell=sh disable=SC2154,SC2034
# SPDX-License-Identifier: LGPL-2.1-or-later
# The findings of doctor about the module.

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
		remedy="Run: sudo chmod a+r $detail"
		japanese="$detail を読み取る権限がありません。sudo chmod a+r $detail を実行してください。" ;;
	module-no-library)
		finding="$detail is not a loadable module."
		remedy="Reinstall opensc-mynumber."
		japanese="$detail は、読み込めるモジュールではありません。opensc-mynumber をインストールし直してください。" ;;
	module-other)
		finding="$detail is a library, but not opensc-mynumber.so."
		remedy="Write: module = $module;"
		japanese="$detail はライブラリーですが、opensc-mynumber.so ではありません。module = $module; と書いてください。" ;;
	library-missing)
		finding="The module needs a library that is not installed: $detail. It was built for OpenSC $(module_version), but OpenSC $(opensc_version) is installed."
		remedy="Install the package for your OpenSC, or rebuild the module: ./bootstrap && make (and sudo make install if you installed it that way)"
		japanese="モジュールに必要なライブラリー（${detail}）がありません。このモジュールは OpenSC $(module_version) 用ですが、インストールされているのは OpenSC $(opensc_version) です。お使いの OpenSC 用のパッケージをインストールするか、./bootstrap && make でビルドし直してください（make install でインストールした場合は、sudo make install も実行してください）。" ;;
	no-libopensc)
		finding="$detail is not linked to libopensc: every program that loads opensc-pkcs11.so would crash."
		remedy="Rebuild it with this project's configure, or install the package."
		japanese="$detail が libopensc とリンクされていないため、opensc-pkcs11.so を読み込むすべてのプログラムが異常終了します。このプロジェクトの configure でビルドし直すか、パッケージをインストールしてください。" ;;
	wrong-version)
		opensc=$(opensc_version)
		finding="OpenSC $opensc does not load the module, because it was built for OpenSC ${detail:-(unknown)}."
		remedy="Install the package for OpenSC $opensc, or rebuild the module: ./bootstrap && make (and sudo make install if you installed it that way)"
		japanese="モジュールが OpenSC ${detail:-（不明）} 用のため、OpenSC $opensc に読み込まれません。OpenSC $opensc 用のパッケージをインストールするか、./bootstrap && make でビルドし直してください（make install でインストールした場合は、sudo make install も実行してください）。" ;;
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
