// Kubeconfig file: the text of a kubeconfig for a test.

/** A kubeconfig with one context `test`, as JSON, which is YAML too. */
export function kubeconfig(cluster: object, user: object = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'test', context: { cluster: 'c', user: 'u' } }],
  })
}
