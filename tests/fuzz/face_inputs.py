# SPDX-License-Identifier: LGPL-2.1-or-later
"""First inputs of fuzz-face: the persona's card face, the same tampered with, and pictures in forms that no card has (which
opj_compress makes, if it is there: what is random does not become a JPEG 2000 file)."""
import os
import shutil
import struct
import subprocess
import tempfile
import zlib

# enum face_item, and fuzz-face.c
(PHOTO, NAME_IMAGE, ADDRESS_IMAGE, CODE_IMAGE, BIRTH, SEX, EXPIRY, REPORT, NAME, ADDRESS, TEXT_REPORT, LANGUAGE, KINDS) = range(13)
MENDED = KINDS  # an image gets checksums that fit
TEXT_BIRTH, TEXT_SEX = 0xF0, 0xF1
IMAGES = (NAME_IMAGE, ADDRESS_IMAGE, CODE_IMAGE)
FILES = {PHOTO: "photo.jp2", NAME_IMAGE: "name.png", ADDRESS_IMAGE: "address.png", CODE_IMAGE: "security-code.png", BIRTH: "birth.txt",
         SEX: "sex.txt", EXPIRY: "card-expiry.txt", NAME: "name.txt", ADDRESS: "address.txt"}

FACE, SIGNER, PRESENCE = "card face: photo, images (券面情報)", "signer's certificate (CV証明書)", "presence of the genuine card (内部認証)"
TEXT = "name, address, birth date, sex (基本4情報): signed by the municipality\n"
GENUINE = f"ok: {FACE}: signed by the municipality\nok: {SIGNER}: signed by a trusted CA\nok: {PRESENCE}: the card holds the key of this record\n"
REPORTS = [
    (GENUINE, "ok: " + TEXT + "ok: card key record (カードの公開鍵): signed by the municipality\n" + GENUINE.split("\n", 1)[1]),
    (GENUINE.replace("ok: " + SIGNER, "unknown: " + SIGNER), "unknown: " + TEXT),
    (GENUINE.replace("ok: " + FACE, "FAIL: " + FACE), "FAIL: " + TEXT),
    *[(GENUINE.replace("ok: " + missing, "ok: and "), "") for missing in (FACE, SIGNER, PRESENCE)],
    (GENUINE, ""), ("", "ok: " + TEXT), (f"ok: {FACE}\n\n<b>&\"'\nOK: nothing", "FAIL: \x1b[2J")]

# With a licence, whose dates are the first report here and whose report is the second one (fuzz-face.c).
LANGUAGES = 3
LICENCE = "licence record (免許情報)"
LICENCE_REPORTS = [
    ("二・小・原 20150401\n他 none\n二種 20231301", f"ok: {LICENCE}: signed\nok: expiry date of the licence: not expired\nunknown: holder of the licence"),
    ("他", f"unknown: {LICENCE}\nFAIL: expiry date of the licence: expired"),
    ("none", f"FAIL: {LICENCE}\nFAIL: form of the licence record: cut"),
    (GENUINE, "FAIL: expiry")]

