/* The sound of every benchmark: sample n is a hash of n, so that any byte of it can be checked, and no stretch is like another. */
#ifndef SOUND_H
#define SOUND_H

#include <stdint.h>

#define SAMPLES_PER_SECOND 24000
#define FRAME_SAMPLES 480
#define FRAME_BYTES (FRAME_SAMPLES * 2)
#define HEADER_BYTES 24
#define TICK_US 20000

static inline int16_t sound_sample(uint64_t n) {
    uint32_t h = (uint32_t) n ^ (uint32_t) (n >> 32);
    h = (h ^ (h >> 16)) * 0x85ebca6bU;
    h = (h ^ (h >> 13)) * 0xc2b2ae35U;
    return (int16_t) (h ^ (h >> 16));
}

/* Little-endian samples from the n-th on. */
static inline void sound_write(uint8_t *target, uint64_t n, int samples) {
    for (int i = 0; i < samples; i++) {
        uint16_t sample = (uint16_t) sound_sample(n + (uint64_t) i);
        target[2 * i] = (uint8_t) sample;
        target[2 * i + 1] = (uint8_t) (sample >> 8);
    }
}

#endif
