#!/bin/sh
# Lets a running gateway, whose local program is eSpeak NG (see docs/configuration.md), speak a Mandarin sentence, and records it in
# mandarin.wav. The optional first argument is the gateway's address; the default is http://localhost:8080.
set -eu
gateway=${1:-http://localhost:8080}
channel=try-espeak-$$

curl -sSN --max-time 15 "$gateway/v1/channels/$channel/audio.wav?silence=off" -o mandarin.wav &
listener=$!
curl -sS --fail-with-body "$gateway/v1/channels/$channel/utterances" -H 'Content-Type: application/json' \
    -d '{"text": "你好，欢迎收听。这句话由本机的程序朗读。", "language_type": "Chinese"}'
echo
wait "$listener" || true # curl ends with 28 when its time is over, because the stream is endless
ls -l mandarin.wav
