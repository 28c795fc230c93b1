/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Uses PINs and reads private files through libopensc, without its PKCS#15 layer. Then it searches all writable memory of this
 * process for them: heap, stack, data of all libraries. The card must be in another process.
 *     memory-scan verify REFERENCE PIN-FILE | change REFERENCE OLD-FILE NEW-FILE | read PATH SECRET-FILE | look PATH |
 *                 sign KEY-REFERENCE | logout | disconnect | keep SECRET-FILE ...
 * Each step prints its result. At the end the program prints each secret that it found; if it found any, its exit status is 1.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

#include <libopensc/opensc.h>
#include <libopensc/log.h>

#define MASK	      0xA5 /* this program stores secrets masked, so that the scan does not find its own copies */
#define SECRET_MAX    64
#define SECRETS_MAX   16
#define FILE_MAX      8192
#define STACK_SIZE    (1024 * 1024)
#define SIGNATURE_MAX 512

struct secret {
	const char *path;
	uint8_t masked[SECRET_MAX];
	size_t len;
};

static struct secret secrets[SECRETS_MAX];
static size_t secret_count;
static sc_context_t *context;
static sc_card_t *card;
static uint8_t *volatile kept;

/* Replaces a function of libopensc. The original writes each APDU to the heap in hexadecimal and as text at any log level,
 * and frees that memory without clearing it. With the original, the scan would always find a PIN, and no driver can prevent
 * that (docs/security.md). */
void
sc_hex_dump(const uint8_t *data, size_t count, char *text, size_t room)
{
	(void)data;
	(void)count;
	if (room > 0)
		*text = '\0';
}

static void
give_up(const char *what)
{
	fprintf(stderr, "memory-scan: %s\n", what);
	exit(2);
}

/* Reads the first bytes of a file and masks them where it reads them. */
static struct secret *
secret_of(const char *path)
{
	struct secret *secret = &secrets[secret_count];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t len;
	size_t i;

	for (i = 0; i < secret_count; i++)
		if (strcmp(secrets[i].path, path) == 0)
			secret = &secrets[i];
	if (secret->path == NULL && ++secret_count == SECRETS_MAX)
		give_up("too many secrets");
	len = fd < 0 ? -1 : read(fd, secret->masked, SECRET_MAX);
	if (len <= 0)
		give_up(path);
	close(fd);
	for (i = 0; i < (size_t)len; i++)
		secret->masked[i] ^= MASK;
	secret->path = path;
	secret->len = (size_t)len;
	return secret;
}

static void
unmask(const struct secret *secret, uint8_t *plain)
{
	size_t i;

	for (i = 0; i < secret->len; i++)
		plain[i] = secret->masked[i] ^ MASK;
}

static int
pin_step(unsigned command, int reference, const struct secret *first, const struct secret *second)
{
	uint8_t pins[2][SECRET_MAX];
	struct sc_pin_cmd_data data = {.cmd = command, .pin_type = SC_AC_CHV, .pin_reference = reference};
	int r;

	unmask(first, pins[0]);
	data.pin1.data = pins[0];
	data.pin1.len = (int)first->len;
	if (second != NULL) {
		unmask(second, pins[1]);
		data.pin2.data = pins[1];
		data.pin2.len = (int)second->len;
	}
	r = sc_pin_cmd(card, &data, NULL);
	sc_mem_clear(pins, sizeof(pins));
	return r;
}

static int
step_verify(char **arg)
{
	return pin_step(SC_PIN_CMD_VERIFY, atoi(arg[0]), secret_of(arg[1]), NULL);
}

static int
step_change(char **arg)
{
	return pin_step(SC_PIN_CMD_CHANGE, atoi(arg[0]), secret_of(arg[1]), secret_of(arg[2]));
}

/* True if DATA contains the secret. */
static int
holds(const uint8_t *data, size_t len, const struct secret *secret)
{
	size_t at, i;

	for (at = 0; at + secret->len <= len; at++) {
		for (i = 0; i < secret->len && (data[at + i] ^ MASK) == secret->masked[i]; i++)
			;
		if (i == secret->len)
			return 1;
	}
	return 0;
}

/* Fails also if a secret is given and the file does not contain it. */
static int
read_file(const char *name, const struct secret *secret)
{
	static uint8_t data[FILE_MAX];
	sc_file_t *file = NULL;
	sc_path_t path;
	int r;

	sc_format_path(name, &path);
	r = sc_select_file(card, &path, &file);
	if (r < 0)
		return r;
	r = sc_read_binary(card, 0, data, file->size < FILE_MAX ? file->size : FILE_MAX, 0);
	sc_file_free(file);
	if (r >= 0 && secret != NULL && !holds(data, (size_t)r, secret))
		r = SC_ERROR_WRONG_CARD;
	sc_mem_clear(data, sizeof(data));
	return r < 0 ? r : SC_SUCCESS;
}

