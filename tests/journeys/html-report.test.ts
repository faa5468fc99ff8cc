// Journeys of the HTML report in a real browser: it asks for nothing, says nothing to the console, filters, is read by keyboard, prints.

import { mkdirSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Browser,
  chromiumPath,
  hasChromium,
  launchChromium,
  type Page,
} from '../../packages/cli/src/testing/chromium.ts'
import { planted, speaking } from './hostile-manifests.ts'
import { pageFaults } from './html-page-faults.ts'
import { plimsoll, samples, useBuiltProgram, useScratchFolder } from './plimsoll.ts'

useBuiltProgram()
const scratch = useScratchFolder()

describe.skipIf(!hasChromium)(`in Chromium (skipped where ${chromiumPath} is not there)`, () => {
  let browser: Browser
  const pages: Record<string, string> = {}
  beforeAll(async () => {
    browser = await launchChromium()
    mkdirSync(scratch('empty'))
    writeFileSync(scratch('speaking.json'), speaking)
    writeFileSync(scratch('planted.yaml'), planted)
    writeFileSync(scratch('broken.yaml'), 'a: [')
    const inputs = {
      samples: [samples],
      hostile: [scratch('speaking.json'), scratch('planted.yaml'), scratch('broken.yaml')],
      empty: [scratch('empty')],
    }
    for (const [name, paths] of Object.entries(inputs)) {
      pages[name] = scratch(`${name}.html`)
      await plimsoll(['scan', ...paths, '-o', 'html', '--output-file', pages[name]])
    }
  })
  afterAll(async () => await browser?.close())

  type Look = Parameters<Browser['newContext']>[0]

  /** Opens a report, and closes it when `use` is done; `noise` is all that the browser said or was asked for meanwhile. */
  async function open(name: string, look: Look, use: (page: Page, noise: string[]) => Promise<void>) {
    const context = await browser.newContext(look)
    const page = await context.newPage()
    const noise: string[] = []
    const url = pathToFileURL(pages[name] ?? '').href
    page.on('request', request => request.url() !== url && noise.push(`request ${request.url()}`))
    page.on('console', message => noise.push(`console ${message.text()}`))
    page.on('pageerror', error => noise.push(`error ${error.message}`))
    page.on('dialog', dialog => {
      noise.push(`dialog ${dialog.message()}`)
      void dialog.dismiss()
    })
    await page.goto(url)
    await use(page, noise)
    await context.close()
  }
  const shown = async (page: Page) => await page.locator('.finding:visible').count()

  const looks = [
    ['wide and light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
    ['wide and dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
    ['narrow and light', { viewport: { width: 400, height: 800 }, colorScheme: 'light' }],
  ] as const
  const names = ['samples', 'hostile', 'empty']

  test.each(names.flatMap(name => looks.map(look => [name, ...look] as const)))(
    'the page of %s, %s: quiet, legible, named and within its width',
    async (name, _, look) => {
      await open(name, look, async (page, noise) => {
        // Whatever is folded in is looked at too.
        await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        expect(await page.evaluate(pageFaults)).toEqual([])
        expect(noise).toEqual([])
      })
    },
  )

  test('search, rule and severity narrow what is shown, and say how much that is', async () => {
    await open('samples', {}, async page => {
      const all = await shown(page)
      expect(await page.locator('#shown').textContent()).toBe(`${all} findings in 5 resources shown`)
      await page.fill('#search', 'PRIVILEGED-container exporter')
      expect(await shown(page)).toBe(1)
      expect(await page.locator('#shown').textContent()).toBe('1 finding in 1 resource shown')
      await page.fill('#search', 'no such thing')
      expect([await shown(page), await page.locator('.resource:visible').count()]).toEqual([0, 0])
      await page.fill('#search', '')
      await page.selectOption('#rule', 'host-path-volume')
      expect(
        await page
          .locator('.finding:visible')
          .evaluateAll(found => found.map(one => one.getAttribute('data-rule'))),
      ).toEqual(Array(3).fill('host-path-volume'))
      await page.selectOption('#rule', '')
      for (const severity of ['medium', 'low']) await page.uncheck(`input[value=${severity}]`)
      const severities = await page
        .locator('.finding:visible')
        .evaluateAll(found => found.map(one => one.getAttribute('data-severity')))
      expect(new Set(severities)).toEqual(new Set(['critical', 'high']))
    })
  })

  test('the keyboard reaches and works everything', async () => {
    await open('samples', {}, async page => {
      const focused = () =>
        page.evaluate(
          "(({ id, tagName, value }) => id || [tagName.toLowerCase(), value].filter(Boolean).join(' '))(document.activeElement)",
        )
      const reached: unknown[] = []
      for (let i = 0; i < 9; i++) {
        await page.keyboard.press('Tab')
        reached.push(await focused())
      }
      const boxes = ['critical', 'high', 'medium', 'low'].map(severity => `input ${severity}`)
      expect(reached).toEqual(['summary', 'summary', 'search', 'rule', ...boxes, 'summary'])
      await page.keyboard.press('Enter')
      expect(await page.locator('.resource').first().getAttribute('open')).toBeNull()
      await page.keyboard.press('Enter')
      expect(await page.locator('.resource').first().getAttribute('open')).toBe('')
      const before = await shown(page)
      await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Space')
      expect(await shown(page)).toBeLessThan(before)
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).not.toBe('none')
    })
  })

  test('on paper all is unfolded, dark on white, without the filters', async () => {
    await open('samples', { colorScheme: 'dark' }, async page => {
      await page.locator('.resource > summary').first().click()
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
      await page.evaluate("dispatchEvent(new Event('beforeprint'))")
      expect(await page.locator('#filters').isVisible()).toBe(false)
      expect(await page.locator('details:not([open])').count()).toBe(0)
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
        'rgb(255, 255, 255)',
      )
      expect(await page.evaluate(pageFaults)).toEqual([])
      expect((await page.pdf()).length).toBeGreaterThan(20_000)
    })
  })

  test('without JavaScript all findings are there, and no filter that would do nothing', async () => {
    await open('samples', { javaScriptEnabled: false }, async page => {
      expect(await page.locator('#filters').isVisible()).toBe(false)
      expect(await shown(page)).toBeGreaterThan(80)
    })
  })
})
