/*
 * Opens listeners of `stentor.v1` and measures what reaches them; src/bench/README.md has the options. One JSON object a line on
 * standard output: when all have joined, when a phase begins, and what it brought. Ends with 0 if every byte was right.
 */
#include "load.h"
#include "process.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define EVENTS 1024
#define OTHERS_PER_TURN 4
/* For the last of those who join, beyond what their pace takes. */
#define JOIN_PATIENCE_US 30000000
#define NOBODY (-1)

/* Set when the process is asked to end: the phase is over then, as if its time were. */
static volatile sig_atomic_t ends;

static void end_soon(int signal) {
    (void) signal;
    ends = 1;
}

static int all_listeners(const struct load *load) {
    int all = load->listeners;
    for (int i = 0; i < load->phase_count; i++) {
        all += load->phases[i].join;
    }
    return all;
}

/* A player reports every report_ms; the listeners are spread evenly over that time. */
static void put_on_wheel(struct load *load, int index) {
    if (load->report_ms > 0) {
        int slot = (int) ((uint64_t) index * 7919 % (uint64_t) load->report_ms);
        load->all[index].next_on_wheel = load->wheel[slot];
        load->wheel[slot] = index;
    }
}

/* Makes a wheel of report_ms places, and puts all listeners on it that there are. */
static void turn_wheel(struct load *load) {
    load->wheel = realloc(load->wheel, sizeof(int) * (size_t) (load->report_ms + 1));
    for (int i = 0; i <= load->report_ms; i++) {
        load->wheel[i] = NOBODY;
    }
    for (int i = 0; i < load->created; i++) {
        put_on_wheel(load, i);
    }
}

static void prepare(struct load *load) {
    int all = all_listeners(load);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < (rlim_t) all + 64) {
        fail("the limit of open files is too low for so many listeners: raise it with `ulimit -n`");
    }
    load->all = calloc((size_t) all + 1, sizeof *load->all);
    load->references = calloc((size_t) load->channels, sizeof *load->references);
    for (int i = 0; i < load->channels; i++) {
        load->references[i] = calloc(1, sizeof **load->references);
    }
    load->figures = calloc(1, sizeof *load->figures);
    load->buffer = malloc(READ_BYTES);
    load->epoll = epoll_create1(EPOLL_CLOEXEC);
    turn_wheel(load);
}

static void join_one(struct load *load, int steady) {
    int index = load->created++;
    listener_connect(load, index, steady);
    put_on_wheel(load, index);
}

/* Every fifth report comes with a probe of the clock, and the first eight probes follow the welcome closely. */
static void speak(struct load *load, uint64_t ms) {
    if (load->report_ms > 0) {
        for (int i = load->wheel[ms % (uint64_t) load->report_ms]; i != NOBODY; i = load->all[i].next_on_wheel) {
            struct listener *l = &load->all[i];
            if (l->state == OPEN && !l->stalled) {
                say_report(load, i);
                if ((ms / (uint64_t) load->report_ms + (uint64_t) i) % 5 == 0) {
                    say_probe(load, i);
                }
            }
        }
    }
    if (ms % 50 == 0 && load->report_ms > 0) {
        for (int i = 0; i < load->created; i++) {
            struct listener *l = &load->all[i];
            if (l->probes > 0 && l->state == OPEN && !l->stalled) {
                l->probes--;
                say_probe(load, i);
            }
        }
    }
}

/*
 * Those whose latency is measured come first: what others have to read, a whole backlog when they go on, would be counted as the server's
 * delay. Each turn has some of them, the rest is still there in the next.
 */
static void serve(struct load *load, const struct epoll_event *events, int count) {
    for (int i = 0; i < count; i++) {
        if (load->all[events[i].data.u32].steady) {
            listener_serve(load, (int) events[i].data.u32, events[i].events);
        }
    }
    for (int i = 0, others = 0; i < count && others < OTHERS_PER_TURN; i++) {
        if (!load->all[events[i].data.u32].steady) {
            others++;
            listener_serve(load, (int) events[i].data.u32, events[i].events);
        }
    }
}

/* Serves the sockets for up to a millisecond, and says what the players say. */
static void turn(struct load *load) {
    static struct epoll_event events[EVENTS];
    static uint64_t spoken_ms;
    int count = epoll_wait(load->epoll, events, EVENTS, 1);
    serve(load, events, count);
    uint64_t ms = now_us() / 1000;
    if (load->follows_pace && load->told_report_ms > 0 && load->told_report_ms != load->report_ms) {
        load->report_ms = load->told_report_ms;
        turn_wheel(load);
    }
    spoken_ms = spoken_ms == 0 || ms - spoken_ms > 1000 ? ms - 1 : spoken_ms;
    while (spoken_ms < ms) {
        speak(load, ++spoken_ms);
    }
}

