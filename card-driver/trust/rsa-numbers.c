/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rsa-numbers.h"

/* The card's public key object is { 90 exponent, 91 modulus }, both big endian. */
#define TAG_EXPONENT 0x90
#define TAG_MODULUS  0x91

/* DER (X.690, 8.1). The high bit of the first byte of an INTEGER is its sign; the high bit of a length states that more
 * bytes of it follow. */
#define TAG_INTEGER	0x02
#define TAG_SEQUENCE	0x30
#define NEGATIVE	0x80
#define LENGTH_LONG	0x80
#define DER_INTEGER_MAX (BER_HEADER_MAX + 1)

/* Removes the leading zeros. Returns 0, or -1 if the number is 0, because no key contains it. */
/*@ requires \valid(number) && readable(number->value, number->len);
  @ assigns *number;
  @ ensures is_result(\result);
  @ ensures \result == 0 ==> is_number_in(number, \old(number->value), \old(number->len)); */
static int
normalize_number(struct tlv *number)
{
	/*@ loop invariant number->len <= \at(number->len, Pre);
	  @ loop invariant number->value == \at(number->value, Pre) + (\at(number->len, Pre) - number->len);
	  @ loop assigns number->value, number->len;
	  @ loop variant number->len; */
	while (number->len > 0 && number->value[0] == 0) {
		number->value++;
		number->len--;
	}
	return number->len > 0 ? 0 : -1;
}

/*@ requires \valid(numbers) && readable(numbers->modulus.value, numbers->modulus.len);
  @ requires readable(numbers->exponent.value, numbers->exponent.len);
  @ assigns *numbers;
  @ ensures is_result(\result);
  @ ensures \result == 0 ==> is_number_in(&numbers->modulus, \old(numbers->modulus.value), \old(numbers->modulus.len));
  @ ensures \result == 0 ==> is_number_in(&numbers->exponent, \old(numbers->exponent.value), \old(numbers->exponent.len)); */
static int
normalize(struct rsa_numbers *numbers)
{
	return normalize_number(&numbers->modulus) < 0 ? -1 : normalize_number(&numbers->exponent);
}

int
rsa_numbers_from_objects(const uint8_t *data, size_t len, struct rsa_numbers *numbers)
{
	if (ber_find(data, len, TAG_EXPONENT, &numbers->exponent) < 0 || ber_find(data, len, TAG_MODULUS, &numbers->modulus) < 0)
		return -1;
	return normalize(numbers);
}

/* Reads the positive INTEGER at DATA and sets *NEXT to the number of bytes that it takes. */
/*@ requires readable(data, len) && \valid(number) && \valid(next) && \separated(number, next, data + (0 .. len - 1));
  @ assigns *number, *next;
  @ ensures is_result(\result);
  @ ensures \result == 0 ==> has_object(number, data, len) && *next == number->header + number->len; */
static int
read_integer(const uint8_t *data, size_t len, struct tlv *number, size_t *next)
{
	if (ber_read(data, len, number) < 0 || number->tag != TAG_INTEGER || number->len == 0 || (number->value[0] & NEGATIVE))
		return -1;
	*next = number->header + number->len;
	return 0;
}

int
rsa_numbers_from_der(const uint8_t *data, size_t len, struct rsa_numbers *numbers)
{
	struct tlv whole;
	size_t modulus, exponent;

	if (ber_read(data, len, &whole) < 0 || whole.tag != TAG_SEQUENCE || whole.header + whole.len != len ||
			read_integer(whole.value, whole.len, &numbers->modulus, &modulus) < 0 ||
			read_integer(whole.value + modulus, whole.len - modulus, &numbers->exponent, &exponent) < 0 || modulus + exponent != whole.len)
		return -1;
	return normalize(numbers);
}

size_t
rsa_numbers_bits(const struct rsa_numbers *numbers)
{
	size_t bits = 8 * (numbers->modulus.len - 1);
	unsigned first;

	for (first = numbers->modulus.value[0]; first != 0; first >>= 1)
		bits++;
	return bits;
}

/* Writes the header of an object and returns its length. The value has at most 65535 bytes, as no file of the card is
 * longer. */
static size_t
write_header(uint8_t *out, uint8_t tag, size_t len)
{
	size_t n = 0;

	out[n++] = tag;
	if (len > 0xFF)
		out[n++] = LENGTH_LONG | 2;
	else if (len >= LENGTH_LONG)
		out[n++] = LENGTH_LONG | 1;
	if (len > 0xFF)
		out[n++] = (uint8_t)(len >> 8);
	out[n++] = (uint8_t)len;
	return n;
}

/* A number whose first bit is set needs a leading zero, because it would be negative otherwise. */
static bool
append_integer(struct secret *out, const struct tlv *number)
{
	uint8_t start[DER_INTEGER_MAX];
	size_t zero = number->value[0] & NEGATIVE ? 1 : 0, n = write_header(start, TAG_INTEGER, zero + number->len);

	if (zero > 0)
		start[n++] = 0;
	return secret_append(out, start, n) && secret_append(out, number->value, number->len);
}

bool
rsa_numbers_encode(const struct rsa_numbers *numbers, struct secret *out)
{
	struct secret integers = {0};
	uint8_t header[BER_HEADER_MAX];
	bool encoded = append_integer(&integers, &numbers->modulus) && append_integer(&integers, &numbers->exponent) &&
		       secret_copy(out, header, write_header(header, TAG_SEQUENCE, integers.len)) && secret_append(out, integers.data, integers.len);

	secret_clear(&integers);
	if (!encoded)
		secret_clear(out);
	return encoded;
}
