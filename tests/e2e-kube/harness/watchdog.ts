/** Makes sure that servers started by a test end with it, even when the test process is killed. */
import { spawn } from 'node:child_process'

export interface Watchdog {
  /** From now on this process is killed if ours ends. */
  guard(pid: number): void
  /** All is stopped and removed in good order; the watchdog goes without doing anything. */
  dismiss(): void
}

/** Reads process ids until its input closes, which the kernel does for us however we end; then kills and cleans up. */
const SCRIPT = `pids=
while read -r line; do
  [ "$line" = dismissed ] && exit 0
  pids="$pids $line"
done
[ -n "$pids" ] && kill -9 $pids
rm -rf "$1"`

/** Starts a watchdog that also removes `folder` if it has to act. */
export function startWatchdog(folder: string): Watchdog {
  // A session of its own, so that Ctrl-C in the terminal does not end it before those it guards.
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'watchdog', folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  shell.unref()
  // A test that ends does not wait for the watchdog, and a watchdog that died early must not fail the test.
  ;(shell.stdin as typeof shell.stdin & { unref?(): void }).unref?.()
  shell.stdin.on('error', () => {})
  return {
    guard: pid => void shell.stdin.write(`${pid}\n`),
    dismiss: () => void shell.stdin.end('dismissed\n'),
  }
}
