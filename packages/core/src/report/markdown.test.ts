// Tests of Markdown: fits into a comment, and what manifests hold stays between backticks.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markdownReport } from './markdown.ts'
import { write } from './testing/formats.ts'
import { hostileAssessment, hostileParts } from './testing/hostile.ts'
import { assessmentOf, entry, failure, mixedAssessment } from './testing/sample-assessment.ts'

test('what a reviewer sees', () => {
  expect(write(markdownReport, mixedAssessment())).toMatchInlineSnapshot(`
    "## Plimsoll: 3 findings in 2 of 3 resources

    1 critical · 1 high · 1 medium

    1 accepted by exceptions · 2 verdicts passed

    > [!WARNING]
    > **Not everything was looked at**: 1 gap, 1 verdict not evaluated, 1 error.
    > - unparsable: \`shop/broken.yaml:3:7\` \`a quote is not closed\`
    > - rule \`memory-limit\` broke on 1 resource: \`the rule failed: TypeError: it is no list\`

    | severity | rule | resource | found → expected | how to mend it |
    | --- | --- | --- | --- | --- |
    | critical | \`privileged-container\` No container runs privileged | \`Deployment shop/web\` \`shop/app.yaml:59\` | \`main\`<br>\`spec.template.spec.containers[0].securityContext.privileged = true → unset or false\` | Leave securityContext.privileged unset. |
    | high | \`host-pid\` No pod shares the processes of its node | \`Deployment shop/web\` \`shop/app.yaml:26\` | \`spec.template.spec.hostPID = true → unset or false\` | set it to false |
    | medium | \`memory-limit\` Every container has a memory limit | \`Deployment shop/api\` \`shop/app.yaml:56\` | \`main\`<br>\`spec.template.spec.containers[0].resources.limits.memory is not set → a memory limit\` | Set resources.limits.memory. |

    | benchmark | score | pass | fail | not evaluated | manual | not applicable |
    | --- | --- | --- | --- | --- | --- | --- |
    | \`pss-baseline@1.34\` | no score (40.0 to 66.7) | 0 | 2 | 0 | 1 | 0 |

    ### Exceptions

    - \`exception e-2 covers no failure\`
    "
  `)
})

/** The text outside of code spans, as CommonMark finds them: as many backticks close as opened. */
function outsideCode(text: string): string {
  return text.replace(/(?<!`)(`+)(?!`)(?:.*?[^`])?\1(?!`)/g, '§')
}

test('nothing that was found in a manifest becomes markup, a mention, a link or a cell', () => {
  fc.assert(
    fc.property(hostileParts, parts => {
      for (const line of write(markdownReport, hostileAssessment(parts)).split('\n')) {
        const open = outsideCode(line)
          .replaceAll('<br>', '')
          .replace(/&(?:lt|#64);/g, '')
          .replace(/\\./g, '')
        expect(open).not.toMatch(/[<@`]|\]\(|#\d/)
        if (line.startsWith('| critical')) expect(open.split('|')).toHaveLength(7)
      }
    }),
    { numRuns: 200 },
  )
})

test('very many findings still make a comment, which says how many are left out', () => {
  const resources = Array.from({ length: 900 }, (_, i) =>
    entry('Deployment', `web-${i}-${'x'.repeat(60)}`, i + 1),
  )
  const results = resources.map((one, i) =>
    failure('memory-limit', one, { evidence: [{ path: 'spec.x', actual: i, expected: 'y' }] }),
  )
  const text = write(markdownReport, assessmentOf({ resources, results }))
  expect(text.length).toBeLessThan(65_536)
  const rows = text.match(/^\| medium/gm)?.length ?? 0
  expect(rows).toBeGreaterThan(50)
  expect(text).toContain(`**${900 - rows} findings more do not fit here**`)
})
