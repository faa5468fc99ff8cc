// Every screen in a real browser, in both themes: axe finds nothing, nothing is complained of, nothing is asked of elsewhere, and it fits.

import { describe, expect, test } from 'vitest'
import { axeFaults, server, shoot, useBrowser } from './browser.ts'

/** A line for each screen that opens without anything chosen first. */
const screens: Readonly<Record<string, string>> = {
  overview: '/',
  findings: '/findings',
  risks: '/risks',
  compliance: '/compliance',
  standard: '/compliance/nsa-cisa/1.2',
  rules: '/compliance/nsa-cisa/1.2/rules',
  inventory: '/inventory',
  clusters: '/clusters',
  'add-cluster': '/add-cluster',
  exceptions: '/exceptions',
  activity: '/activity',
  settings: '/settings',
  playground: '/playground',
}

describe.skipIf(!server)('screens', () => {
  const { open } = useBrowser()

  test.each(Object.entries(screens))('%s', async (name, path) => {
    for (const theme of ['light', 'dark'] as const) {
      const { page, incidents } = await open(path, { theme })
      await shoot(page, `${name}-${theme}`)
      expect(incidents).toEqual([])
      expect(await axeFaults(page)).toEqual([])
      await page.context().close()
    }
  })

  test.each([390, 1024, 2560])('the overview fits %i pixels', async width => {
    const { page, incidents } = await open('/', { width, height: width < 500 ? 844 : 1000 })
    await shoot(page, `overview-${width}`)
    expect(incidents).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    expect(await page.evaluate('content.scrollWidth <= content.clientWidth')).toBe(true)
    await page.context().close()
  })

  test('a stranger is led to the sign-in, and from there to where they wanted to go', async () => {
    const { page, incidents } = await open('/clusters', { isStranger: true })
    expect(new URL(page.url()).pathname).toBe('/login')
    expect(await axeFaults(page)).toEqual([])
    await shoot(page, 'login')
    await page.getByLabel('Name').fill(server?.login ?? '')
    await page.getByLabel('Password', { exact: true }).fill('not-the-password')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Password', { exact: true }).fill(server?.password ?? '')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Clusters' }).waitFor()
    // The browser itself tells of answers that refuse, which is how a stranger is known.
    expect(incidents.filter(line => !line.includes('401'))).toEqual([])
    await page.context().close()
  })

  test('keys lead to screens, and are listed', async () => {
    const { page } = await open('/')
    await page.keyboard.press('g')
    await page.keyboard.press('f')
    await page.getByRole('heading', { name: 'Findings' }).waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    expect(await axeFaults(page)).toEqual([])
    await page.context().close()
  })
})
