#!/usr/bin/env bash
# Prints the figures of the house: types and public share a room, code lines a file, first words of Javadoc sentences, sound literals outside
# `audio`, simple names that two rooms have. Needs a JDK 25 and no build; --list shows the places behind the figures.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/jdk25.sh
home=$(jdk25) || { echo "no JDK 25 found: install one, or set JAVA25_HOME to its folder" >&2; exit 1; }
# A program of several source files, which the JDK compiles in memory.
exec "$home/bin/java" src/test/java/dev/stentor/HouseFigures.java "$@"
