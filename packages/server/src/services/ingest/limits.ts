// Limits: how much one collector may send, so that none can fill the server's memory, disk or time.

import type { IngestLimits } from '@plimsoll/core/contract'

export interface Limits extends IngestLimits {
  /** Requests of one collector that are read at a time. */
  readonly requestsPerCollector: number
  /** Requests that this process reads at a time; each holds some 30 MiB. */
  readonly requestsAtOnce: number
  /** Seconds without a byte after which a request is given up. */
  readonly idleSeconds: number
}

/** Twice what the largest cluster we know of sends. */
export const defaultLimits: Limits = {
  objectBytes: 8 * 1024 * 1024,
  uploadBytes: 4 * 1024 ** 3,
  uploadItems: 2_000_000,
  uploadsAtOnce: 8,
  uploadHours: 6,
  ratio: 200,
  requestsPerCollector: 4,
  requestsAtOnce: 12,
  idleSeconds: 60,
}
