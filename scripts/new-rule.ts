// New rule: writes the file of a rule with its parts to fill in; the examples that it leaves empty fail the tests until they are there.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './modules.ts'

const given = process.argv[2] ?? ''
const found = /^([a-z][a-z0-9-]*)\/([a-z][a-z0-9-]*)$/.exec(given)
if (!found) {
  console.error('usage: npm run new:rule -- <area>/<rule-id>    (kebab-case, such as workload/my-rule)')
  process.exit(2)
}
const [, area, id] = found as unknown as [string, string, string]
const file = `packages/core/src/catalogue/rules/${area}/${id}.ts`
const path = join(root, file)
if (existsSync(path)) {
  console.error(`${file} is there already`)
  process.exit(2)
}

mkdirSync(dirname(path), { recursive: true })
writeFileSync(
  path,
  `// Rule: say here in one sentence what holds when it passes.

import { defineRule } from '../../../model/rule.ts'
import { podWith } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: '${id}',
  title: 'What is true when it passes',
  severity: 'medium',
  subject: 'PodTemplate',
  rationale: 'Why it matters, in a sentence or two.',
  remediation: 'What a person does to mend it.',

  *violations(pod) {
    for (const container of pod.containers)
      if (container.image === undefined)
        yield {
          path: \`\${container.path}.image\`,
          actual: undefined,
          expected: 'what should stand there',
          discriminator: container.name,
        }
  },

  examples: {
    fail: {},
    pass: { 'nothing said': { given: podWith({}) } },
  },
})
`,
)
console.error(
  `wrote ${file}: fill it in, add examples with their near misses, then npm run generate && npm run check`,
)
