// Status line: says on a terminal what is being done, when it takes longer than a moment, and leaves no trace.

export interface StatusLine {
  /** What is being done now: one line of showable text. */
  show(text: string): void
  /** Takes the line away. */
  clear(): void
}

export interface StatusTerminal {
  write(text: string): unknown
  readonly columns?: number | undefined
}

const patience = 1000
const interval = 100

/** A line on a terminal, or one that says nothing where there is none. `now` gives milliseconds. */
export function statusLine(terminal: StatusTerminal | undefined, now: () => number): StatusLine {
  if (!terminal) return { show() {}, clear() {} }
  const begun = now()
  let last = Number.NEGATIVE_INFINITY
  let isShown = false
  return {
    show(text) {
      const at = now()
      if (at - begun < patience || at - last < interval) return
      last = at
      isShown = true
      terminal.write(`\r\u001b[2K${text.slice(0, (terminal.columns || 80) - 1)}`)
    },
    clear() {
      if (isShown) terminal.write('\r\u001b[2K')
      isShown = false
    },
  }
}
