// Row keys: moves through the links and buttons that stand for rows, with the keys that tables use.

import type { RefObject } from 'react'
import { useKeys } from './keyboard.tsx'

/**
 * `j` and `k` focus the next or previous element that carries `data-row`; Enter is the element's own. Where one is open beside them
 * (`data-row="open"`), the next one opens in its place.
 */
export function useRowKeys(title: string, place: RefObject<HTMLElement | null>): void {
  const move = (step: 1 | -1) => {
    const rows = [...(place.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
    const open = rows.findIndex(row => row.dataset.row === 'open')
    const at = open < 0 ? rows.indexOf(document.activeElement as HTMLElement) : open
    const next =
      rows[Math.max(0, Math.min(rows.length - 1, at < 0 && step < 0 ? rows.length - 1 : at + step))]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
    if (open >= 0) next?.click()
  }
  useKeys(title, [
    { keys: 'j', says: 'Next row', run: () => move(1) },
    { keys: 'k', says: 'Previous row', run: () => move(-1) },
  ])
}
