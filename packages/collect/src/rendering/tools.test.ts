import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { findTools } from './tools.ts'

test('finds the first executable file on PATH, of absolute folders only', () => {
  const { path, write } = scratchFolder()
  write('a/helm', '', 0o644)
  mkdirSync(join(path, 'b/helm'), { recursive: true })
  const helm = write('c/helm', '', 0o755)
  write('d/helm', '', 0o755)
  const folders = ['a', 'b', 'c', 'd'].map(name => join(path, name))
  expect(findTools({ PATH: ['.', '', ...folders].join(':') })).toEqual({
    helm: { path: helm },
    kubectl: { missing: 'kubectl is not on PATH and PLIMSOLL_KUBECTL is not set' },
  })
})

test('takes the one that is named, and no other in its place', () => {
  const { path, write } = scratchFolder()
  const mine = write('mine', '', 0o755)
  write('bin/helm', '', 0o755)
  const environment = { PATH: join(path, 'bin'), PLIMSOLL_HELM: mine, PLIMSOLL_KUBECTL: '/gone' }
  expect(findTools(environment)).toEqual({
    helm: { path: mine },
    kubectl: { missing: 'PLIMSOLL_KUBECTL names /gone, which is not an executable file' },
  })
  expect(findTools(environment, { helm: '/gone/helm' }).helm).toEqual({
    missing: '/gone/helm, which is not an executable file',
  })
})
