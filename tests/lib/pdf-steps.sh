# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# A PDF to sign, and what openssl says of the signature in it.

# Makes document.pdf, a page with nothing on it.
write_pdf() {
	local objects=("<</Type/Catalog/Pages 2 0 R>>" "<</Type/Pages/Kids[3 0 R]/Count 1>>" "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>")
	local number=1 object table
	printf '%%PDF-1.4\n' >document.pdf
	for object in "${objects[@]}"; do
		table+=$(printf '%010d 00000 n ' "$(stat -c %s document.pdf)")$'\n'
		printf '%d 0 obj%s endobj\n' $((number++)) "$object" >>document.pdf
	done
	printf 'xref\n0 4\n0000000000 65535 f \n%strailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n' "$table" \
		"$(stat -c %s document.pdf)" >>document.pdf
}

# expect_pdf_signed FILE CERTIFICATE CA: openssl verifies the last signature in the file over the bytes that it covers, under the CA. It
# covers the whole file, and CERTIFICATE made it.
expect_pdf_signed() {
	local range start length next rest
	range=$(grep -a -o '/ByteRange *\[[^]]*\]' "$1" | tail -n 1 | tr -d -c '0-9 ')
	read -r start length next rest <<<"$range"
	expect_equal 0 "$start" "the first byte that is signed"
	expect_equal "$(stat -c %s "$1")" $((next + rest)) "the last byte that is signed"
	{
		head -c "$length" "$1"
		tail -c "+$((next + 1))" "$1"
	} >pdf.signed
	tail -c "+$((length + 2))" "$1" | head -c $((next - length - 2)) | tr a-f A-F | basenc --base16 --decode >pdf.cms
	openssl cms -verify -inform DER -in pdf.cms -binary -content pdf.signed -CAfile "$3" -purpose any -signer pdf.signer -out pdf.verified
	expect_same_file "$2" pdf.signer
}
