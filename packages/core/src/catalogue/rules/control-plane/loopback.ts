// Loopback: addresses that only the machine itself reaches.

const loopback = /^127(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/

/** True for an address, without port, that only the machine itself reaches. */
export function isLoopback(address: string): boolean {
  return loopback.test(address) || address === '::1' || address === '[::1]'
}

/** True for a host name or address that only the machine itself reaches. */
export function isLocalHost(host: string): boolean {
  return host === 'localhost' || isLoopback(host)
}
