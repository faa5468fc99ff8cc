/** Makes namespaces in which pods can be created, whether or not controllers run. */
import type { ControlPlane } from './control-plane.ts'

/** Creates the namespace with its `default` ServiceAccount, without which every pod is refused. */
export async function createNamespace(
  plane: ControlPlane,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<void> {
  await plane.call('POST', '/api/v1/namespaces', { body: { metadata: { name, labels } } })
  const account = { metadata: { name: 'default' } }
  const path = `/api/v1/namespaces/${name}/serviceaccounts`
  const made = await plane.request('POST', path, { body: account })
  // Where controllers run, theirs may be first.
  if (made.status !== 201 && made.status !== 409) throw new Error(`POST ${path}: ${made.status} ${made.text}`)
}
