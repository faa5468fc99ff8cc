// Timestamp: tells what Go's YAML reader accepts under the tag `!!timestamp`.

const form =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]| +)(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(Z|[-+](\d\d):(\d\d))?)?$/

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

/** Whether the text is a date, a date with a time and a zone after `T`, or one with a time and no zone after spaces. */
export function isTimestamp(text: string): boolean {
  const found = form.exec(text)
  if (!found) return false
  const field = (index: number): number => Number(found[index] ?? 0)
  const hasTime = found[4] !== undefined
  if (hasTime && /[Tt]/.test(text) !== (found[7] !== undefined)) return false
  return (
    field(2) >= 1 &&
    field(2) <= 12 &&
    field(3) >= 1 &&
    field(3) <= daysIn(field(1), field(2)) &&
    field(4) < 24 &&
    field(5) < 60 &&
    field(6) < 60 &&
    field(8) <= 24 &&
    field(9) <= 60
  )
}
