// Line diff: how one text became another, line by line.

export interface DiffLine {
  readonly type: 'same' | 'removed' | 'added'
  readonly text: string
  /** Numbers of the line before and after, from 1; undefined where it is not there. */
  readonly before: number | undefined
  readonly after: number | undefined
}

/** The longest common lines stay, the others are removed and added. Time and space grow with the product of the differing middles. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const a = before.split('\n')
  const b = after.split('\n')
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail++
  const rows = a.length - head - tail
  const columns = b.length - head - tail
  const width = columns + 1
  const common = new Uint32Array((rows + 1) * width)
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      common[i * width + j] =
        a[head + i] === b[head + j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0)
  const lines: DiffLine[] = []
  const same = (i: number, j: number) =>
    void lines.push({ type: 'same', text: a[i] ?? '', before: i + 1, after: j + 1 })
  for (let i = 0; i < head; i++) same(i, i)
  let [i, j] = [0, 0]
  while (i < rows || j < columns) {
    if (i < rows && j < columns && a[head + i] === b[head + j]) same(head + i++, head + j++)
    else if (
      i < rows &&
      (j === columns || (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    )
      lines.push({ type: 'removed', text: a[head + i] ?? '', before: head + ++i, after: undefined })
    else lines.push({ type: 'added', text: b[head + j] ?? '', before: undefined, after: head + ++j })
  }
  for (let k = tail; k > 0; k--) same(a.length - k, b.length - k)
  return lines
}
