// Turns: lets a few deeds run at a time; the others wait for theirs.

export function turns(width: number): <T>(deed: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async deed => {
    if (running >= width) await new Promise<void>(resolve => waiting.push(resolve))
    else running++
    try {
      return await deed()
    } finally {
      // The turn is handed on, or given up.
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
