#!/usr/bin/env bash
# Makes the AOT cache of the image: starts the gateway in this folder, uses it as clients do until classes and profiles of all that are there,
# and ends it; a JVM that ends writes the cache. Runs while the image is built, with nothing but bash: the base may have no curl. The embedded
# voice speaks; services of both kinds are there for the warm-up, which never calls their addresses. Nothing of what is made here stays: no
# recordings, no key that signs addresses, no usage.
#
# While it trains, the first compiler works alone, and counts calls only (level 2). The cache then says which methods a start wants compiled, and
# nothing of types and branches. With these the second compiler does twice as much before a gateway is ready, a fifth of the whole time where there
# is one processor; a running gateway finds them out by itself, and is as fast in its first minute.
#
#     train.sh CACHE JAVA_OPTION...
set -euo pipefail
cache=$1
shift

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
services=()
number=0
for kind in dashscope openai; do
    service=gateway.upstreams[$((number++))]
    services+=("-D$service.name=$kind-trained" "-D$service.kind=$kind" "-D$service.api-key=none" "-D$service.base-url=http://127.0.0.1:9")
done

java "$@" -XX:TieredStopAtLevel=2 -XX:AOTCacheOutput="$cache" -Dgateway.engine=local "${services[@]}" \
    -Dgateway.archive.directory="$scratch/archive" -Dgateway.usage.journal.on=false \
    -Dserver.port=41880 -jar stentor.jar &
gateway=$!

# ask PORT METHOD PATH [JSON]: sends a request, and prints the answer for at most two seconds.
ask() {
    local body=${4:-}
    exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
    printf '%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n%s' \
        "$2" "$3" "${#body}" "$body" >&3
    timeout 2 cat <&3 || true
    exec 3<&-
}

ready() { ask 41880 GET /readyz 2>/dev/null | head -n 1 | grep -q ' 200 '; }

until ready; do
    kill -0 "$gateway" 2>/dev/null || { echo "train: the gateway ended before it was ready" >&2; exit 1; }
    sleep 0.2
done

ask 41880 GET /v1/channels/training/audio.ogg | wc -c &
ask 41880 GET /v1/channels/training/events >/dev/null &
sleep 0.3
ask 41880 POST /v1/channels/training/utterances '{"text": "This trains the cache."}'
ask 41880 POST /v1/audio/speech '{"model": "tts-1", "voice": "alloy", "input": "So does this.", "response_format": "wav"}' | wc -c
ask 41880 GET / | wc -c
ask 41880 GET /v1/channels | wc -c
ask 41881 GET /actuator/health/liveness | wc -c
ask 41881 GET /actuator/prometheus | wc -c

kill -TERM "$gateway"
wait "$gateway" || true # 143: ended by a signal, as it should
[ -s "$cache" ] || { echo "train: there is no cache" >&2; exit 1; }