NAMES = ["<script>\"&'", "a\nb\r\0\x1b[2J\x7f", "\u202e\u2028\u200f\u2066\ufff9\u0085", "\U00020bb7野屋", "x" * 1024]
NO_NAMES = [b"\xc0\xbc", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe9<b>", b"\xff\xfe", b"\xe3\x81"]
DATES = ["20190501", "19890107", "19261225", "18680101", "20230229", "00000101", "99991231", "1980021", ""]
SEXES = ["0", "2", "9", "3", "11"]

# Of opj_compress: components, bits and sign, subsampling; then its options. All are small, as they are to be many.
JP2S = [("1,8,u", []), ("3,8,u", []), ("3,8,u", ["-I", "-q", "30"]), ("4,8,u", []), ("2,8,u", []), ("1,16,u", []), ("1,12,s", []), ("1,1,u", []),
        ("3,8,u@1x1:2x2:2x2", ["-mct", "0"]), ("1,8,u", ["-t", "8,8"]), ("1,8,u", ["-t", "2,2", "-n", "1"]), ("3,8,u", ["-p", "RPCL", "-r", "8,4,1"]),
        ("1,8,u", ["-SOP", "-EPH", "-M", "63"]), ("1,8,u", ["-d", "3,5", "-n", "2"]), ("1,8,u", ["-ROI", "c=0,U=3"]),
        ("1,8,u", ["-c", "[16,16],[8,8]"])]


def chunk(kind, data):
    return bytes([kind]) + len(data).to_bytes(2, "big") + data


def png(width, height, depth, colour, channels, interlaced=0, others=()):
    """A PNG of that form (its section 11.2.2); OTHERS: chunks before the pixels."""
    def part(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    line = b"\0" + bytes(7 * i % 256 for i in range((width * depth * channels + 7) // 8))
    return (b"\x89PNG\r\n\x1a\n" + part(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)) +
            b"".join(part(name, data) for name, data in others) + part(b"IDAT", zlib.compress(line * height * (1 + interlaced))) + part(b"IEND", b""))


def pngs():
    palette = (b"PLTE", bytes(range(48)))
    yield from (png(5, 5, 1, 0, 1), png(8, 9, 8, 0, 1, others=[(b"gAMA", b"\0\0\xb1\x8f")]), png(8, 7, 16, 0, 1, others=[(b"tRNS", b"\0\7")]),
                png(8, 8, 8, 4, 2), png(8, 8, 8, 2, 3, others=[(b"sRGB", b"\0")]), png(8, 8, 16, 6, 4), png(8, 8, 8, 6, 4, interlaced=1),
                png(8, 8, 4, 3, 1, others=[palette, (b"tRNS", b"\0\x80\xff")]), png(8, 8, 8, 3, 1, others=[palette, (b"bKGD", b"\1")]),
                png(2048, 1, 1, 0, 1), png(2049, 1, 1, 0, 1), png(1, 2049, 1, 0, 1), png(0, 8, 8, 0, 1))


def with_boxes(jp2, boxes):
    """More boxes in the header of a JP2 file (Annex I.5.3)."""
    at = jp2.index(b"jp2h") - 4
    size = int.from_bytes(jp2[at:at + 4], "big")
    return jp2[:at] + (size + len(boxes)).to_bytes(4, "big") + jp2[at + 4:at + size] + boxes + jp2[at + size:]


def box(name, data):
    return (8 + len(data)).to_bytes(4, "big") + name + data


def with_coc(jp2):
    """The first component's own coding (Annex A.6.2), which is that of all."""
    cod = jp2.index(b"\xff\x52\0\x0c")
    end = cod + 14
    return jp2[:end] + b"\xff\x53\0\x09\0\0" + jp2[end - 5:end] + jp2[end:]


def jp2s():
    if shutil.which("opj_compress") is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        raw, file = f"{folder}/picture.raw", f"{folder}/picture.jp2"
        with open(raw, "wb") as out:
            out.write(bytes(i % 251 % 2 if i % 3 else i % 64 for i in range(16 * 16 * 8)))
        for form, options in JP2S:
            subprocess.run(["opj_compress", "-i", raw, "-o", file, "-F", "16,16," + form, "-n", "3", *options], check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            with open(file, "rb") as made:
                jp2 = made.read()
            yield jp2
            if form == "3,8,u" and options == []:
                yield jp2.replace(b"colr\1\0\0\0\0\0\x10", b"colr\1\0\0\0\0\0\x12")  # sYCC
                yield with_coc(jp2)
                yield with_boxes(jp2, box(b"cdef", b"\0\3\0\0\0\0\0\3\0\1\0\0\0\2\0\2\0\0\0\1"))
            if form == "1,8,u" and options == []:
                palette = box(b"pclr", b"\1\0\3\7\7\7" + bytes(range(256)) * 3) + box(b"cmap", b"\0\0\1\0\0\0\1\1\0\0\1\2")
                yield with_boxes(jp2, palette)


def tampered(data):
    """Cut, or with a byte changed, here and there."""
    for i in range(1, 6):
        at = len(data) * i // 6
        yield data[:at]
        yield data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1:]


def inputs(persona):
    """All inputs; PERSONA: the folder with what is expected of the card."""
    items = {item: open(os.path.join(persona, name), "rb").read() for item, name in FILES.items()}
    for language, (report, text_report) in enumerate(REPORTS + LICENCE_REPORTS):
        licence = LANGUAGES if language >= len(REPORTS) else 0
        reports = chunk(REPORT, report.encode()) + chunk(TEXT_REPORT, text_report.encode()) + chunk(LANGUAGE, b"x" * (language % LANGUAGES + licence))
        same = chunk(TEXT_BIRTH, items[BIRTH]) + chunk(TEXT_SEX, items[SEX])
        yield b"".join(chunk(item, data) for item, data in items.items()) + reports + same
        yield reports
    for item in (PHOTO, *IMAGES):
        for data in tampered(items[item]):
            yield chunk(item + (MENDED if item in IMAGES else 0), data)
    for data in jp2s():
        yield chunk(PHOTO, data)
    for i, data in enumerate(pngs()):
        yield chunk(IMAGES[i % 3] + MENDED, data)
    for text in [name.encode() for name in NAMES] + NO_NAMES:
        yield chunk(NAME, text) + chunk(ADDRESS, text) + chunk(REPORT, b"ok: " + text)
    for date in DATES:
        yield chunk(BIRTH, date.encode()) + chunk(EXPIRY, date.encode())
    for sex in SEXES:
        yield chunk(SEX, sex.encode())
