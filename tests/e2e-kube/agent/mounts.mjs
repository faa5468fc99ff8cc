/**
 * Lets a program find files where its pod would have them mounted: what it reads and writes below a mount is in the folder that stands for it.
 * Loaded before the program by `node --import`; MOUNTS is JSON of each mount's path and its folder.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const mounts = Object.entries(JSON.parse(process.env.MOUNTS ?? '{}'))

function here(path) {
  if (typeof path !== 'string') return path
  for (const [mount, folder] of mounts)
    if (path === mount || path.startsWith(`${mount}/`)) return folder + path.slice(mount.length)
  return path
}

for (const api of [fs, fs.promises])
  for (const [name, real] of Object.entries(api)) {
    if (typeof real !== 'function' || !/^[a-z]/.test(name)) continue
    api[name] = Object.assign((path, ...more) => Reflect.apply(real, api, [here(path), ...more]), real)
  }
syncBuiltinESMExports()
