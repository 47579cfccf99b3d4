/* What the system knows of a process: CPU time, memory, and how often it was taken off its core. From /proc. */
#ifndef PROCESS_H
#define PROCESS_H

#include <ctype.h>
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_THREADS 512
#define COMM_BYTES 32

struct thread_time {
    int tid;
    char name[COMM_BYTES];
    uint64_t ns;
    uint64_t voluntary;
    uint64_t involuntary;
};

struct process {
    uint64_t user_us;
    uint64_t system_us;
    uint64_t rss_kib;
    int threads;
    struct thread_time times[MAX_THREADS];
};

static inline int process_read(const char *path, char *into, size_t size) {
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return 0;
    }
    size_t got = fread(into, 1, size - 1, file);
    into[got] = 0;
    fclose(file);
    return got > 0;
}

static inline uint64_t process_field(const char *text, const char *name) {
    const char *at = strstr(text, name);
    return at == NULL ? 0 : strtoull(at + strlen(name), NULL, 10);
}

static inline void process_threads(struct process *p, int pid) {
    char path[128], text[4096];
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *tasks = opendir(path);
    for (struct dirent *entry = tasks ? readdir(tasks) : NULL; entry != NULL; entry = readdir(tasks)) {
        if (!isdigit((unsigned char) entry->d_name[0]) || p->threads == MAX_THREADS) {
            continue;
        }
        struct thread_time *thread = &p->times[p->threads];
        thread->tid = atoi(entry->d_name);
        snprintf(path, sizeof path, "/proc/%d/task/%d/schedstat", pid, thread->tid);
        if (!process_read(path, text, sizeof text)) {
            continue;
        }
        thread->ns = strtoull(text, NULL, 10);
        snprintf(path, sizeof path, "/proc/%d/task/%d/status", pid, thread->tid);
        if (!process_read(path, text, sizeof text)) {
            continue;
        }
        if (sscanf(text, "Name: %31[^\n]", thread->name) != 1) {
            thread->name[0] = 0;
        }
        thread->voluntary = process_field(text, "\nvoluntary_ctxt_switches:");
        thread->involuntary = process_field(text, "\nnonvoluntary_ctxt_switches:");
        p->threads++;
    }
    if (tasks != NULL) {
        closedir(tasks);
    }
}

/* How it stands now; all zero if there is no such process. The caller frees it. */
static inline struct process *process_now(int pid) {
    struct process *p = calloc(1, sizeof *p);
    char path[128], text[4096];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    if (p == NULL || pid == 0 || !process_read(path, text, sizeof text)) {
        return p;
    }
    char *fields = strrchr(text, ')');
    unsigned long long user = 0, system = 0;
    if (fields != NULL && sscanf(fields + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &user, &system) == 2) {
        uint64_t tick_us = 1000000 / (uint64_t) sysconf(_SC_CLK_TCK);
        p->user_us = user * tick_us;
        p->system_us = system * tick_us;
    }
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    if (process_read(path, text, sizeof text)) {
        p->rss_kib = process_field(text, "\nVmRSS:");
    }
    process_threads(p, pid);
    return p;
}

static inline const struct thread_time *process_thread(const struct process *p, int tid) {
    for (int i = 0; i < p->threads; i++) {
        if (p->times[i].tid == tid) {
            return &p->times[i];
        }
    }
    return NULL;
}

/* A number of the system's may be used again, by a thread whose counts begin anew. */
static inline uint64_t process_since(uint64_t before, uint64_t after) {
    return after < before ? 0 : after - before;
}

/*
 * What happened between two looks, as the members of a JSON object. A thread that ended between them counts in user and system only, one
 * that began in the time of threads too; how often a process was taken off its core is told of the threads that were there both times.
 */
static inline void process_print(FILE *out, const struct process *from, const struct process *to) {
    uint64_t all = 0, voluntary = 0, involuntary = 0;
    const char *comma = "";
    fprintf(out, "\"threads\":{");
    for (int i = 0; i < to->threads; i++) {
        const struct thread_time *thread = &to->times[i];
        const struct thread_time *before = process_thread(from, thread->tid);
        uint64_t us = process_since(before == NULL ? 0 : before->ns, thread->ns) / 1000;
        if (before != NULL) {
            voluntary += process_since(before->voluntary, thread->voluntary);
            involuntary += process_since(before->involuntary, thread->involuntary);
        }
        all += us;
        if (us >= 1000) {
            fprintf(out, "%s\"%d %s\":%lu", comma, thread->tid, thread->name, us);
            comma = ",";
        }
    }
    fprintf(out, "},\"cpu_us\":%lu,\"user_us\":%lu,\"system_us\":%lu,\"voluntary\":%lu,\"involuntary\":%lu,\"rss_kib\":%lu", all,
        to->user_us - from->user_us, to->system_us - from->system_us, voluntary, involuntary, to->rss_kib);
}

#endif
