# To be sourced. jdk25 prints the home of a JDK 25 or newer on this machine; it prefers 25 itself. It fails if there is none.

# Prints the feature number of the JDK in a folder; prints nothing if the folder has no JDK, or a JDK without a compiler.
jdk_feature() {
    [ -x "$1/bin/javac" ] || return 0
    if [ -r "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
    else
        "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
    fi
}

jdk25() {
    local on_path home feature newer=
    on_path=$(command -v javac) && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
    for home in "${JAVA_HOME:-}" "${JAVA25_HOME:-}" "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}" "$on_path" \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/*jdk* /usr/local/java/* /opt/java/* /opt/jvm/* /opt/*jdk* /opt/*java* \
        "${HOME:-}"/.jdks/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.asdf/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        [ -n "$home" ] || continue
        feature=$(jdk_feature "$home")
        if [ "${feature:-0}" -eq 25 ]; then
            printf '%s\n' "$home"
            return 0
        elif [ "${feature:-0}" -gt 25 ] && [ -z "$newer" ]; then
            newer=$home
        fi
    done
    [ -n "$newer" ] && printf '%s\n' "$newer"
}
