// Embedded parent: a process of its own that runs an embedded database, for tests that kill it.

import { startEmbedded } from '../database/embedded.ts'

const { url, pid } = await startEmbedded({ folder: process.argv[2] as string })
process.stdout.write(`${JSON.stringify({ url, pid: pid() })}\n`)
setInterval(() => {}, 1000)
