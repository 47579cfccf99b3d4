/* Bytes to and from the server: a socket, or TLS over it where the headers of OpenSSL were there when this was compiled. */
#include "load.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef WITH_TLS
#include <openssl/ssl.h>

/* What browsers ask for first. The server's certificate is not looked at: it is made for one run. */
struct wire_settings *wire_settings(void) {
    SSL_CTX *settings = SSL_CTX_new(TLS_client_method());
    if (settings == NULL || SSL_CTX_set_min_proto_version(settings, TLS1_3_VERSION) != 1
        || SSL_CTX_set_ciphersuites(settings, "TLS_AES_128_GCM_SHA256") != 1) {
        fail("this OpenSSL has no TLS 1.3 with AES-128-GCM");
    }
    return (struct wire_settings *) settings;
}

int wire_secure(struct load *load, struct listener *l, uint32_t *events) {
    if (l->tls == NULL) {
        l->tls = SSL_new((SSL_CTX *) load->tls);
        SSL_set_fd(l->tls, l->fd);
    }
    int done = SSL_connect(l->tls);
    if (done == 1) {
        return 1;
    }
    int wants = SSL_get_error(l->tls, done);
    *events = wants == SSL_ERROR_WANT_WRITE ? EPOLLOUT : EPOLLIN;
    return wants == SSL_ERROR_WANT_WRITE || wants == SSL_ERROR_WANT_READ ? 0 : -1;
}

static ssize_t secured(struct listener *l, int done) {
    if (done > 0) {
        return done;
    }
    int why = SSL_get_error(l->tls, done);
    errno = why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE ? EAGAIN : EPIPE;
    return why == SSL_ERROR_ZERO_RETURN ? 0 : -1;
}

static ssize_t tls_send(struct listener *l, const void *bytes, size_t count) {
    return secured(l, SSL_write(l->tls, bytes, (int) count));
}

/* A record at a time; all of them that are there. */
static ssize_t tls_receive(struct listener *l, uint8_t *into, size_t most) {
    size_t all = 0;
    while (all < most) {
        ssize_t got = secured(l, SSL_read(l->tls, into + all, (int) (most - all)));
        if (got <= 0) {
            return all > 0 ? (ssize_t) all : got;
        }
        all += (size_t) got;
    }
    return (ssize_t) all;
}

int wire_has_more(const struct listener *l) {
    return l->tls != NULL && SSL_pending(l->tls) > 0;
}

const char *wire_cipher(const struct listener *l) {
    return l->tls == NULL ? "" : SSL_get_cipher_name(l->tls);
}

static void tls_free(struct listener *l) {
    SSL_free(l->tls);
    l->tls = NULL;
}

#else

struct wire_settings *wire_settings(void) {
    fail("compiled without TLS: the headers of OpenSSL are missing");
}

int wire_secure(struct load *load, struct listener *l, uint32_t *events) {
    (void) load;
    (void) l;
    (void) events;
    return -1;
}

static ssize_t tls_send(struct listener *l, const void *bytes, size_t count) {
    (void) l;
    (void) bytes;
    (void) count;
    return -1;
}

static ssize_t tls_receive(struct listener *l, uint8_t *into, size_t most) {
    return tls_send(l, into, most);
}

int wire_has_more(const struct listener *l) {
    (void) l;
    return 0;
}

const char *wire_cipher(const struct listener *l) {
    (void) l;
    return "";
}

static void tls_free(struct listener *l) {
    (void) l;
}
#endif

ssize_t wire_send(struct listener *l, const void *bytes, size_t count) {
    return l->tls != NULL ? tls_send(l, bytes, count) : send(l->fd, bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT);
}

ssize_t wire_receive(struct listener *l, void *into, size_t most) {
    return l->tls != NULL ? tls_receive(l, into, most) : recv(l->fd, into, most, MSG_DONTWAIT);
}

void wire_close(struct listener *l) {
    if (l->tls != NULL) {
        tls_free(l);
    }
    close(l->fd);
}
