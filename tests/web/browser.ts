// Browser: opens the web interface in a real Chromium as somebody would, notes all that goes wrong, and takes screenshots.

import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import { type Browser, type Page, chromium as program } from 'playwright-core'
import { afterAll, beforeAll, inject } from 'vitest'
import type { WebServer } from './start-server.ts'

const flags =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
    ' ',
  )

const chromium = '/usr/bin/chromium'
export const hasBrowser = existsSync(chromium)

/** The server that all files share; null where there is no Chromium to look at it. */
export const server = inject('web') ?? null

/** Milliseconds that a state is waited for: busy machines need them, others never do. */
const patience = 100_000

export interface Look {
  readonly theme?: 'light' | 'dark'
  readonly width?: number
  readonly height?: number
  /** Sees the page as nobody who is signed in. */
  readonly isStranger?: boolean
  /** Sees it as somebody else than the admin: the session's cookie. */
  readonly as?: { readonly cookie: string }
}

export interface Opened {
  readonly page: Page
  /** Complaints of the console, breaches of the policy, faults, and requests to elsewhere, a line each. */
  readonly incidents: string[]
}

export interface OpenBrowser {
  /** Opens a path; waits until what it shows was read. */
  open(path: string, look?: Look): Promise<Opened>
}

/** A browser for the tests of a file; it looks at the server of all files unless another is named. */
export function useBrowser(at: () => Pick<WebServer, 'url' | 'cookie'> | null = () => server): OpenBrowser {
  let browser: Browser | undefined
  beforeAll(async () => {
    if (hasBrowser) browser = await program.launch({ executablePath: chromium, args: flags })
  })
  afterAll(async () => browser?.close())
  return {
    async open(path, { theme = 'light', width = 1440, height = 900, isStranger = false, as } = {}) {
      const server = at()
      if (!browser || !server) throw new Error('there is no Chromium')
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        reducedMotion: 'reduce',
        acceptDownloads: true,
      })
      if (!isStranger) {
        const [name = '', value = ''] = (as ?? server).cookie.split('=')
        await context.addCookies([{ name, value, url: server.url, httpOnly: true, sameSite: 'Lax' }])
      }
      context.setDefaultTimeout(patience)
      const page = await context.newPage()
      const incidents: string[] = []
      page.on('console', message => {
        if (message.type() === 'error' || message.type() === 'warning') incidents.push(message.text())
      })
      page.on('pageerror', error => void incidents.push(String(error)))
      page.on('request', request => {
        if (!request.url().startsWith(`${server.url}/`)) incidents.push(`asks ${request.url()}`)
      })
      await page.goto(server.url + path)
      await settled(page)
      return { page, incidents }
    },
  }
}

/** Until nothing is shown as loading or as the answer to what was asked before, and what came was drawn. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  const loading = page.locator('[aria-label="Loading"], [aria-busy="true"]')
  // Asked from outside, since the policy forbids a page to evaluate text while it polls.
  while ((await loading.count()) > 0) await loading.first().waitFor({ state: 'detached' })
  await page.evaluate('new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))')
}

/** What axe finds against WCAG 2.2 AA, a line each. It is run by the debugger, which the policy does not bind. */
export async function axeFaults(page: Page): Promise<string[]> {
  await settled(page)
  return faultsOf(page)
}

/** The same of a page as it stands, also where something is shown as loading. */
export async function faultsOf(page: Page): Promise<string[]> {
  const debug = await page.context().newCDPSession(page)
  await debug.send('Runtime.evaluate', { expression: axe.source })
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { result } = await debug.send('Runtime.evaluate', {
    expression: `axe.run(document, { runOnly: ${JSON.stringify(tags)} }).then(({ violations }) => JSON.stringify(
      violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => id + ': ' + html.slice(0, 160) + ' ' + (any[0]?.message ?? '')))))`,
    awaitPromise: true,
    returnByValue: true,
  })
  return JSON.parse(String(result.value)) as string[]
}

/** Into the folder that `PLIMSOLL_SHOTS` names; nowhere without it. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.PLIMSOLL_SHOTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
