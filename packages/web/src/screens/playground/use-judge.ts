// Use judge: keeps the verdicts on a text as it is typed, from a worker that is loaded when the screen is opened.

import { useEffect, useRef, useState } from 'react'
import type { Answer } from './judge.ts'
import type { Asked, Reply } from './messages.ts'

export interface Judged {
  /** The last answer; undefined until the first is there. */
  readonly answer: Answer | undefined
  readonly milliseconds: number
  /** True while the answer is of an older text. */
  readonly isBehind: boolean
  readonly fault: string | undefined
}

/** Milliseconds without a key after which the text is judged. */
const pause = 120

export function useJudge(text: string, edition: string | undefined): Judged {
  const worker = useRef<Worker | null>(null)
  const last = useRef(0)
  const [judged, setJudged] = useState<Judged>({
    answer: undefined,
    milliseconds: 0,
    isBehind: true,
    fault: undefined,
  })
  useEffect(() => {
    const own = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    own.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
      if (data.number !== last.current) return
      setJudged(before =>
        'fault' in data
          ? { ...before, isBehind: false, fault: data.fault }
          : { answer: data.answer, milliseconds: data.milliseconds, isBehind: false, fault: undefined },
      )
    })
    own.addEventListener('error', () =>
      setJudged(before => ({ ...before, isBehind: false, fault: 'The rules could not be loaded.' })),
    )
    worker.current = own
    return () => {
      own.terminate()
      worker.current = null
    }
  }, [])
  useEffect(() => {
    setJudged(before => ({ ...before, isBehind: true }))
    const timer = setTimeout(() => {
      const asked: Asked = { number: ++last.current, text, edition, now: new Date().toISOString() }
      worker.current?.postMessage(asked)
    }, pause)
    return () => clearTimeout(timer)
  }, [text, edition])
  return judged
}
