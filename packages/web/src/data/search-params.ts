// Search params: reads single parameters of the URL; what is not as it should be is as if it were not there.

export type Params = Readonly<Record<string, unknown>>

export function textIn(params: Params, name: string): string | undefined {
  const value = params[name]
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function wordIn<const W extends string>(
  params: Params,
  name: string,
  words: readonly W[],
): W | undefined {
  const value = params[name]
  return words.find(word => word === value)
}

/** Parameters of which each may be absent; one that is undefined is left out of the URL. */
export type Search<T> = { [K in keyof T]?: T[K] | undefined }

/** Leaves out what is undefined. */
export const present = <T extends object>(params: T): Search<T> =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined)) as Search<T>
