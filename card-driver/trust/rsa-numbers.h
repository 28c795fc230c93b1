/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds the two numbers of an RSA public key and encodes them. It does not use OpenSSL, so that a program that only lists
 * the card's objects does not start OpenSSL for the length of a key. The comments that begin with @ are proved (make prove). */
#ifndef MYNUMBER_RSA_NUMBERS_H
#define MYNUMBER_RSA_NUMBERS_H

#include "card-driver/base/secret.h"
#include "card-driver/card/tlv.h"

/* The values are big endian, start with a byte that is not 0, and point into the data in which they were found. */
struct rsa_numbers {
	struct tlv modulus, exponent;
};

/*@ predicate is_number_in(struct tlv *number, uint8_t *data, integer len) = number->len >= 1 && number->value[0] != 0 &&
  @	value_lies_in(number, data, len);
  @ predicate are_numbers_in(struct rsa_numbers *numbers, uint8_t *data, integer len) = is_number_in(&numbers->modulus, data, len) &&
  @	is_number_in(&numbers->exponent, data, len); */

/* Finds the numbers in a public key object of the card, { 90 exponent, 91 modulus }. Returns 0, or -1 if DATA contains no
 * key. */
/*@ requires readable(data, len) && \valid(numbers) && \separated(numbers, data + (0 .. len - 1));
  @ assigns *numbers;
  @ ensures is_result(\result);
  @ ensures \result == 0 ==> are_numbers_in(numbers, data, len); */
int rsa_numbers_from_objects(const uint8_t *data, size_t len, struct rsa_numbers *numbers);

/* Finds the numbers in an RSAPublicKey (RFC 8017, A.1.1). Returns 0, or -1 if DATA is anything else. */
/*@ requires readable(data, len) && \valid(numbers) && \separated(numbers, data + (0 .. len - 1));
  @ assigns *numbers;
  @ ensures is_result(\result);
  @ ensures \result == 0 ==> are_numbers_in(numbers, data, len); */
int rsa_numbers_from_der(const uint8_t *data, size_t len, struct rsa_numbers *numbers);

/* Returns the length of the modulus in bits. */
size_t rsa_numbers_bits(const struct rsa_numbers *numbers);

/* Encodes the numbers in DER as an RSAPublicKey. OUT must be empty. Returns false if memory allocation fails. */
bool rsa_numbers_encode(const struct rsa_numbers *numbers, struct secret *out);

#endif
