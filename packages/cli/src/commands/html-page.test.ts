// Tests of the HTML report in a real browser: nothing is asked for, nothing breaks, filters filter, and it fits small screens.

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runProgram } from './program.ts'
import { fakeKit, pod } from './testing/fake-kit.ts'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  path => existsSync(path),
)
const args =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
    ' ',
  )

if (!executablePath) test.skip('there is no Chromium to look at the HTML report with', () => {})
else
  describe('the HTML report in Chromium', () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-html-'))
    const file = join(folder, 'report.html')
    let browser: Browser
    beforeAll(async () => {
      const hostile =
        '<img src=https://example.com/x onerror=alert(1)><script>document.title="owned"</script>'
      const resources = [
        pod('web', { hostPID: true, hostIPC: true }),
        pod('api', { hostIPC: true }),
        pod(hostile, { hostPID: true }),
      ]
      const gaps = [{ scope: hostile, reason: 'unparsable', detail: hostile } as const]
      const kit = fakeKit({ resources, gaps, workingDirectory: folder })
      await runProgram(['scan', 'x', '-o', 'html', '--output-file', file], {
        kit,
        nodeVersion: '20',
        onFlags: () => {},
      })
      browser = await chromium.launch({ executablePath, args })
    }, 60_000)
    afterAll(async () => {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    })

    /** Opens the page, and gives what it asked for and complained of. */
    async function open(width: number, colorScheme: 'light' | 'dark' = 'light') {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
      const incidents: string[] = []
      page.on('request', request => request.url().startsWith('file:') || incidents.push(request.url()))
      page.on('console', message => incidents.push(message.text()))
      page.on('pageerror', error => incidents.push(String(error)))
      page.on('dialog', dialog => void incidents.push(dialog.message()))
      await page.goto(pathToFileURL(file).href)
      return { page, incidents }
    }
    const shown = (page: Page) => page.locator('.finding:visible').count()

    test('asks for nothing, runs nothing of what was found, and fits', async () => {
      for (const width of [1280, 400])
        for (const scheme of ['light', 'dark'] as const) {
          const { page, incidents } = await open(width, scheme)
          expect(incidents).toEqual([])
          expect(await page.title()).toMatch(/^4 findings in 3 of 3 resources/)
          expect(await page.locator('img').count()).toBe(0)
          expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
          await page.close()
        }
    }, 60_000)

    test('filters by severity, rule and words, and counts what is left', async () => {
      const { page } = await open(1280)
      expect(await shown(page)).toBe(4)
      await page.uncheck('input[value=medium]')
      expect(await shown(page)).toBe(2)
      expect(await page.locator('#shown').textContent()).toBe('2 findings in 2 resources shown')
      await page.check('input[value=medium]')
      await page.selectOption('#rule', 'host-ipc')
      expect(await shown(page)).toBe(2)
      await page.fill('#search', 'shop/api')
      expect(await shown(page)).toBe(1)
      expect(await page.locator('.resource:visible').count()).toBe(1)
      await page.close()
    }, 60_000)

    test('prints everything, without the filters', async () => {
      const { page } = await open(1280)
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('#filters').isVisible()).toBe(false)
      expect(await shown(page)).toBe(4)
      await page.close()
    }, 60_000)
  })
