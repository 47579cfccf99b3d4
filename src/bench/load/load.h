/* A load of listeners: what the command line asks for, and what the listeners share. One thread. */
#ifndef LOAD_H
#define LOAD_H

#include "histogram.h"
#include "reference.h"

#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#define MAX_PHASES 16
#define READ_BYTES (512 * 1024)
/* What is read at once for those whose latency is not measured, and what the kernel keeps for one that does not read. */
#define OTHERS_READ_BYTES (32 * 1024)
#define STALLED_BYTES (64 * 1024)
#define MAX_BESIDE 4
#define PLAIN_FIRST_BYTES 256

/* A stretch of the run, with what is done at its beginning. */
struct phase {
    char name[32];
    double seconds;
    int join;
    int stall;
    int resume;
    /* So many connections are cut, and come back spread over so long. */
    int cut;
    double within;
};

/* Of one phase. */
struct figures {
    /* Listeners that were there from the beginning and always read. */
    struct histogram steady;
    /* The newest frame of each read of theirs: what is left if a server holds frames back to send several at once. */
    struct histogram newest;
    /* Listeners that stall, have stalled, were cut off, or joined later. */
    struct histogram others;
    uint64_t frames;
    uint64_t steady_frames;
    uint64_t events;
    uint64_t reads;
    uint64_t bytes;
    uint64_t gaps_steady;
    uint64_t gaps_others;
    uint64_t gap_ms_steady;
    uint64_t gap_ms_others;
    uint64_t replayed;
    uint64_t beside_us;
};

/* Those whose connections were cut in a phase, until the last of them has caught up with the others. */
struct storm {
    uint64_t began_us;
    /* Whom, in the order in which they come back; so many have begun to. */
    int *away;
    int cut;
    int returned;
    /* What the welcomes said. */
    int ok;
    int gap;
    int fresh;
    /* So many have caught up, the last of them at that time; and the longest that one took from its connect. */
    int live;
    uint64_t last_live_us;
    uint64_t longest_us;
};

/* Of the whole run: each of these must be 0, but for closes that the phases bring about. */
struct faults {
    uint64_t unannounced;
    uint64_t different;
    uint64_t not_source;
    uint64_t malformed;
    uint64_t refused;
    uint64_t closed;
    uint64_t errors;
    int last_close;
};

enum state { UNUSED, CONNECTING, SECURING, SHAKING, OPEN, GONE };

struct listener {
    int fd;
    struct ssl_st *tls;
    enum state state;
    int channel;
    int steady;
    int stalled;
    int greeted;
    /* Whether it asks to go on behind the last entry; then whether it was told that it does, and has not taken one yet. */
    int resumes;
    int goes_on;
    /* When it connected again, until it is live; 0 else. Whether sound has come since. */
    uint64_t back_us;
    int heard_again;
    int has_order;
    int probes;
    uint64_t next_seq;
    uint64_t head_seq;
    uint64_t replay_to;
    uint64_t pos;
    uint64_t joined_us;
    uint64_t first_frame_us;
    uint8_t *rest;
    size_t rest_bytes;
    size_t rest_room;
    int next_on_wheel;
};

struct load {
    struct sockaddr_in server;
    const char *host;
    const char *channel_name;
    const char *format;
    int listeners;
    int channels;
    int joins_per_second;
    int report_ms;
    /* Whether players report at the pace that the server tells, and what it told last; 0 before. */
    int follows_pace;
    int told_report_ms;
    /* The most sound that the server puts into one send, as it told. */
    uint64_t batch_ms;
    int check_source;
    /* Where each frame of a steady listener is written down: its channel, its number, and when it came, in us; else null. */
    FILE *arrivals;
    /* A server with another protocol: where to ask, which subprotocol to offer, and what to say first; else null. */
    const char *plain_path;
    const char *plain_subprotocol;
    uint8_t plain_first[PLAIN_FIRST_BYTES];
    size_t plain_first_bytes;
    struct wire_settings *tls;
    int pid;
    /* Further processes, of which only the CPU is told. */
    int beside[MAX_BESIDE];
    int beside_count;
    int64_t lead_us;
    int phase_count;
    struct phase phases[MAX_PHASES];

    struct listener *all;
    int created;
    int open;
    struct reference **references;
    struct figures *figures;
    struct storm storm;
    struct faults faults;
    uint8_t *buffer;
    int epoll;
    int *wheel;
};

enum opcode { TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };

uint64_t now_us(void);

/* options.c: the command line. */
void options_read(struct load *load, int count, char **arguments);
_Noreturn void fail(const char *why);

/* listener.c: one connection. */
void listener_connect(struct load *load, int index, int steady);
/* Serves what epoll told of this listener. */
void listener_serve(struct load *load, int index, uint32_t events);
void listener_stall(struct load *load, int index, int stalled);
/* Cuts a connection off without a word: the server sees a reset. */
void listener_cut(struct load *load, int index);

/* wire.c: bytes to and from the server, through TLS if the command line wants it. As send() and recv(), with errno. */
ssize_t wire_send(struct listener *l, const void *bytes, size_t count);
ssize_t wire_receive(struct listener *l, void *into, size_t most);
/* Whether more is there that epoll does not tell of. */
int wire_has_more(const struct listener *l);
struct wire_settings *wire_settings(void);
/* Goes on with the handshake of TLS: 1 when it is done, 0 while it waits for what is in `events`, -1 if it failed. */
int wire_secure(struct load *load, struct listener *l, uint32_t *events);
/* Version and cipher, for people. */
const char *wire_cipher(const struct listener *l);
void wire_close(struct listener *l);

/* plain.c: a server with another protocol. */
/* What to say first, in hexadecimal digits. */
void plain_read_first(struct load *load, const char *digits);
void plain_say_first(struct load *load, struct listener *l);
/* Takes each frame that lies in a binary message; how late the newest came. */
int64_t plain_message(struct load *load, struct listener *l, const uint8_t *message, size_t length, uint64_t at_us);

/* says.c: what a player says. */
void say(struct load *load, struct listener *l, enum opcode opcode, const char *text, size_t length);
void say_hello(struct load *load, struct listener *l);
/* A report, and now and then a probe of the clock. */
void say_report(struct load *load, int index);
void say_probe(struct load *load, int index);

/* entries.c: what a listener is sent. */
void entries_text(struct load *load, struct listener *l, const uint8_t *message, size_t length);
/* How late the frame came, in us; negative if that says nothing about the server. */
int64_t entries_frame(struct load *load, struct listener *l, const uint8_t *message, size_t length, uint64_t at_us);
/* Counts an entry that is not the next one, and was not announced. */
void entries_jump(struct load *load, const struct listener *l, const char *where, uint64_t seq);
uint64_t entries_number(const char *text, const char *field);

/* storm.c: connections that are cut, and come back. */
void storm_begin(struct load *load, const struct phase *phase);
/* Lets those come back whose turn it is. */
void storm_turn(struct load *load, const struct phase *phase);
/* What a welcome said to one that came back. */
void storm_welcome(struct load *load, struct listener *l, const char *json);
/* Looks whether one that came back has caught up, after a read. */
void storm_heard(struct load *load, struct listener *l, uint64_t at_us);
void storm_print(const struct load *load);

#endif
