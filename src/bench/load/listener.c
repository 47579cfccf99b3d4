/* One connection: the handshake, and the WebSocket frames that come. */
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
    wire_close(l);
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

void listener_cut(struct load *load, int index) {
    struct listener *l = &load->all[index];
    struct linger at_once = {.l_onoff = 1};
    setsockopt(l->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    wire_close(l);
    load->open--;
    l->state = GONE;
    l->steady = 0;
    l->back_us = 0;
    l->rest_bytes = 0;
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

static void ask(struct load *load, int index) {
    struct listener *l = &load->all[index];
    char request[1024], path[128];
    snprintf(path, sizeof path, "/v1/channels/%s-%d/listen", load->channel_name, l->channel);
    int length = snprintf(request, sizeof request,
        "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: %s\r\n\r\n",
        load->plain_path ? load->plain_path : path, load->host, load->plain_path ? load->plain_subprotocol : "stentor.v1");
    if (wire_send(l, request, (size_t) length) != length) {
        leave(load, l);
        return;
    }
    l->state = SHAKING;
    watch(load, index, EPOLLIN);
}

static void secure(struct load *load, int index) {
    uint32_t events = 0;
    int done = wire_secure(load, &load->all[index], &events);
    if (done > 0) {
        ask(load, index);
    } else if (done == 0) {
        watch(load, index, events);
    } else {
        leave(load, &load->all[index]);
    }
}

static void connected(struct load *load, int index) {
    struct listener *l = &load->all[index];
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(l->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) {
        leave(load, l);
    } else if (load->tls != NULL) {
        l->state = SECURING;
        secure(load, index);
    } else {
        ask(load, index);
    }
}

static int64_t binary(struct load *load, struct listener *l, const uint8_t *message, size_t length, uint64_t at_us) {
    return load->plain_path ? plain_message(load, l, message, length, at_us) : entries_frame(load, l, message, length, at_us);
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
            case TEXT: entries_text(load, l, message, length); break;
            case BINARY: newest = binary(load, l, message, length, at_us); break;
            case PING: say(load, l, PONG, (const char *) message, length); break;
            case CLOSE:
                load->faults.last_close = length >= 2 ? (int) big_endian(message, 2) : 1005;
                leave(load, l);
                break;
            default: load->faults.malformed++;
        }
    }
    if (l->back_us != 0) {
        storm_heard(load, l, at_us);
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
    if (load->plain_path) {
        plain_say_first(load, l);
    } else {
        say_hello(load, l);
    }
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

static void receive_some(struct load *load, struct listener *l) {
    uint8_t *buffer = load->buffer;
    size_t had = l->rest_bytes;
    if (had > 0) {
        memcpy(buffer, l->rest, had);
    }
    size_t most = l->steady || l->state != OPEN ? READ_BYTES : OTHERS_READ_BYTES + had;
    ssize_t got = wire_receive(l, buffer + had, most - had);
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

static void receive(struct load *load, struct listener *l) {
    do {
        receive_some(load, l);
    } while (l->state != GONE && wire_has_more(l));
}

void listener_serve(struct load *load, int index, uint32_t events) {
    struct listener *l = &load->all[index];
    if (l->state == CONNECTING) {
        connected(load, index);
    } else if (l->state == SECURING) {
        secure(load, index);
    } else if (l->state == SHAKING || (l->state == OPEN && !l->stalled)) {
        receive(load, l);
    } else if (l->state == OPEN && (events & (EPOLLHUP | EPOLLERR))) {
        leave(load, l);
    }
}
