// Score trend: a score over time with its interval as a band; days without a score are gaps, never lines.

import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { intervalText } from './score.tsx'
import styles from './score-trend.module.css'
import { exactTime } from './time.tsx'
import { scoreNumber } from './words.ts'

export interface TrendPoint {
  readonly at: string
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

interface ScoreTrendProps {
  readonly points: readonly TrendPoint[]
  readonly height?: number
  /** What the line is of, for readers of the screen. */
  readonly label: string
}

export function ScoreTrend({ points, height = 150, label }: ScoreTrendProps) {
  const place = useRef<HTMLDivElement>(null)
  const scheme = useComputedColorScheme('light')
  const [at, setAt] = useState<number | null>(null)
  useEffect(() => {
    const element = place.current
    // The colours are those of the scheme, which is read from the page.
    if (!element || !scheme) return
    const plot = new uPlot(optionsOf(element, height, setAt), dataOf(points), element)
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      plot.destroy()
    }
  }, [points, height, scheme])
  const chosen = at === null ? undefined : points[at]
  const last = points.at(-1)
  return (
    <figure className={styles.trend}>
      <div ref={place} style={{ height }} role="img" aria-label={`${label}: ${sentence(points)}`} />
      <figcaption>{chosen ? told(chosen) : last ? `Now: ${told(last, true)}` : ''}</figcaption>
    </figure>
  )
}

const told = (point: TrendPoint, isNow = false) =>
  `${isNow ? '' : `${exactTime(point.at)}: `}${point.value === null ? 'no score' : scoreNumber(point.value)}${
    intervalText(point) && ` (${intervalText(point)})`
  }`

function sentence(points: readonly TrendPoint[]): string {
  const known = points.filter(({ value }) => value !== null)
  const [first, last] = [known[0], known.at(-1)]
  return first && last && first.value !== null && last.value !== null
    ? `from ${scoreNumber(first.value)} to ${scoreNumber(last.value)}`
    : 'no score yet'
}

const dataOf = (points: readonly TrendPoint[]): uPlot.AlignedData => [
  points.map(({ at }) => new Date(at).getTime() / 1000),
  points.map(({ high }) => high),
  points.map(({ low }) => low),
  points.map(({ value }) => value),
]

function optionsOf(
  element: HTMLElement,
  height: number,
  onMove: (index: number | null) => void,
): uPlot.Options {
  const colour = (name: string) => getComputedStyle(element).getPropertyValue(name).trim()
  const axis = {
    stroke: colour('--ink-3'),
    font: `11px ${colour('--font-text')}`,
    grid: { stroke: colour('--edge'), width: 1 },
    ticks: { show: false },
  }
  return {
    width: Math.max(1, element.clientWidth),
    height,
    padding: [6, 6, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
    scales: { x: { time: true }, y: { range: (_plot, low, high) => spanOf(low, high) } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 22,
        space: 60,
        values: '{MMM} {D}',
      },
      { ...axis, size: 32, space: 28, gap: 4 },
    ],
    series: [
      {},
      { stroke: colour('--hatch'), width: 1, dash: [2, 3], points: { show: false } },
      { stroke: colour('--hatch'), width: 1, dash: [2, 3], points: { show: false } },
      { stroke: colour('--fill'), width: 2, points: { show: false } },
    ],
    bands: [{ series: [1, 2], fill: hatching(colour('--hatch')) }],
    hooks: { setCursor: [({ cursor }) => onMove(cursor.idx ?? null)] },
  }
}

/** From what was lowest to what was highest, with some room, within 0 and 100. */
function spanOf(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) return [0, 100]
  return [Math.max(0, Math.floor((low - 4) / 10) * 10), Math.min(100, Math.ceil((high + 2) / 10) * 10)]
}

function hatching(colour: string): CanvasPattern | string {
  const tile = document.createElement('canvas')
  tile.width = 6
  tile.height = 6
  const context = tile.getContext('2d')
  if (!context) return 'transparent'
  context.strokeStyle = colour
  context.globalAlpha = 0.55
  context.beginPath()
  context.moveTo(-1, 7)
  context.lineTo(7, -1)
  context.moveTo(-1, 1)
  context.lineTo(1, -1)
  context.moveTo(5, 7)
  context.lineTo(7, 5)
  context.stroke()
  return context.createPattern(tile, 'repeat') ?? 'transparent'
}