static int
step_read(char **arg)
{
	return read_file(arg[0], secret_of(arg[1]));
}

static int
step_look(char **arg)
{
	return read_file(arg[0], NULL);
}

static int
step_sign(char **arg)
{
	const uint8_t hash[32] = "thirty-two bytes that are signed";
	uint8_t signature[SIGNATURE_MAX];
	sc_security_env_t env = {.operation = SC_SEC_OPERATION_SIGN, .algorithm = SC_ALGORITHM_RSA, .flags = SC_SEC_ENV_KEY_REF_PRESENT | SC_SEC_ENV_ALG_PRESENT, .algorithm_flags = SC_ALGORITHM_RSA_PAD_PKCS1 | SC_ALGORITHM_RSA_HASH_SHA256, .key_ref_len = 1};
	int r;

	env.key_ref[0] = (uint8_t)atoi(arg[0]);
	r = sc_set_security_env(card, &env, 0);
	if (r == SC_SUCCESS)
		r = sc_compute_signature(card, hash, sizeof(hash), signature, sizeof(signature));
	return r < 0 ? r : SC_SUCCESS;
}

static int
step_logout(char **arg)
{
	(void)arg;
	return sc_logout(card);
}

static int
step_disconnect(char **arg)
{
	int r = sc_disconnect_card(card);

	(void)arg;
	card = NULL;
	return r;
}

/* Leaves a secret in the heap on purpose, which the scan must find. */
static int
step_keep(char **arg)
{
	struct secret *secret = secret_of(arg[0]);

	kept = malloc(SECRET_MAX);
	if (kept == NULL)
		return SC_ERROR_OUT_OF_MEMORY;
	unmask(secret, kept);
	return SC_SUCCESS;
}

static const struct {
	const char *verb;
	int args;
	int (*run)(char **arg);
} steps[] = {
		{"verify", 2, step_verify},
		{"change", 3, step_change},
		{"read", 2, step_read},
		{"look", 1, step_look},
		{"sign", 1, step_sign},
		{"logout", 0, step_logout},
		{"disconnect", 0, step_disconnect},
		{"keep", 1, step_keep},
};

/* Each step runs on a stack of its own, so that the scan finds what the step left there before it is overwritten. */
static struct {
	int (*run)(char **arg);
	char **arg;
	int result;
} current;

static void
run_current(void)
{
	current.result = current.run(current.arg);
}

static int
run_on_own_stack(int (*run)(char **arg), char **arg)
{
	static uint8_t stack[STACK_SIZE];
	ucontext_t here, there;

	current.run = run;
	current.arg = arg;
	if (getcontext(&there) != 0)
		give_up("no context");
	there.uc_stack.ss_sp = stack;
	there.uc_stack.ss_size = sizeof(stack);
	there.uc_link = &here;
	makecontext(&there, run_current, 0);
	if (swapcontext(&here, &there) != 0)
		give_up("no stack");
	return current.result;
}

/* Does the step that starts at ARG. Returns how many words it used. */
static int
do_step(char **arg, int left)
{
	size_t i;

	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (strcmp(arg[0], steps[i].verb) == 0 && left > steps[i].args) {
			printf("%s: %s\n", arg[0], sc_strerror(run_on_own_stack(steps[i].run, arg + 1)));
			return 1 + steps[i].args;
		}
	give_up(arg[0]);
	return left;
}

/* Searches all private writable memory. Returns the number of secrets that it found. */
static int
scan(void)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	char line[512], permissions[8];
	unsigned long from, to;
	int found = 0;
	size_t i;

	if (maps == NULL)
		give_up("no /proc/self/maps");
	while (fgets(line, sizeof(line), maps) != NULL) {
		if (sscanf(line, "%lx-%lx %7s", &from, &to, permissions) != 3 || strncmp(permissions, "rw", 2) != 0)
			continue;
		for (i = 0; i < secret_count; i++)
			if (holds((const uint8_t *)from, to - from, &secrets[i])) {
				printf("found %s in %s", secrets[i].path, line);
				found++;
			}
	}
	fclose(maps);
	return found;
}

int
main(int argc, char **argv)
{
	int i, found;

	if (sc_establish_context(&context, "memory-scan") < 0 || sc_connect_card(sc_ctx_get_reader(context, 0), &card) < 0)
		give_up("no card");
	for (i = 1; i < argc;)
		i += do_step(argv + i, argc - i);
	found = scan();
	if (card != NULL)
		sc_disconnect_card(card);
	sc_release_context(context);
	return found > 0;
}
