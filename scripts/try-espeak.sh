#!/bin/sh
# Speaks a Mandarin sentence through a running gateway that has eSpeak NG as its command (see README.md), into mandarin.wav.
# The first argument is the gateway's address, if it is not http://localhost:8080.
set -eu
gateway=${1:-http://localhost:8080}
channel=try-espeak-$$

curl -sSN --max-time 15 "$gateway/v1/channels/$channel/audio.wav?silence=off" -o mandarin.wav &
listener=$!
curl -sS --fail-with-body "$gateway/v1/channels/$channel/utterances" -H 'Content-Type: application/json' \
    -d '{"text": "你好，欢迎收听。这句话由本机的程序朗读。", "language_type": "Chinese"}'
echo
wait "$listener" || true # curl says 28 when its time is over: the stream never ends by itself
ls -l mandarin.wav
