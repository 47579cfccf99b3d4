/*
 * A server with another protocol: the same frames, header and sound, somewhere in its binary messages, one or more in each. Which frame it is
 * says the header, which holds a number and the position that belongs to it. What else a server says is not understood, and not answered.
 */
#include "load.h"

#include <stdio.h>
#include <string.h>

static const uint8_t HEAD[] = {1, 0, 0, 1};

void plain_read_first(struct load *load, const char *digits) {
    unsigned byte;
    for (; load->plain_first_bytes < PLAIN_FIRST_BYTES && sscanf(digits, "%2x", &byte) == 1 && digits[1] != 0; digits += 2) {
        load->plain_first[load->plain_first_bytes++] = (uint8_t) byte;
    }
    if (*digits != 0) {
        fail("--first takes an even number of hexadecimal digits, and not too many");
    }
}

void plain_say_first(struct load *load, struct listener *l) {
    if (load->plain_first_bytes > 0) {
        say(load, l, BINARY, (const char *) load->plain_first, load->plain_first_bytes);
    }
}

static int is_frame(const uint8_t *at, size_t left) {
    return left >= HEADER_BYTES + FRAME_BYTES && big_endian(at + 8, 8) == (big_endian(at + 4, 4) - 1) * FRAME_SAMPLES;
}

int64_t plain_message(struct load *load, struct listener *l, const uint8_t *message, size_t length, uint64_t at_us) {
    const uint8_t *end = message + length;
    int64_t newest = -1;
    for (const uint8_t *at = message; (at = memmem(at, (size_t) (end - at), HEAD, sizeof HEAD)) != NULL;) {
        if (is_frame(at, (size_t) (end - at))) {
            newest = entries_frame(load, l, at, HEADER_BYTES + FRAME_BYTES, at_us);
            at += HEADER_BYTES + FRAME_BYTES;
        } else {
            at++;
        }
    }
    return newest;
}
