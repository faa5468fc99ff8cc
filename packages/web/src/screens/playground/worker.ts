// Worker: judges what the page sends by the catalogue, on a thread of its own, so that typing is never held up.

import { editions, rules } from '@plimsoll/core/catalogue'
import { judge } from './judge.ts'
import type { Asked, Reply } from './messages.ts'

addEventListener('message', ({ data: { number, ...question } }: MessageEvent<Asked>) => {
  const start = performance.now()
  let reply: Reply
  try {
    const answer = judge(question, { rules, editions })
    reply = { number, answer, milliseconds: performance.now() - start }
  } catch (error) {
    reply = { number, fault: error instanceof Error ? error.message : String(error) }
  }
  postMessage(reply)
})
