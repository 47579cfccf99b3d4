#!/usr/bin/env bash
# Builds the image with podman, starts it as a cluster would (read-only, no capabilities, no new privileges, one CPU, 512 MB), and measures it:
# the time until it is ready, with the AOT cache and without, five runs each in turn; the memory with a hundred listeners, with a cloud engine
# (a stub on this machine) and with the embedded voice. Takes three minutes. Needs Linux, podman, Node 20 and the jar (mvn -Psbom package).
#
#     scripts/image.sh                          # on the base that the Dockerfile names
#     scripts/image.sh --base NAME              # on another one
#     scripts/image.sh --own-base [MIRROR]      # on one that it makes first, of Debian (debootstrap, as root) and the JDK (jlink)
#     scripts/image.sh --build                  # builds only
#     scripts/image.sh --measure                # measures only
#
# TAG names the image (stentor), RUNS the number of runs (5).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/jdk25.sh

tag=${TAG:-stentor}
own=localhost/stentor-base:25
base=
mirror=
build=yes
measure=yes
fail() { echo "image: $1" >&2; exit 1; }
while [ $# -gt 0 ]; do
    case $1 in
        --base) base=${2:?a name must follow --base}; shift ;;
        --own-base) base=$own; case ${2:-} in http*) mirror=$2; shift ;; esac ;;
        --build) measure=no ;;
        --measure) build=no ;;
        *) fail "unknown: $1; the first lines of this file say how to use it" ;;
    esac
    shift
done
command -v podman >/dev/null || fail "podman is not installed, so nothing was built or measured (Debian: apt-get install podman runc)."

# Debian's smallest system and a JRE of the modules that the jar uses, and that TLS, DNS and names of characters need.
own_base() {
    local home folder
    command -v debootstrap >/dev/null || fail "debootstrap is needed for --own-base."
    home=$(jdk25) || fail "no JDK 25 was found."
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' RETURN
    debootstrap --variant=minbase bookworm "$folder/root" ${mirror:+"$mirror"} >"$folder/log" 2>&1 || { tail -n 3 "$folder/log" >&2; return 1; }
    rm -rf "$folder"/root/var/cache/apt/archives/*.deb "$folder"/root/var/lib/apt/lists/*
    mkdir -p "$folder/root/opt/java"
    "$home/bin/jlink" --output "$folder/root/opt/java/openjdk" --strip-debug --no-header-files --no-man-pages --compress zip-6 \
        --add-modules java.se,jdk.charsets,jdk.crypto.ec,jdk.jfr,jdk.localedata,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs \
        --include-locales en,zh
    tar -C "$folder/root" -c . | podman import --quiet \
        --change ENV=JAVA_HOME=/opt/java/openjdk \
        --change ENV=PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin - "$own"
}

# The way in which containers run here: podman's own, or by runc where crun fails at mixed cgroups or at limits that it may not raise.
way() {
    local limits="--network host --read-only --tmpfs /tmp:rw,size=64m --cap-drop ALL --security-opt no-new-privileges -m 512m --cpus 1"
    local each
    for each in "podman run $limits" \
        "podman --cgroup-manager=cgroupfs --runtime runc run $limits --ulimit nofile=20000:20000 --ulimit nproc=8000:8000"; do
        # shellcheck disable=SC2086
        if $each --rm --entrypoint java "$1" -version >/dev/null 2>&1; then
            echo "$each"
            return 0
        fi
    done
    return 1
}

if [ $build = yes ]; then
    compgen -G 'target/stentor-*.jar' >/dev/null || fail "there is no jar: run mvn -Psbom package first."
    if [ "$base" = "$own" ] && ! podman image exists "$own"; then
        echo "image: making $own ..."
        own_base || fail "the base could not be made."
    fi
    # Where podman may make no container of its own, a chroot is enough to build in.
    isolation=
    [ "$(podman info --format '{{.Host.CgroupsVersion}}')" = v2 ] || isolation="--isolation=chroot --network=host"
    version=$(sed -n '/<\/parent>/,$s/^  <version>\(.*\)<\/version>/\1/p' pom.xml | head -n 1)
    # shellcheck disable=SC2086
    podman build $isolation ${base:+--build-arg BASE="$base"} --build-arg VERSION="$version" -t "$tag" -t "$tag:$version" .
    podman images --filter "reference=$tag"
fi
if [ $measure = yes ]; then
    podman image exists "$tag" || fail "there is no image $tag."
    RUN=$(way "$tag") || fail "containers do not start here, neither by podman's own runtime nor by runc."
    echo "image: $RUN"
    IMAGE=$tag RUN=$RUN RUNS=${RUNS:-5} node scripts/lab/image.mjs
fi
