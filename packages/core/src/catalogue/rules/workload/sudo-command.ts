// Rule: no container's command is run through sudo.

import { hidesText } from '../../../kube/credentials/redaction-note.ts'
import type { Container } from '../../../model/pod-template.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith, podWithInit } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'sudo-command',
  title: 'No container runs its command through sudo',
  severity: 'medium',
  subject: 'PodTemplate',
  appliesTo: { os: 'linux' },
  rationale:
    'sudo is there to become root. A container that needs it runs as another user for show only, has to allow privilege escalation, and hands root to whoever takes the process over.',
  remediation:
    'Take sudo out of the command and out of the image, and give the user of the image the files and capabilities that the work needs.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],

  *violations(pod) {
    for (const container of pod.containers) {
      if (!container.command?.some(speaksOfSudo) && !container.args?.some(speaksOfSudo)) continue
      let isCommand = true
      for (const { word, path } of wordsOf(container)) {
        if (isCommand ? isSudo(word) || runsSudo(word) : runsSudo(word))
          yield { path, actual: word, expected: 'no sudo', discriminator: container.name }
        isCommand &&= isPrefix(word)
      }
    }
  },

  unseen: pod =>
    pod.containers.some(({ command = [], args = [] }) => [...command, ...args].some(hidesText))
      ? 'a credential was taken out of its command line, and what stood there may have been a command'
      : undefined,

  examples: {
    fail: {
      'the command': {
        given: podWith({ command: ['sudo', '-E', 'serve'] }),
        at: ['spec.containers[0].command[0]'],
      },
      'by its path': { given: podWith({ command: ['/usr/bin/sudo', 'serve'] }) },
      'among the arguments': {
        given: podWith({}, { command: ['env', 'A=b'], args: ['sudo', 'serve'] }),
        at: ['spec.containers[1].args[0]'],
      },
      "in a shell's script": {
        given: podWith({ command: ['sh', '-c', 'set -e; sudo chown app /data && exec serve'] }),
      },
      'on a later line, in an init container': {
        given: podWithInit({ command: ['/bin/bash', '-c'], args: ['echo begin\nsudo mount /data'] }),
        at: ['spec.initContainers[0].args[0]'],
      },
      'in a condition': { given: podWith({ command: ['sh', '-c', 'if sudo -n true; then serve; fi'] }) },
      'after settings of its environment, in a CronJob': {
        given: cronJob({ containers: [container({ command: ['sh', '-c', 'A=b sudo -u root backup'] })] }),
      },
      'for the shell that the image starts': { given: podWith({ args: ['sudo serve'] }) },
      'after whatever may stand before a command': {
        given: podWith(
          ...[
            'if true; then sudo serve; fi',
            'if false; then true; else sudo serve; fi',
            'while sudo serve; do true; done',
            'until ! sudo serve; do true; done',
            'for i in 1 2; do sudo serve; done',
            'if ! sudo serve; then true; fi',
            '/usr/bin/dumb-init exec sudo serve',
            'nohup nice -n5 sudo serve',
            'time tini -- sudo serve',
            '/usr/bin/env LONG_NAME=value sudo serve',
          ].map(script => ({ command: ['sh', '-c', script] })),
        ),
        at: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(index => `spec.containers[${index}].command[2]`),
      },
    },
    pass: {
      'nothing said': { given: podWith({}) },
      'another command': { given: podWith({ command: ['serve', '--verbose'] }) },
      'a name that only begins like it': { given: podWith({ command: ['sudoku', '--level=hard'] }) },
      'a file of that name': { given: podWith({ command: ['cat', '/etc/sudoers'] }) },
      'installed by the command': { given: podWith({ command: ['apk', 'add', 'sudo'] }) },
      'only spoken of': {
        given: podWith({ command: ['sh', '-c', 'apt-get install -y sudo && echo no sudo here'] }),
      },
      'a script of which a key was taken out': {
        given: podWith({ args: ['--password=PLIMSOLL-REDACTED.name.token.7.--password_.'] }),
      },
      'a value that names it': { given: podWith({ args: ['--become-method=sudo'] }) },
    },
    notEvaluated: {
      'a script of which a word was taken out': {
        given: podWith({
          command: ['sh', '-c', 'PASSWORD=PLIMSOLL-REDACTED.name.text.4.PASSWORD_.; $PASSWORD serve'],
        }),
      },
    },
    notApplicable: {
      'a Windows pod': {
        given: pod({ os: { name: 'windows' }, containers: [container({ command: ['sudo', 'a'] })] }),
      },
    },
  },
})

function wordsOf(container: Container): { word: string; path: string }[] {
  return (['command', 'args'] as const).flatMap(field =>
    (container[field] ?? []).map((word, i) => ({ word, path: `${container.path}.${field}[${i}]` })),
  )
}

const speaksOfSudo = (word: string) => word.includes('sudo')

const isSudo = (word: string) => /^(?:\/\S*\/)?sudo$/.test(word)

/** A shell script in which a command begins with sudo. */
function runsSudo(script: string): boolean {
  return script.split(/[;&|(`\n]/).some(command => {
    const words = command.split(/\s+/).filter(word => word !== '')
    const first = words.findIndex(word => !isPrefix(word))
    return first >= 0 && first < words.length - 1 && isSudo(words[first] as string)
  })
}

/** What may stand before a command: a shell's keyword, a program that runs it, an option of that, a setting of the environment. */
function isPrefix(word: string): boolean {
  return /^(?:-\S*|\w+=\S*|!|if|then|else|while|until|do|(?:\/\S*\/)?(?:dumb-init|env|exec|nice|nohup|time|tini))$/.test(
    word,
  )
}
