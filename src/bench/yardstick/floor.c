/*
 * The floor: a loop that sends the same messages, framed once, to every socket with one send() each, on the same grid of 20 ms. It reads
 * the same reports, of which it keeps the position, and answers the same questions for the time. It checks nothing, and gives up on a
 * socket that is full: a measure, not a server.
 *
 *   floor PORT [FRAMES_PER_SEND]
 */
#include "../load/sound.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LEAD_US 100000
#define MOST 20000
#define MESSAGE_BYTES (4 + HEADER_BYTES + FRAME_BYTES)

/* Every connection sends the same key: RFC 6455's own example. */
static const char ANSWER[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: stentor.v1\r\n\r\n";

static int members[MOST];
static int count;
static uint8_t shaken[MOST * 4];
static uint64_t heard_pos[MOST * 4];

static uint64_t now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t) now.tv_sec * 1000000 + (uint64_t) now.tv_nsec / 1000;
}

static void put(uint8_t *target, uint64_t value, int bytes) {
    for (int i = 0; i < bytes; i++) {
        target[i] = (uint8_t) (value >> 8 * (bytes - 1 - i));
    }
}

static void encode(uint8_t *message, uint64_t seq, uint64_t ts_us) {
    message[0] = 0x82;
    message[1] = 126;
    put(message + 2, HEADER_BYTES + FRAME_BYTES, 2);
    message[4] = 1;
    message[5] = 0;
    put(message + 6, 1, 2);
    put(message + 8, seq, 4);
    put(message + 12, (seq - 1) * FRAME_SAMPLES, 8);
    put(message + 20, ts_us, 8);
    sound_write(message + 4 + HEADER_BYTES, (seq - 1) * FRAME_SAMPLES, FRAME_SAMPLES);
}

static void leave(int fd) {
    for (int i = 0; i < count; i++) {
        if (members[i] == fd) {
            members[i] = members[--count];
            break;
        }
    }
    shaken[fd] = 0;
    close(fd);
}

static void admit(int epoll, int door) {
    int fd;
    while ((fd = accept4(door, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
        epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    }
}

static void answer_time(int fd, const char *question, uint64_t received_us) {
    const char *at = strstr(question, "\"t0\":");
    char message[128];
    int length = snprintf(message + 2, sizeof message - 2, "{\"t\":\"time\",\"t0\":%lu,\"t1\":%lu,\"t2\":%lu}",
        at == NULL ? 0 : strtoul(at + 5, NULL, 10), received_us, now_us());
    message[0] = (char) 0x81;
    message[1] = (char) length;
    if (send(fd, message, (size_t) length + 2, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
        leave(fd);
    }
}

/* The load sends each message whole, masked, and shorter than 64 KB; one that the buffer cuts off is lost. */
static void understand(int fd, uint8_t *bytes, size_t count) {
    uint64_t received_us = now_us();
    while (count >= 6) {
        size_t length = bytes[1] & 0x7F, head = 2;
        if (length == 126) {
            length = (size_t) (bytes[2] << 8 | bytes[3]);
            head = 4;
        }
        uint8_t *mask = bytes + head, *text = mask + 4;
        if (count < head + 4 + length) {
            return;
        }
        char json[1024];
        size_t kept = length < sizeof json - 1 ? length : sizeof json - 1;
        for (size_t i = 0; i < kept; i++) {
            json[i] = (char) (text[i] ^ mask[i & 3]);
        }
        json[kept] = 0;
        if (strncmp(json, "{\"t\":\"time\"", 11) == 0) {
            answer_time(fd, json, received_us);
        } else {
            const char *at = strstr(json, "\"pos\":");
            heard_pos[fd] = at == NULL ? heard_pos[fd] : strtoull(at + 6, NULL, 10);
        }
        bytes = text + length;
        count -= head + 4 + length;
    }
}

static void hear(int fd) {
    static uint8_t bytes[4096];
    ssize_t got = recv(fd, bytes, sizeof bytes, 0);
    if (got <= 0) {
        leave(fd);
    } else if (shaken[fd]) {
        understand(fd, bytes, (size_t) got);
    } else if (count < MOST && memmem(bytes, (size_t) got, "\r\n\r\n", 4) != NULL) {
        shaken[fd] = 1;
        members[count++] = fd;
        if (send(fd, ANSWER, sizeof ANSWER - 1, MSG_NOSIGNAL) < 0) {
            leave(fd);
        }
    }
}

int main(int arguments, char **argument) {
    int port = arguments > 1 ? atoi(argument[1]) : 0;
    uint64_t batch = arguments > 2 ? strtoull(argument[2], NULL, 10) : 1;
    if (port <= 0 || batch < 1 || batch > 50) {
        fprintf(stderr, "floor PORT [FRAMES_PER_SEND]\n");
        return 2;
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    int door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((uint16_t) port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(door, (struct sockaddr *) &here, sizeof here) < 0 || listen(door, 4096) < 0) {
        perror("floor");
        return 1;
    }
    int epoll = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = door};
    epoll_ctl(epoll, EPOLL_CTL_ADD, door, &event);
    uint8_t *messages = malloc(batch * MESSAGE_BYTES);
    uint64_t seq = 0, tick = now_us() / TICK_US + 1;
    for (;;) {
        uint64_t now = now_us(), due = tick * TICK_US;
        struct epoll_event events[256];
        struct timespec wait = {.tv_nsec = now < due ? (long) (due - now) * 1000 : 0};
        int ready = epoll_pwait2(epoll, events, 256, &wait, NULL);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.fd == door) {
                admit(epoll, door);
            } else {
                hear(events[i].data.fd);
            }
        }
        if (now_us() < due) {
            continue;
        }
        seq++;
        encode(messages + (seq - 1) % batch * MESSAGE_BYTES, seq, tick * TICK_US + LEAD_US);
        tick++;
        for (int i = count - 1; seq % batch == 0 && i >= 0; i--) {
            ssize_t sent = send(members[i], messages, batch * MESSAGE_BYTES, MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent != (ssize_t) (batch * MESSAGE_BYTES)) {
                leave(members[i]);
            }
        }
    }
}
