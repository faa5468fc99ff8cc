// Stories in a real browser: every shared part in all its states; axe finds nothing in both themes, nothing is complained of, and all of it fits.

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { build, type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsOf, shoot } from './browser.ts'

const web = resolve(import.meta.dirname, '../../packages/web')

describe.skipIf(!existsSync('/usr/bin/chromium'))('stories', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-stories-'))
  let pages: PreviewServer
  beforeAll(async () => {
    const shared = { configFile: join(web, 'vite.config.ts'), logLevel: 'error' } as const
    await build({
      ...shared,
      build: { outDir: folder, rolldownOptions: { input: join(web, 'stories.html') } },
    })
    pages = await preview({ ...shared, build: { outDir: folder }, preview: { host: '127.0.0.1', port: 0 } })
  })
  afterAll(async () => {
    await pages?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
  ] as const)('%s, %i pixels', async (theme, width) => {
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--headless', '--no-sandbox', '--disable-gpu'],
    })
    const page = await browser.newPage({
      viewport: { width, height: 4200 },
      colorScheme: theme,
      reducedMotion: 'reduce',
    })
    const incidents: string[] = []
    page.on('console', message => {
      if (message.type() === 'error') incidents.push(message.text())
    })
    page.on('pageerror', error => void incidents.push(String(error)))
    await page.goto(`${pages.resolvedUrls?.local[0]}stories.html`)
    await page.getByRole('region', { name: 'Time' }).waitFor()
    await shoot(page, `stories-${theme}-${width}`)
    expect(incidents).toEqual([])
    expect(await faultsOf(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await browser.close()
  })
})
