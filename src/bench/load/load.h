/* A load of listeners: what the command line asks for, and what the listeners share. One thread. */
#ifndef LOAD_H
#define LOAD_H

#include "histogram.h"
#include "reference.h"

#include <netinet/in.h>
#include <stdint.h>

#define MAX_PHASES 16
#define READ_BYTES (512 * 1024)
/* What is read at once for those whose latency is not measured, and what the kernel keeps for one that does not read. */
#define OTHERS_READ_BYTES (32 * 1024)
#define STALLED_BYTES (64 * 1024)

/* A stretch of the run, with what is done at its beginning. */
struct phase {
    char name[32];
    double seconds;
    int join;
    int stall;
    int resume;
};

/* Of one phase. */
struct figures {
    /* Listeners that were there from the beginning and always read. */
    struct histogram steady;
    /* The newest frame of each read of theirs: what is left if a server holds frames back to send several at once. */
    struct histogram newest;
    /* Listeners that stall, have stalled, or joined later. */
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

enum state { UNUSED, CONNECTING, SHAKING, OPEN, GONE };

struct listener {
    int fd;
    enum state state;
    int channel;
    int steady;
    int stalled;
    int greeted;
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
    int check_source;
    int pid;
    int64_t lead_us;
    int phase_count;
    struct phase phases[MAX_PHASES];

    struct listener *all;
    int created;
    int open;
    struct reference **references;
    struct figures *figures;
    struct faults faults;
    uint8_t *buffer;
    int epoll;
    int *wheel;
};

uint64_t now_us(void);
void listener_connect(struct load *load, int index, int steady);
/* Serves what epoll told of this listener. */
void listener_serve(struct load *load, int index, uint32_t events);
void listener_stall(struct load *load, int index, int stalled);
/* A report, and now and then a probe of the clock, as a player sends them. */
void listener_report(struct load *load, int index);
void listener_probe(struct load *load, int index);

#endif
