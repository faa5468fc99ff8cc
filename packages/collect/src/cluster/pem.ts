// PEM: the text of a certificate or key that a kubeconfig names.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { text } from './fields.ts'

/** The text of a certificate or key: `<field>-data` in base64 before the file that `<field>` names, as for kubectl. */
export function pemOf(
  fields: Readonly<Record<string, unknown>>,
  field: string,
  folder: string,
): { readonly pem?: string } | { readonly problem: string } {
  const data = text(fields[`${field}-data`])
  if (data !== undefined) return { pem: Buffer.from(data, 'base64').toString('utf8') }
  const file = text(fields[field])
  if (file === undefined) return {}
  try {
    return { pem: readFileSync(resolve(folder, file), 'utf8') }
  } catch (error) {
    return { problem: `the ${field} cannot be read: ${(error as Error).message}` }
  }
}
