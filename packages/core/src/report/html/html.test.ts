// Tests of HTML: one page without requests, in which nothing from manifests is markup.

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { write } from '../testing/formats.ts'
import { hostileAssessment, hostileParts } from '../testing/hostile.ts'
import { assessmentOf, entry, failure, mixedAssessment, options } from '../testing/sample-assessment.ts'
import { htmlReport } from './html.ts'
import { scriptHash, styleHash } from './policy.ts'
import { script } from './script.ts'
import { style } from './style.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64')

test('the policy allows exactly the style and the script of the page', () => {
  expect({ styleHash, scriptHash }).toEqual({ styleHash: sha256(style), scriptHash: sha256(script) })
  const page = write(htmlReport, mixedAssessment())
  expect(page).toContain(`<style>${style}</style>`)
  expect(page).toContain(`<script>${script}</script>`)
  expect(page.match(/<script/g)).toHaveLength(1)
})

test('nothing is asked for from outside', () => {
  const page = write(htmlReport, mixedAssessment(), { rules: options.rules })
  expect(page).not.toMatch(/\b(?:src|href|srcset|action|poster)\s*=|url\(|@import|fetch\(|XMLHttpRequest/i)
})

const tags = new Set(
  (
    'html head meta title style body header main footer div span h1 h2 h3 h4 p svg circle path rect section ul li b br ' +
    'code details summary table thead tbody tr th td form input select option fieldset legend label script'
  ).split(' '),
)
const attributeNames = new Set(
  (
    'lang charset http-equiv content name class viewBox aria-hidden aria-label role cx cy r fill stroke stroke-width d ' +
    'width height x preserveAspectRatio id hidden type placeholder value checked open data-weight data-severity data-rule scope'
  ).split(' '),
)

/** Every tag of the page with its attributes; throws on a `<` that begins none. */
function tagsOf(page: string): { name: string; attributes: string[] }[] {
  const body = page
    .replace(`<style>${style}</style>`, '')
    .replace(`<script>${script}</script>`, '')
    .replace('<!doctype html>', '')
  const found: { name: string; attributes: string[] }[] = []
  const rest = body.replace(
    /<\/?([a-zA-Z0-9]+)((?:\s+[a-zA-Z-]+(?:="[^"]*")?)*)\s*\/?>/g,
    (_, name: string, attributes: string) => {
      found.push({
        name: name.toLowerCase(),
        attributes: [...attributes.matchAll(/\s([a-zA-Z-]+)(?:="[^"]*")?/g)].map(([, one]) => one as string),
      })
      return ''
    },
  )
  expect(rest).not.toContain('<')
  return found
}

test('no tag and no attribute but our own, whatever manifests hold', () => {
  fc.assert(
    fc.property(hostileParts, parts => {
      for (const { name, attributes } of tagsOf(write(htmlReport, hostileAssessment(parts)))) {
        expect(tags).toContain(name)
        for (const attribute of attributes) expect(attributeNames).toContain(attribute)
      }
    }),
    { numRuns: 150 },
  )
})

test('what is found, accepted and not looked at stands on the page', () => {
  const page = write(htmlReport, mixedAssessment())
  for (const text of [
    '3 findings in 2 of 3 resources',
    'Deployment shop/web',
    'line 59',
    'Accepted by exceptions',
    'team-a',
    'no score (40.0 to 66.7)',
    'Not everything was looked at',
  ])
    expect(page).toContain(text)
})

test('findings beyond what a browser bears are counted', () => {
  const resources = Array.from({ length: 600 }, (_, i) => entry('Pod', `p${i}`))
  const results = resources.map((one, i) =>
    failure('memory-limit', one, { evidence: [{ path: 'x', actual: i, expected: 'y' }] }),
  )
  expect(write(htmlReport, assessmentOf({ resources, results }))).toContain(
    '100 more findings in 100 resources are not on this page, medium at worst',
  )
})
