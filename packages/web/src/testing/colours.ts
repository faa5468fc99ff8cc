// Colours: how much two stand out from one another, for eyes of every kind: contrasts by WCAG, and distances as eyes with a colour deficiency see them.

export type Colour = readonly [number, number, number]

/** Of `#rrggbb`: red, green and blue from 0 to 1. */
export function colourOf(hex: string): Colour {
  const [, red = '', green = '', blue = ''] = /^#(..)(..)(..)$/.exec(hex) ?? []
  const part = (digits: string) => Number.parseInt(digits, 16) / 255
  return [part(red), part(green), part(blue)]
}

const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
const light = ([red, green, blue]: Colour): Colour => [linear(red), linear(green), linear(blue)]
const times = (rows: readonly Colour[], [x, y, z]: Colour): Colour => {
  const [a = 0, b = 0, c = 0] = rows.map(([i, j, k]) => i * x + j * y + k * z)
  return [a, b, c]
}

/** From 1 to 21: WCAG 2.2, "contrast ratio". */
export function contrast(one: Colour, other: Colour): number {
  const luminance = (colour: Colour) => times([[0.2126, 0.7152, 0.0722]], light(colour))[0]
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (bright + 0.05) / (dark + 0.05)
}

/** What reaches eyes that lack a kind of cone: Machado, Oliveira, Fernandes 2009, severity 1, in linear light. */
const seenBy = {
  everybody: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Readonly<Record<string, readonly Colour[]>>

export type Eyes = keyof typeof seenBy
export const eyes = Object.keys(seenBy) as Eyes[]

/** How far two are apart in CIE L*a*b* (1976, D65) for these eyes; about 2.3 is just told apart. */
export function distance(one: Colour, other: Colour, by: Eyes = 'everybody'): number {
  const [a, b] = [lab(times(seenBy[by], light(one))), lab(times(seenBy[by], light(other)))]
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

function lab(seen: Colour): Colour {
  const bounded = seen.map(part => Math.min(1, Math.max(0, part))) as unknown as Colour
  const [x, y, z] = times(
    [
      [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339 / 1.08883, 0.119192 / 1.08883, 0.9503041 / 1.08883],
    ],
    bounded,
  )
  const root = (part: number) => (part > 216 / 24389 ? Math.cbrt(part) : ((24389 / 27) * part + 16) / 116)
  return [116 * root(y) - 16, 500 * (root(x) - root(y)), 200 * (root(y) - root(z))]
}
