/* Connections that are cut at the beginning of a phase, and come back within a time, each behind the last entry that it took. */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void storm_begin(struct load *load, const struct phase *phase) {
    struct storm *storm = &load->storm;
    free(storm->away);
    memset(storm, 0, sizeof *storm);
    storm->away = calloc((size_t) phase->cut + 1, sizeof *storm->away);
    storm->began_us = now_us();
    /* every so many-th, so that they are spread over the server's groups */
    for (int i = 0; i < phase->cut; i++) {
        int index = (int) ((int64_t) i * load->listeners / phase->cut);
        struct listener *l = &load->all[index];
        if (l->state == OPEN && l->has_order) {
            listener_cut(load, index);
            storm->away[storm->cut++] = index;
        }
    }
}

void storm_turn(struct load *load, const struct phase *phase) {
    struct storm *storm = &load->storm;
    double passed = (double) (now_us() - storm->began_us) / 1e6;
    double allowed = phase->within > 0 ? passed / phase->within * storm->cut : storm->cut;
    for (; storm->returned < storm->cut && storm->returned < allowed; storm->returned++) {
        int index = storm->away[storm->returned];
        struct listener *l = &load->all[index];
        l->resumes = 1;
        l->heard_again = 0;
        l->stalled = 0;
        listener_connect(load, index, 0);
        l->back_us = l->joined_us;
    }
}

void storm_welcome(struct load *load, struct listener *l, const char *json) {
    struct storm *storm = &load->storm;
    const char *answer = strstr(json, "\"resume\":{\"status\":\"");
    const char *status = answer == NULL ? "" : answer + strlen("\"resume\":{\"status\":\"");
    l->resumes = 0;
    if (strncmp(status, "ok\"", 3) == 0) {
        storm->ok++;
        l->goes_on = 1;
        uint64_t from_seq = entries_number(status, "\"from_seq\":");
        if (from_seq != l->next_seq) {
            entries_jump(load, l, "welcome", from_seq);
        }
        return;
    }
    storm->gap += strncmp(status, "gap\"", 4) == 0;
    storm->fresh += strncmp(status, "gap\"", 4) != 0;
    l->has_order = 0;
}

void storm_heard(struct load *load, struct listener *l, uint64_t at_us) {
    struct storm *storm = &load->storm;
    uint64_t one_send = SAMPLES_PER_SECOND / 1000 * (load->batch_ms > 20 ? load->batch_ms : 20);
    if (!l->heard_again || l->pos + one_send < load->references[l->channel]->edge_pos) {
        return;
    }
    uint64_t took_us = at_us - l->back_us;
    storm->live++;
    storm->last_live_us = at_us;
    storm->longest_us = took_us > storm->longest_us ? took_us : storm->longest_us;
    l->back_us = 0;
}

/* In a phase that cut nobody, nothing. */
void storm_print(const struct load *load) {
    const struct storm *s = &load->storm;
    if (s->cut > 0) {
        printf("\"storm\":{\"cut\":%d,\"returned\":%d,\"ok\":%d,\"gap\":%d,\"fresh\":%d,\"live\":%d,\"all_live_us\":%lu,\"longest_us\":%lu},", s->cut,
            s->returned, s->ok, s->gap, s->fresh, s->live, s->live == s->cut ? s->last_live_us - s->began_us : 0, s->longest_us);
    }
}
