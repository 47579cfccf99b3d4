/* What a listener is sent: the entries of the ring in their order, and messages for it alone. */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOLD_JUMPS 5

uint64_t entries_number(const char *text, const char *field) {
    const char *at = strstr(text, field);
    return at == NULL ? 0 : strtoull(at + strlen(field), NULL, 10);
}

/* The first few are told, so that one can be looked for. */
void entries_jump(struct load *load, const struct listener *l, const char *where, uint64_t seq) {
    if (load->faults.unannounced++ < TOLD_JUMPS) {
        fprintf(stderr, "load: listener %ld, %s: %lu instead of %lu\n", l - load->all, where, seq, l->next_seq);
    }
}

/* One entry of the ring, whose number must be the next one. */
static void take(struct load *load, struct listener *l, uint64_t seq, const uint8_t *message, size_t length) {
    if (l->has_order && seq != l->next_seq) {
        entries_jump(load, l, "entry", seq);
    }
    l->goes_on = 0;
    l->has_order = 1;
    l->next_seq = seq + 1;
    if (!reference_same(load->references[l->channel], seq, message, length)) {
        load->faults.different++;
    }
}

static void pace(struct load *load, const char *json) {
    load->lead_us = (int64_t) entries_number(json, "\"lead_ms\":") * 1000;
    load->told_report_ms = (int) entries_number(json, "\"report_ms\":");
    load->batch_ms = entries_number(json, "\"batch_ms\":");
}

void entries_text(struct load *load, struct listener *l, const uint8_t *message, size_t length) {
    char json[8192];
    size_t kept = length < sizeof json - 1 ? length : sizeof json - 1;
    memcpy(json, message, kept);
    json[kept] = 0;
    if (strncmp(json, "{\"t\":\"stream\"", 13) == 0) { /* of this connection, or an entry */
        pace(load, json);
    }
    if (strncmp(json, "{\"t\":\"welcome\"", 14) == 0) {
        l->greeted = 1;
        l->probes = 8;
        l->head_seq = entries_number(json, "\"head_seq\":");
        load->references[l->channel]->epoch = entries_number(json, "\"epoch\":");
        if (l->resumes) {
            storm_welcome(load, l, json);
        }
    } else if (strncmp(json, "{\"t\":\"replay\"", 13) == 0) {
        uint64_t from_seq = entries_number(json, "\"from_seq\":");
        if (l->goes_on && from_seq != l->next_seq) {
            entries_jump(load, l, "replay", from_seq);
        }
        l->replay_to = entries_number(json, "\"to_seq\":");
        l->next_seq = from_seq;
        l->has_order = 1;
    } else if (strncmp(json, "{\"t\":\"gap\"", 10) == 0) {
        l->next_seq = entries_number(json, "\"to_seq\":") + 1;
        l->head_seq = l->next_seq; /* what it is given first now has waited for it */
        l->has_order = 1;
        *(l->steady ? &load->figures->gaps_steady : &load->figures->gaps_others) += 1;
        *(l->steady ? &load->figures->gap_ms_steady : &load->figures->gap_ms_others) += entries_number(json, "\"ms\":");
    } else if (strstr(json, ",\"seq\":") != NULL && strncmp(json, "{\"t\":\"time\"", 11) != 0) {
        take(load, l, entries_number(json, ",\"seq\":"), message, length);
        load->figures->events++;
    } else if (strncmp(json, "{\"t\":\"error\"", 12) == 0) {
        load->faults.errors++;
        fprintf(stderr, "load: %s\n", json);
    }
}

/* How long after its release by the clock's grid a frame came; less than 0 if it was not released on the grid. */
static int64_t lateness(const struct load *load, const struct listener *l, uint64_t seq, int64_t ts_us, uint64_t at_us) {
    int64_t due = (ts_us - load->lead_us + TICK_US - 1) / TICK_US * TICK_US;
    int backlog = seq <= l->head_seq || seq <= l->replay_to;
    return backlog || l->stalled ? -1 : (int64_t) at_us - due;
}

int64_t entries_frame(struct load *load, struct listener *l, const uint8_t *message, size_t length, uint64_t at_us) {
    struct figures *f = load->figures;
    if (length < HEADER_BYTES || message[0] != 1) {
        load->faults.malformed++;
        return -1;
    }
    uint64_t seq = big_endian(message + 4, 4);
    if (load->check_source && !reference_knows(load->references[l->channel], seq)
        && !reference_is_source(message, length)) {
        load->faults.not_source++;
    }
    take(load, l, seq, message, length);
    l->pos = big_endian(message + 8, 8) + FRAME_SAMPLES;
    l->heard_again = 1;
    struct reference *r = load->references[l->channel];
    r->edge_pos = l->pos > r->edge_pos ? l->pos : r->edge_pos;
    l->first_frame_us = l->first_frame_us == 0 ? at_us : l->first_frame_us;
    f->frames++;
    f->steady_frames += (uint64_t) l->steady;
    if (load->arrivals != NULL && l->steady) {
        fprintf(load->arrivals, "%d %lu %lu\n", l->channel, seq, at_us);
    }
    int64_t late = lateness(load, l, seq, (int64_t) big_endian(message + 16, 8), at_us);
    if (late < 0) {
        f->replayed++;
        return -1;
    }
    histogram_record(l->steady ? &f->steady : &f->others, late);
    return late;
}
