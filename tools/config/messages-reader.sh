# shellcheck shell=sh disable=SC2154,SC2034
# SPDX-License-Identifier: LGPL-2.1-or-later
# The findings of doctor about pcscd and the readers.

message_of_pcscd() {
	case $1 in
	no-pcsc-library)
		finding="OpenSC finds no PC/SC library and cannot work without it."
		remedy="Install the library and the daemon: sudo apt install pcscd  (Fedora: sudo dnf install pcsc-lite), or correct provider_library in $conf"
		japanese="PC/SC のライブラリーが見つからないため、OpenSC は動作しません。sudo apt install pcscd（Fedora では sudo dnf install pcsc-lite）でインストールするか、$conf の provider_library を直してください。" ;;
	no-pcscd)
		finding="pcscd, the daemon for card readers, is not running."
		remedy="Install and start it: sudo apt install pcscd; sudo systemctl enable --now pcscd.socket"
		japanese="リーダライタと通信する pcscd が動作していません。sudo apt install pcscd; sudo systemctl enable --now pcscd.socket でインストールし、起動してください。" ;;
	pcscd-socket)
		finding="You have no permission to use pcscd's socket: $detail"
		remedy="Restart pcscd, which creates the socket again: sudo systemctl restart pcscd.socket pcscd.service  In a container or sandbox, let the program use this socket."
		japanese="pcscd のソケット（${detail}）を使う権限がありません。sudo systemctl restart pcscd.socket pcscd.service を実行すると、ソケットが作り直されます。コンテナーやサンドボックスの中では、このソケットの使用を許可してください。" ;;
	pcscd-refuses)
		finding="pcscd denies you access (polkit)."
		remedy="Log in on the machine's own screen (not by ssh), or allow both actions, org.debian.pcsc-lite.access_pcsc and org.debian.pcsc-lite.access_card, with a polkit rule: write the one in docs/readers.md with sudo to /etc/polkit-1/rules.d/"
		japanese="pcscd の利用が許可されていません（polkit）。ssh ではなく、このコンピューターの画面で直接操作するか、polkit の規則で org.debian.pcsc-lite.access_pcsc と org.debian.pcsc-lite.access_card の両方を許可してください。docs/readers.ja.md にある規則を、sudo で /etc/polkit-1/rules.d/ に書いてください。" ;;
	*) return 1 ;;
	esac
}

# $wanted is the version or the package that the reader needs.
message_of_reader() {
	case $1 in
	no-reader)
		finding="No card reader was found."
		remedy="Plug it in. If it is plugged in, it is not known to this program: see docs/readers.md"
		japanese="ICカードリーダライタがありません。接続してください。接続してある場合は、このプログラムの知らないリーダライタです。docs/readers.ja.md をご覧ください。" ;;
	reader-not-listed)
		finding="The reader $detail is plugged in and has a driver, but pcscd does not use it."
		remedy="Unplug it and plug it in again, then: sudo systemctl restart pcscd  A virtual machine, or a program that uses the reader without pcscd, must release it."
		japanese="リーダライタ（${detail}）は接続されていて、ドライバーもありますが、pcscd が使っていません。接続し直してから、sudo systemctl restart pcscd を実行してください。仮想マシンや、pcscd を使わずにリーダライタを使うプログラムは、リーダライタを解放してください。" ;;
	reader-without-driver)
		finding="The reader $detail has no PC/SC driver on Linux."
		remedy="Use another reader. docs/readers.md lists some."
		japanese="リーダライタ（${detail}）には、Linux 用の PC/SC ドライバーがありません。ほかのリーダライタを使ってください。一覧は docs/readers.ja.md にあります。" ;;
	reader-taken)
		finding="The kernel's driver pn533_usb has taken the reader $detail, so pcscd cannot use it."
		remedy="Run: echo 'blacklist pn533_usb' | sudo tee /etc/modprobe.d/pn533.conf; sudo modprobe -r pn533_usb  Then plug the reader in again."
		japanese="カーネルのドライバー pn533_usb がリーダライタ（${detail}）を使っているため、pcscd は使えません。echo 'blacklist pn533_usb' | sudo tee /etc/modprobe.d/pn533.conf; sudo modprobe -r pn533_usb を実行してから、接続し直してください。" ;;
	reader-needs-libccid)
		finding="The reader $detail needs libccid $wanted or newer. Installed: $(libccid_version)"
		remedy="Install or upgrade it: sudo apt install libccid  (Fedora: sudo dnf install pcsc-lite-ccid). Then: sudo systemctl restart pcscd"
		japanese="リーダライタ（${detail}）には libccid $wanted 以上が必要です（インストール済み：$(libccid_version)）。sudo apt install libccid（Fedora では sudo dnf install pcsc-lite-ccid）でインストールまたは更新し、sudo systemctl restart pcscd を実行してください。" ;;
	reader-needs-package)
		finding="The reader $detail needs the driver of its vendor: $wanted"
		remedy="Install it: sudo apt install $wanted  Then: sudo systemctl restart pcscd"
		japanese="リーダライタ（${detail}）には、メーカーのドライバー（${wanted}）が必要です。sudo apt install $wanted でインストールし、sudo systemctl restart pcscd を実行してください。" ;;
	reader-needs-driver)
		finding="No installed PC/SC driver knows the reader $detail. Installed libccid: $(libccid_version)"
		remedy="Upgrade libccid (sudo apt install libccid), or install the driver of the reader's vendor. Then: sudo systemctl restart pcscd"
		japanese="リーダライタ（${detail}）に対応する PC/SC ドライバーがインストールされていません（libccid：$(libccid_version)）。sudo apt install libccid で更新するか、メーカーのドライバーをインストールし、sudo systemctl restart pcscd を実行してください。" ;;
	*) return 1 ;;
	esac
}
