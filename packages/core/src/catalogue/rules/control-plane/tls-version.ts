// TLS version: the versions that the components of Kubernetes know, by the names of their flags.

/** True for a minimum below TLS 1.2, and for a text that no component takes; unset means TLS 1.2. Source: Go's crypto/tls since 1.18. */
export function isOldTls(minimum: string): boolean {
  return !['', 'VersionTLS12', 'VersionTLS13'].includes(minimum)
}
