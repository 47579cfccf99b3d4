/* One connection: the handshake, every frame that comes, and what a player says. */
#include "load.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };

uint64_t now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now); /* the clock of System.nanoTime */
    return (uint64_t) now.tv_sec * 1000000 + (uint64_t) now.tv_nsec / 1000;
}

static void leave(struct load *load, struct listener *l) {
    if (l->state == OPEN) {
        load->open--;
        load->faults.closed++;
    } else if (l->state != GONE) {
        load->faults.refused++;
    }
    l->state = GONE;
    close(l->fd);
}

/* A masked frame of up to 64 KiB. Small, so that it always fits into the socket's buffer; if not, that is a fault. */
static void say(struct load *load, struct listener *l, int opcode, const char *text, size_t length) {
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
    ssize_t sent = send(l->fd, frame, whole, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent != (ssize_t) whole && errno != EPIPE && errno != ECONNRESET) {
        load->faults.errors++;
    }
}

void listener_connect(struct load *load, int index, int steady) {
    struct listener *l = &load->all[index];
    l->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    l->channel = index % load->channels;
    l->steady = steady;
    l->state = CONNECTING;
    int on = 1;
    setsockopt(l->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    l->joined_us = now_us();
    if (l->fd < 0
        || (connect(l->fd, (struct sockaddr *) &load->server, sizeof load->server) < 0 && errno != EINPROGRESS)) {
        perror("connect");
        leave(load, l);
        return;
    }
    struct epoll_event event = {.events = EPOLLOUT, .data.u32 = (uint32_t) index};
    epoll_ctl(load->epoll, EPOLL_CTL_ADD, l->fd, &event);
}

static void watch(struct load *load, int index, uint32_t events) {
    struct epoll_event event = {.events = events, .data.u32 = (uint32_t) index};
    epoll_ctl(load->epoll, EPOLL_CTL_MOD, load->all[index].fd, &event);
}

void listener_stall(struct load *load, int index, int stalled) {
    struct listener *l = &load->all[index];
    l->stalled = stalled;
    l->steady = 0;
    if (stalled) { /* or the kernel would keep more and more for it, and the server would have nothing left to catch up with */
        int bytes = STALLED_BYTES;
        setsockopt(l->fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    }
    if (l->state == OPEN) {
        watch(load, index, stalled ? 0 : EPOLLIN);
    }
}

static void shake(struct load *load, int index) {
    struct listener *l = &load->all[index];
    char request[512];
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(l->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    int length = snprintf(request, sizeof request,
        "GET /v1/channels/%s-%d/listen HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: stentor.v1\r\n\r\n",
        load->channel_name, l->channel, load->host);
    if (error != 0 || send(l->fd, request, (size_t) length, MSG_NOSIGNAL) != length) {
        leave(load, l);
        return;
    }
    l->state = SHAKING;
    watch(load, index, EPOLLIN);
}

static void hello(struct load *load, struct listener *l) {
    char text[256];
    int length = load->format == NULL
        ? snprintf(text, sizeof text, "{\"t\":\"hello\",\"v\":1}")
        : snprintf(text, sizeof text, "{\"t\":\"hello\",\"v\":1,\"formats\":[\"%s\"]}", load->format);
    say(load, l, TEXT, text, (size_t) length);
}

void listener_report(struct load *load, int index) {
    struct listener *l = &load->all[index];
    char text[256];
    uint64_t lead = (uint64_t) load->lead_us * 24 / 1000;
    int length = snprintf(text, sizeof text,
        "{\"t\":\"report\",\"pos\":%lu,\"gen\":1,\"buffer_ms\":%ld,\"target_ms\":80,\"underruns\":0,\"concealed_samples\":0,"
        "\"rtt_us\":400,\"out_ms\":20,\"state\":\"playing\"}",
        l->pos > lead ? l->pos - lead : 0, (long) (load->lead_us / 1000));
    say(load, l, TEXT, text, (size_t) length);
}

void listener_probe(struct load *load, int index) {
    char text[64];
    int length = snprintf(text, sizeof text, "{\"t\":\"time\",\"t0\":%lu}", now_us());
    say(load, &load->all[index], TEXT, text, (size_t) length);
}

static uint64_t number(const char *text, const char *field) {
    const char *at = strstr(text, field);
    return at == NULL ? 0 : strtoull(at + strlen(field), NULL, 10);
}

/* One entry of the ring, whose number must be the next one. */
static void take(struct load *load, struct listener *l, uint64_t seq, const uint8_t *message, size_t length) {
    if (l->has_order && seq != l->next_seq) {
        load->faults.unannounced++;
    }
    l->has_order = 1;
    l->next_seq = seq + 1;
    if (!reference_same(load->references[l->channel], seq, message, length)) {
        load->faults.different++;
    }
}

static void text(struct load *load, struct listener *l, const uint8_t *message, size_t length) {
    char json[8192];
    size_t kept = length < sizeof json - 1 ? length : sizeof json - 1;
    memcpy(json, message, kept);
    json[kept] = 0;
    if (strncmp(json, "{\"t\":\"welcome\"", 14) == 0) {
        l->greeted = 1;
        l->probes = 8;
        l->head_seq = number(json, "\"head_seq\":");
    } else if (strncmp(json, "{\"t\":\"stream\"", 13) == 0) {
        load->lead_us = (int64_t) number(json, "\"lead_ms\":") * 1000;
        load->told_report_ms = (int) number(json, "\"report_ms\":");
    } else if (strncmp(json, "{\"t\":\"replay\"", 13) == 0) {
        l->replay_to = number(json, "\"to_seq\":");
        l->next_seq = number(json, "\"from_seq\":");
        l->has_order = 1;
    } else if (strncmp(json, "{\"t\":\"gap\"", 10) == 0) {
        l->next_seq = number(json, "\"to_seq\":") + 1;
        l->head_seq = l->next_seq; /* what it is given first now has waited for it */
        l->has_order = 1;
        *(l->steady ? &load->figures->gaps_steady : &load->figures->gaps_others) += 1;
        *(l->steady ? &load->figures->gap_ms_steady : &load->figures->gap_ms_others) += number(json, "\"ms\":");
    } else if (strstr(json, ",\"seq\":") != NULL && strncmp(json, "{\"t\":\"time\"", 11) != 0) {
        take(load, l, number(json, ",\"seq\":"), message, length);
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

static int64_t frame(struct load *load, struct listener *l, const uint8_t *message, size_t length, uint64_t at_us) {
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
    l->first_frame_us = l->first_frame_us == 0 ? at_us : l->first_frame_us;
    f->frames++;
    f->steady_frames += (uint64_t) l->steady;
    int64_t late = lateness(load, l, seq, (int64_t) big_endian(message + 16, 8), at_us);
    if (late < 0) {
        f->replayed++;
        return -1;
    }
    histogram_record(l->steady ? &f->steady : &f->others, late);
    return late;
}

/* Takes all whole frames, and says how many bytes they were. */
static size_t frames(struct load *load, struct listener *l, const uint8_t *bytes, size_t count, uint64_t at_us) {
    size_t used = 0;
    int64_t newest = -1;
    while (l->state == OPEN && count - used >= 2) {
        const uint8_t *head = bytes + used;
        size_t head_bytes = 2, length = head[1] & 0x7F;
        if (length == 126 || length == 127) {
            head_bytes = length == 126 ? 4 : 10;
            if (count - used < head_bytes) {
                break;
            }
            length = big_endian(head + 2, (int) head_bytes - 2);
        }
        if ((head[0] & 0xF0) != 0x80 || (head[1] & 0x80) != 0 || length > READ_BYTES / 2) {
            load->faults.malformed++;
            leave(load, l);
            return count;
        }
        if (count - used < head_bytes + length) {
            break;
        }
        const uint8_t *message = head + head_bytes;
        used += head_bytes + length;
        switch (head[0] & 0x0F) {
            case TEXT: text(load, l, message, length); break;
            case BINARY: newest = frame(load, l, message, length, at_us); break;
            case PING: say(load, l, PONG, (const char *) message, length); break;
            case CLOSE:
                load->faults.last_close = length >= 2 ? (int) big_endian(message, 2) : 1005;
                leave(load, l);
                break;
            default: load->faults.malformed++;
        }
    }
    if (newest >= 0 && l->steady) {
        histogram_record(&load->figures->newest, newest);
    }
    return used;
}

/* The answer to the handshake; says how many bytes it was, 0 if it is not whole yet. */
static size_t shaken(struct load *load, struct listener *l, uint8_t *bytes, size_t count) {
    uint8_t *end = memmem(bytes, count, "\r\n\r\n", 4);
    if (end == NULL) {
        return 0;
    }
    if (count < 12 || memcmp(bytes, "HTTP/1.1 101", 12) != 0) {
        fprintf(stderr, "load: refused: %.*s\n", (int) (end - bytes), (char *) bytes);
        leave(load, l);
        return count;
    }
    l->state = OPEN;
    load->open++;
    hello(load, l);
    return (size_t) (end - bytes) + 4;
}

static void keep(struct listener *l, const uint8_t *bytes, size_t count) {
    if (count > l->rest_room) {
        l->rest_room = count + 2048;
        l->rest = realloc(l->rest, l->rest_room);
    }
    if (count > 0) {
        memmove(l->rest, bytes, count);
    }
    l->rest_bytes = count;
}

static void receive(struct load *load, struct listener *l) {
    uint8_t *buffer = load->buffer;
    size_t had = l->rest_bytes;
    if (had > 0) {
        memcpy(buffer, l->rest, had);
    }
    size_t most = l->steady || l->state != OPEN ? READ_BYTES : OTHERS_READ_BYTES + had;
    ssize_t got = recv(l->fd, buffer + had, most - had, MSG_DONTWAIT);
    uint64_t at_us = now_us();
    if (got <= 0) {
        if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
            leave(load, l);
        }
        return;
    }
    load->figures->reads++;
    load->figures->bytes += (uint64_t) got;
    size_t count = had + (size_t) got, used = 0;
    if (l->state == SHAKING) {
        used = shaken(load, l, buffer, count);
    }
    used += frames(load, l, buffer + used, count - used, at_us);
    keep(l, buffer + used, count - used);
}

void listener_serve(struct load *load, int index, uint32_t events) {
    struct listener *l = &load->all[index];
    if (l->state == CONNECTING) {
        shake(load, index);
    } else if (l->state == SHAKING || (l->state == OPEN && !l->stalled)) {
        receive(load, l);
    } else if (l->state == OPEN && (events & (EPOLLHUP | EPOLLERR))) {
        leave(load, l);
    }
}
