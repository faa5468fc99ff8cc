// Tests of completion: what a real bash offers, and scripts that other shells can parse.

import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { runProgram } from './program.ts'
import { fakeKit } from './testing/fake-kit.ts'

async function script(shell: string): Promise<string> {
  const kit = fakeKit()
  await runProgram(['completion', shell], { kit, nodeVersion: '20', onFlags: () => {} })
  return kit.written()
}

const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0

test.runIf(has('bash'))('bash offers verbs, flags, values and ids', async () => {
  const text = await script('bash')
  const offered = (...words: string[]) => {
    const line = ['plimsoll', ...words].map(word => `'${word}'`).join(' ')
    const run = `${text}\nCOMP_WORDS=(${line}) COMP_CWORD=${words.length}\n_plimsoll\nprintf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', run], { encoding: 'utf8', cwd: '/' })
    expect(stderr).toBe('')
    return stdout.split('\n').filter(Boolean)
  }
  expect(offered('sc')).toEqual(['scan'])
  expect(offered('')).toContain('explain')
  expect(offered('scan', '--fail-o')).toEqual(['--fail-on'])
  expect(offered('scan', '--fail-on', '')).toEqual(['critical', 'high', 'medium', 'low'])
  expect(offered('scan', 'x', '--benchmark', 'pss-')).toEqual(['pss-baseline', 'pss-restricted'])
  expect(offered('scan', '-o', 's')).toEqual(['sarif'])
  expect(offered('scan', '--rule', 'host-q')).toEqual(['host-quiet'])
  expect(offered('scan', 'et')).toContain('etc')
  expect(offered('-o', 'json', 'rules', '')).toEqual(['show'])
  expect(offered('rules', 'show', 'host-p')).toEqual(['host-pid'])
  expect(offered('explain', 'host-i')).toEqual(['host-ipc'])
  expect(offered('completion', '')).toEqual(['bash', 'zsh', 'fish'])
})

test.runIf(has('zsh'))('zsh parses its script', async () => {
  expect(spawnSync('zsh', ['-n'], { input: await script('zsh'), encoding: 'utf8' }).stderr).toBe('')
})

test.runIf(has('fish'))('fish parses its script', async () => {
  expect(spawnSync('fish', ['-n'], { input: await script('fish'), encoding: 'utf8' }).stderr).toBe('')
})

test('all three name every verb and flag', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const text = await script(shell)
    for (const word of [
      'scan',
      'preflight',
      'snapshot',
      'save',
      'fail-on',
      'kubernetes-version',
      'host-pid',
      'pss-restricted',
    ])
      expect(text).toContain(word)
  }
})
