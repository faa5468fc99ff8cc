/** Writes kubeconfig files for the users of a control plane under test. */

/** A kubeconfig (JSON, which is YAML) with one cluster, one user by token, and one context named `plimsoll`. */
export function kubeconfig(cluster: { url: string; caFile: string }, user: string, token: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'plimsoll', cluster: { server: cluster.url, 'certificate-authority': cluster.caFile } },
    ],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: 'plimsoll', context: { cluster: 'plimsoll', user } }],
    'current-context': 'plimsoll',
  })
}
