#!/usr/bin/env bash
# Up: on a fresh machine installs, builds, and starts the product: the server with its own database, on loopback, until Ctrl-C.
# Arguments are handed to `plimsoll up`; a cluster is looked at only when named (--context, --kubeconfig) or confirmed on a terminal.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ ! -x node_modules/.bin/tsx ]; then
  echo 'Installing …' >&2
  npm ci --no-audit --no-fund --loglevel=error >&2
fi
echo 'Building …' >&2
npm run --silent build >&2
exec bin/plimsoll up "$@"
