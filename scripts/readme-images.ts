// README images: takes the README's pictures from a running server with the sample fleet, in both themes: `tsx scripts/readme-images.ts <url> <login> <password>`.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { root } from './modules.ts'

interface Picture {
  readonly name: string
  readonly path: string
  /** What is done there before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>
}

const pictures: readonly Picture[] = [
  { name: 'overview', path: '/' },
  { name: 'findings', path: '/findings' },
  {
    name: 'finding',
    path: '/findings',
    act: async page => {
      await page.getByRole('table').getByRole('row').nth(1).getByRole('cell').nth(2).click()
      await page.getByRole('complementary', { name: 'Finding', exact: true }).waitFor()
    },
  },
  {
    name: 'cluster',
    path: '/clusters',
    act: async page => {
      await page.getByRole('link', { name: 'insights', exact: true }).click()
      await page.getByRole('heading', { name: 'Collectors' }).waitFor()
    },
  },
  {
    name: 'add-cluster',
    path: '/add-cluster',
    act: async page => {
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('staging-eu')
    },
  },
]

const [url = '', login = 'admin', password = ''] = process.argv.slice(2)
const folder = join(root, 'docs', 'images')
mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
})
for (const theme of ['light', 'dark'] as const) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: theme,
    reducedMotion: 'reduce',
  })
  const answer = await context.request.post(`${url}/api/v1/session`, {
    data: { login, password },
    headers: { origin: url },
  })
  if (!answer.ok()) throw new Error(`signing in failed: ${await answer.text()}`)
  const page = await context.newPage()
  const debug = await context.newCDPSession(page)
  for (const { name, path, act } of pictures) {
    await page.goto(url + path)
    await page.locator('h1').first().waitFor()
    await act?.(page)
    await quiet(page)
    const { data } = await debug.send('Page.captureScreenshot', { format: 'webp', quality: 82 })
    const file = `${name}${theme === 'dark' ? '-dark' : ''}.webp`
    const bytes = Buffer.from(data, 'base64')
    writeFileSync(join(folder, file), bytes)
    console.log(`${file} ${Math.round(bytes.length / 1024)} kB`)
  }
  await context.close()
}
await browser.close()

/** Until nothing is shown as loading any more, and what came was drawn. */
async function quiet(page: Page): Promise<void> {
  await page.waitForTimeout(500)
  const loading = page.locator('[aria-label="Loading"]')
  while ((await loading.count()) > 0) await loading.first().waitFor({ state: 'detached' })
  await page.waitForTimeout(500)
}
