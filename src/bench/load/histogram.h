/* A histogram of microseconds: exact below 2,048, then with three digits, as HdrHistogram has it (11 bits of each power of two). */
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include <stdint.h>
#include <stdio.h>

#define SUB_BUCKETS 2048
#define HALF (SUB_BUCKETS / 2)
#define BUCKETS 22
#define CELLS ((BUCKETS + 1) * HALF)

struct histogram {
    uint64_t counts[CELLS];
    uint64_t total;
    uint64_t most;
};

static inline int histogram_cell(uint64_t value) {
    int bucket = value < SUB_BUCKETS ? 0 : 64 - 11 - __builtin_clzll(value);
    return (bucket << 10) + (int) (value >> bucket);
}

/* The largest value that falls into the cell. */
static inline uint64_t histogram_upper(int cell) {
    int bucket = cell < SUB_BUCKETS ? 0 : (cell >> 10) - 1;
    uint64_t sub = (uint64_t) (cell - (bucket << 10));
    return ((sub + 1) << bucket) - 1;
}

static inline void histogram_record(struct histogram *h, int64_t value) {
    uint64_t v = value < 0 ? 0 : (uint64_t) value;
    uint64_t limit = ((uint64_t) SUB_BUCKETS << (BUCKETS - 1)) - 1;
    v = v > limit ? limit : v;
    h->counts[histogram_cell(v)]++;
    h->total++;
    h->most = v > h->most ? v : h->most;
}

/* The value that so much of the whole (0 to 1) does not exceed. */
static inline uint64_t histogram_at(const struct histogram *h, double quantile) {
    uint64_t wanted = (uint64_t) (quantile * (double) h->total + 0.5);
    uint64_t seen = 0;
    wanted = wanted < 1 ? 1 : wanted;
    for (int cell = 0; cell < CELLS; cell++) {
        seen += h->counts[cell];
        if (seen >= wanted) {
            uint64_t upper = histogram_upper(cell);
            return upper < h->most ? upper : h->most;
        }
    }
    return h->most;
}

/* {"count":…,"p50":…,…,"cells":[[value,count],…]} */
static inline void histogram_print(FILE *out, const struct histogram *h) {
    fprintf(out, "{\"count\":%lu,\"p50\":%lu,\"p90\":%lu,\"p99\":%lu,\"p999\":%lu,\"max\":%lu,\"cells\":[",
        h->total, histogram_at(h, 0.5), histogram_at(h, 0.9), histogram_at(h, 0.99), histogram_at(h, 0.999), h->most);
    const char *comma = "";
    for (int cell = 0; cell < CELLS; cell++) {
        if (h->counts[cell] > 0) {
            fprintf(out, "%s[%lu,%lu]", comma, histogram_upper(cell), h->counts[cell]);
            comma = ",";
        }
    }
    fprintf(out, "]}");
}

#endif
