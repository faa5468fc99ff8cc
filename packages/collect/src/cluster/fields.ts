// Fields: reads single fields of kubeconfig entries.

/** A field that holds text; undefined where it is absent, empty or anything else. */
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
