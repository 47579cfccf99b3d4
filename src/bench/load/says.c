/* What a player says: hello, where it goes on, where it is, and questions for the time. */
#include "load.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* A masked frame of up to 64 KiB. Small, so that it always fits into the socket's buffer; if not, that is a fault. */
void say(struct load *load, struct listener *l, enum opcode opcode, const char *text, size_t length) {
    uint8_t frame[1024];
    size_t head = 2;
    frame[0] = (uint8_t) (0x80 | opcode);
    if (length < 126) {
        frame[1] = (uint8_t) (0x80 | length);
    } else {
        frame[1] = 0x80 | 126;
        frame[2] = (uint8_t) (length >> 8);
        frame[3] = (uint8_t) length;
        head = 4;
    }
    const uint8_t mask[4] = {0x37, 0xfa, 0x21, 0x3d};
    memcpy(frame + head, mask, 4);
    for (size_t i = 0; i < length; i++) {
        frame[head + 4 + i] = (uint8_t) text[i] ^ mask[i & 3];
    }
    size_t whole = head + 4 + length;
    ssize_t sent = wire_send(l, frame, whole);
    if (sent != (ssize_t) whole && errno != EPIPE && errno != ECONNRESET) {
        load->faults.errors++;
    }
}

void say_hello(struct load *load, struct listener *l) {
    char text[256], formats[64] = "", resume[128] = "";
    if (load->format != NULL) {
        snprintf(formats, sizeof formats, ",\"formats\":[\"%s\"]", load->format);
    }
    if (l->resumes) {
        snprintf(resume, sizeof resume, ",\"resume\":{\"epoch\":%lu,\"seq\":%lu,\"pos\":%lu}",
            load->references[l->channel]->epoch, l->next_seq - 1, l->pos);
    }
    int length = snprintf(text, sizeof text, "{\"t\":\"hello\",\"v\":1%s%s}", formats, resume);
    say(load, l, TEXT, text, (size_t) length);
}

void say_report(struct load *load, int index) {
    struct listener *l = &load->all[index];
    char text[256];
    uint64_t lead = (uint64_t) load->lead_us * 24 / 1000;
    int length = snprintf(text, sizeof text,
        "{\"t\":\"report\",\"pos\":%lu,\"gen\":1,\"buffer_ms\":%ld,\"target_ms\":80,\"underruns\":0,\"concealed_samples\":0,"
        "\"rtt_us\":400,\"out_ms\":20,\"state\":\"playing\"}",
        l->pos > lead ? l->pos - lead : 0, (long) (load->lead_us / 1000));
    say(load, l, TEXT, text, (size_t) length);
}

void say_probe(struct load *load, int index) {
    char text[64];
    int length = snprintf(text, sizeof text, "{\"t\":\"time\",\"t0\":%lu}", now_us());
    say(load, &load->all[index], TEXT, text, (size_t) length);
}
