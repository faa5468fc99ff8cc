#!/usr/bin/env bash
# Check: installs what the tests need and runs all of them; what CI runs. Ends with a line `N passed, N failed`.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -n "${CI:-}" ] || [ ! -x node_modules/.bin/tsx ]; then
  npm ci --no-audit --no-fund
fi
bash scripts/install-debian.sh chromium openssl unzip
exec node_modules/.bin/tsx scripts/check.ts
