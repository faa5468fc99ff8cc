// Floor: a process that does nothing but parse one JSON file.

import { readFileSync } from 'node:fs'

const { items } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as { items: unknown[] }
console.log(items.length)