/* Lets so many join at an even pace; `until` bounds the wait for the last. */
static void join_all(struct load *load) {
    uint64_t began = now_us();
    uint64_t patience_us = JOIN_PATIENCE_US + (uint64_t) load->listeners * 1000000 / (uint64_t) load->joins_per_second;
    while (load->open + (int) load->faults.refused < load->listeners && now_us() - began < patience_us) {
        uint64_t allowed = (now_us() - began) * (uint64_t) load->joins_per_second / 1000000 + 1;
        while (load->created < load->listeners && (uint64_t) load->created < allowed) {
            join_one(load, 1);
        }
        turn(load);
    }
    if (load->open < load->listeners) {
        fprintf(stderr, "load: %d of %d listeners could join, the last close was %d\n", load->open, load->listeners, load->faults.last_close);
        exit(1);
    }
    printf("{\"event\":\"joined\",\"listeners\":%d,\"seconds\":%.3f,\"cipher\":\"%s\"}\n", load->open, (double) (now_us() - began) / 1e6,
        load->listeners > 0 ? wire_cipher(&load->all[0]) : "");
    fflush(stdout);
}

static void print_figures(const struct load *load, const struct phase *phase, double seconds, const struct process *from,
    const struct process *to, double own_cpu_seconds) {
    const struct figures *f = load->figures;
    printf("{\"event\":\"phase\",\"name\":\"%s\",\"seconds\":%.4f,\"open\":%d,\"frames\":%lu,\"steady_frames\":%lu,\"events\":%lu,"
           "\"reads\":%lu,\"bytes\":%lu,\"gaps\":%lu,\"gap_ms\":%lu,\"gaps_others\":%lu,\"gap_ms_others\":%lu,\"backlog\":%lu,"
           "\"load_cpu\":%.3f,\"report_ms\":%d,\"beside_us\":%lu,",
        phase->name, seconds, load->open, f->frames, f->steady_frames, f->events, f->reads, f->bytes, f->gaps_steady,
        f->gap_ms_steady, f->gaps_others, f->gap_ms_others, f->replayed, own_cpu_seconds / seconds, load->report_ms,
        f->beside_us);
    storm_print(load);
    process_print(stdout, from, to);
    printf(",\"latency\":");
    histogram_print(stdout, &f->steady);
    printf(",\"newest\":");
    histogram_print(stdout, &f->newest);
    printf(",\"others\":");
    histogram_print(stdout, &f->others);
    printf("}\n");
    fflush(stdout);
}

static double own_cpu(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void begin(struct load *load, const struct phase *phase) {
    for (int i = 0; phase->resume && i < load->created; i++) {
        if (load->all[i].stalled) {
            listener_stall(load, i, 0);
        }
    }
    /* every so many-th, so that they are spread over the server's groups */
    for (int i = 0; i < phase->stall; i++) {
        listener_stall(load, (int) ((int64_t) i * load->listeners / phase->stall), 1);
    }
    storm_begin(load, phase);
}

/* The processes beside the server, all in all. */
static uint64_t beside_us(const struct load *load) {
    uint64_t all_ns = 0;
    for (int i = 0; i < load->beside_count; i++) {
        struct process *p = process_now(load->beside[i]);
        for (int thread = 0; thread < p->threads; thread++) {
            all_ns += p->times[thread].ns;
        }
        free(p);
    }
    return all_ns / 1000;
}

static void run(struct load *load, const struct phase *phase) {
    printf("{\"event\":\"begin\",\"name\":\"%s\"}\n", phase->name);
    fflush(stdout);
    memset(load->figures, 0, sizeof *load->figures);
    struct process *from = process_now(load->pid);
    uint64_t beside_from_us = beside_us(load);
    double cpu = own_cpu();
    uint64_t began = now_us();
    begin(load, phase);
    for (int joined = 0; !ends && (double) (now_us() - began) / 1e6 < phase->seconds;) {
        uint64_t allowed = (now_us() - began) * (uint64_t) phase->join / 1000000;
        for (; joined < phase->join && (uint64_t) joined < allowed; joined++) {
            join_one(load, 0);
        }
        storm_turn(load, phase);
        turn(load);
    }
    double seconds = (double) (now_us() - began) / 1e6;
    struct process *to = process_now(load->pid);
    load->figures->beside_us = beside_us(load) - beside_from_us;
    print_figures(load, phase, seconds, from, to, own_cpu() - cpu);
    free(from);
    free(to);
}

static int finish(const struct load *load) {
    const struct faults *f = &load->faults;
    int heard = 0;
    uint64_t last_first_us = 0;
    for (int i = 0; i < load->created; i++) {
        uint64_t first_us = load->all[i].first_frame_us;
        heard += first_us != 0;
        last_first_us = first_us > last_first_us ? first_us : last_first_us;
    }
    printf("{\"event\":\"end\",\"heard\":%d,\"last_first_frame_us\":%lu,\"unannounced\":%lu,\"different\":%lu,\"not_source\":%lu,\"malformed\":%lu,\"refused\":%lu,"
           "\"closed\":%lu,\"last_close\":%d,\"errors\":%lu}\n",
        heard, last_first_us, f->unannounced, f->different, f->not_source, f->malformed, f->refused, f->closed, f->last_close, f->errors);
    return f->unannounced + f->different + f->not_source + f->malformed + f->refused + f->errors == 0 ? 0 : 1;
}

int main(int count, char **arguments) {
    struct load load = {.channel_name = "bench", .listeners = 100, .channels = 1, .joins_per_second = 1000,
        .report_ms = 1000, .check_source = 1, .lead_us = 100000};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGTERM, end_soon);
    options_read(&load, count, arguments);
    prepare(&load);
    join_all(&load);
    for (int i = 0; i < load.phase_count; i++) {
        run(&load, &load.phases[i]);
    }
    return finish(&load);
}
