#!/usr/bin/env bash
# Up: on a fresh machine installs, builds, and starts the product: today a scan of the bundled sample.
# Arguments are handed to `plimsoll scan`; a cluster is looked at only when named (--context, --kubeconfig, --live) or confirmed on a terminal.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ ! -x node_modules/.bin/tsx ]; then
  echo 'Installing …' >&2
  npm ci --no-audit --no-fund --loglevel=error >&2
fi
echo 'Building …' >&2
npm run --silent build >&2
exec node scripts/start.mjs "$@"
