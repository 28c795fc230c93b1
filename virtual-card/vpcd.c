/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Protocol: src/vpcd/vpcd.h and doc/api.txt of vsmartcard. A two-byte big-endian length precedes each message. */
#include "vpcd.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "lock.h"

#define LENGTH_BYTES	 2
#define MESSAGE_MAX	 0xFFFF
#define RETRY_NS	 100000000L
#define TRIES_PER_SECOND 10

/* Messages with one byte; all others are command APDUs. */
enum {
	VPCD_OFF = 0,
	VPCD_ON = 1,
	VPCD_RESET = 2,
	VPCD_GET_ATR = 4
};

static int
dial_once(const struct addrinfo *addresses)
{
	const struct addrinfo *address;
	int fd;

	for (address = addresses; address != NULL; address = address->ai_next) {
		fd = socket(address->ai_family, address->ai_socktype | SOCK_CLOEXEC, address->ai_protocol);
		if (fd >= 0 && connect(fd, address->ai_addr, address->ai_addrlen) == 0)
			return fd;
		if (fd >= 0)
			close(fd);
	}
	return -1;
}

/* No event reports a new listener, so the program retries after a pause. */
int
vc_vpcd_dial(const char *host, const char *port, unsigned wait)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	const struct timespec pause = {.tv_nsec = RETRY_NS};
	struct addrinfo *addresses;
	unsigned long tries = (unsigned long)wait * TRIES_PER_SECOND;
	int fd, rc = getaddrinfo(host, port, &hints, &addresses);

	if (rc != 0) {
		fprintf(stderr, "virtual-card: %s:%s: %s\n", host, port, gai_strerror(rc));
		return -1;
	}
	while ((fd = dial_once(addresses)) < 0 && tries-- > 0)
		nanosleep(&pause, NULL);
	freeaddrinfo(addresses);
	if (fd < 0)
		fprintf(stderr, "virtual-card: nobody listens on %s:%s. Is pcscd running with the vpcd driver (package vsmartcard-vpcd)? --wait SECONDS waits for it.\n", host, port);
	return fd;
}

/* Adds N, the result of recv() or send(), to DONE. Returns false if no further call should follow. */
static bool
moved(ssize_t n, size_t *done)
{
	if (n > 0)
		*done += (size_t)n;
	return n > 0 || (n < 0 && errno == EINTR);
}

/* Receives all LEN bytes; false: the other side has closed the connection. */
static bool
receive(int fd, uint8_t *bytes, size_t len)
{
	size_t done = 0;

	while (done < len && moved(recv(fd, bytes + done, len - done, 0), &done))
		;
	return done == len;
}

static bool
send_all(int fd, const uint8_t *bytes, size_t len, int flags)
{
	size_t done = 0;

	while (done < len && moved(send(fd, bytes + done, len - done, MSG_NOSIGNAL | flags), &done))
		;
	return done == len;
}

static bool
send_message(int fd, const uint8_t *bytes, size_t len)
{
	uint8_t head[LENGTH_BYTES] = {(uint8_t)(len >> 8), (uint8_t)len};

	return len <= MESSAGE_MAX && send_all(fd, head, sizeof(head), MSG_MORE) && send_all(fd, bytes, len, 0);
}

/* vpcd sends a message in two parts, and TCP delays the second until the first is acknowledged, so acknowledge at once. */
static void
acknowledge(int fd)
{
	const int yes = 1;

	(void)setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &yes, sizeof(yes));
}

/* Does one exchange, after waiting for transactions of the in-process library's users. */
static bool
exchange(int fd, struct virtual_card *card, int locks, const uint8_t *command, size_t len)
{
	static uint8_t answer[VC_ANSWER_MAX];
	size_t answer_len;

	vc_lock_take(locks, VC_LOCK_TRANSACTION, VC_LOCK_EXCLUSIVE, true);
	answer_len = vc_card_transmit(card, command, len, answer);
	vc_lock_drop(locks, VC_LOCK_TRANSACTION);
	if (answer_len > MESSAGE_MAX) { /* vpcd cannot transfer an answer of this length */
		answer[0] = VC_SW_WRONG_LENGTH >> 8;
		answer[1] = VC_SW_WRONG_LENGTH & 0xFF;
		answer_len = 2;
	}
	return send_message(fd, answer, answer_len);
}

static bool
handle(int fd, struct virtual_card *card, int locks, const uint8_t *message, size_t len)
{
	if (len != 1)
		return exchange(fd, card, locks, message, len);
	switch (message[0]) {
	case VPCD_OFF:
		vc_card_power_off(card);
		return true;
	case VPCD_ON:
		vc_card_power_on(card);
		return true;
	case VPCD_RESET:
		if (vc_card_powered(card))
			vc_card_warm_reset(card);
		else
			vc_card_power_on(card);
		return true;
	case VPCD_GET_ATR:
		return send_message(fd, card->atr->bytes, card->atr->len);
	default:
		fprintf(stderr, "virtual-card: vpcd sent an unknown message %02X\n", message[0]);
		return true;
	}
}

/* vpcd polls the ATR to see whether the card is present. To signal that the card was removed, the connection is closed. */
static enum vc_vpcd_end
serve(int fd, struct virtual_card *card, int locks)
{
	static uint8_t message[MESSAGE_MAX];
	uint8_t head[LENGTH_BYTES];
	size_t len;

	while (receive(fd, head, sizeof(head))) {
		len = (size_t)head[0] << 8 | head[1];
		acknowledge(fd);
		if (!receive(fd, message, len))
			break;
		if (!vc_card_present(card))
			return VC_VPCD_PULLED;
		if (!handle(fd, card, locks, message, len))
			break;
	}
	return VC_VPCD_HUNG_UP;
}

enum vc_vpcd_end
vc_vpcd_serve(int fd, struct virtual_card *card)
{
	int locks = vc_lock_open(card->dir);
	enum vc_vpcd_end end = VC_VPCD_ERROR;

	if (locks < 0)
		return end;
	if (vc_lock_take(locks, VC_LOCK_SHARING, VC_LOCK_SHARED, false)) {
		vc_card_power_off(card); /* the card has just been inserted into this reader */
		end = serve(fd, card, locks);
		vc_card_power_off(card);
	} else
		fprintf(stderr, "virtual-card: another program uses the card exclusively\n");
	close(locks);
	return end;
}

int
vc_vpcd_wait_for_card(struct virtual_card *card)
{
	int folder = inotify_init1(IN_CLOEXEC), rc = 0;
	char events[4096];

	if (folder < 0 || inotify_add_watch(folder, card->dir, IN_DELETE | IN_MOVED_FROM) < 0)
		rc = -1;
	while (rc == 0 && !vc_card_present(card))
		if (read(folder, events, sizeof(events)) < 0 && errno != EINTR)
			rc = -1;
	if (rc != 0)
		fprintf(stderr, "virtual-card: cannot watch %s: %s\n", card->dir, strerror(errno));
	if (folder >= 0)
		close(folder);
	return rc;
}
