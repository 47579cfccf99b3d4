/*
 * What every listener of a channel must receive: the first copy of each entry is compared with the source sound, and every other copy
 * with the first, byte for byte, by a 64-bit hash of the whole message.
 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include "sound.h"

#include <stdint.h>
#include <string.h>

/* More than 20 s of frames and events: what a ring may still send. */
#define KEPT_ENTRIES 2048

struct reference {
    uint64_t seqs[KEPT_ENTRIES];
    uint64_t hashes[KEPT_ENTRIES];
    /* Behind the newest sample that any listener has. */
    uint64_t edge_pos;
    /* Of the channel's last welcome. */
    uint64_t epoch;
};

static inline uint64_t big_endian(const uint8_t *bytes, int length) {
    uint64_t value = 0;
    for (int i = 0; i < length; i++) {
        value = value << 8 | bytes[i];
    }
    return value;
}

static inline uint64_t hash_of(const uint8_t *bytes, size_t length) {
    uint64_t hash = 0x9e3779b97f4a7c15ULL ^ length;
    for (; length >= 8; bytes += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        hash = (hash ^ word) * 0xff51afd7ed558ccdULL;
        hash ^= hash >> 32;
    }
    for (; length > 0; bytes++, length--) {
        hash = (hash ^ *bytes) * 0xff51afd7ed558ccdULL;
        hash ^= hash >> 29;
    }
    return hash;
}

/* Whether this is the same entry as the others got. */
static inline int reference_same(struct reference *r, uint64_t seq, const uint8_t *message, size_t length) {
    uint64_t hash = hash_of(message, length);
    size_t slot = seq % KEPT_ENTRIES;
    if (r->seqs[slot] == seq) {
        return r->hashes[slot] == hash;
    }
    r->seqs[slot] = seq;
    r->hashes[slot] = hash;
    return 1;
}

static inline int reference_knows(const struct reference *r, uint64_t seq) {
    return r->seqs[seq % KEPT_ENTRIES] == seq;
}

/* Whether a frame holds the sound that the voice spoke; the channel's first utterance begins at position 0. */
static inline int reference_is_source(const uint8_t *message, size_t length) {
    uint8_t expected[FRAME_BYTES];
    if (length != HEADER_BYTES + FRAME_BYTES) {
        return 0;
    }
    sound_write(expected, big_endian(message + 8, 8), FRAME_SAMPLES);
    return memcmp(expected, message + HEADER_BYTES, FRAME_BYTES) == 0;
}

#endif
