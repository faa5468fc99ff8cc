// Export in a real browser: files are what they say they are and hold all that is on the screen, and what is printed holds the table.

import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { axeFaults, server, useBrowser } from './browser.ts'
import { pagesOfPdf } from './pdf-text.ts'
import { signIn } from './session.ts'

const benchmark = 'nsa-cisa'
const edition = '1.2'
const path = `/compliance/${benchmark}/${edition}`

const admin = () => signIn(server?.url ?? '', server?.login ?? '', server?.password ?? '')
/** Without what fonts draw in another way than it is written. */
const plain = (text: string) => text.replace(/[\s’ʼ'‑-]+/g, '')
const rowsOf = (csv: string) => csv.trimEnd().split(/\r?\n(?=(?:[^"]*"[^"]*")*[^"]*$)/)

/** Opens the menu, chooses, and gives the name and the text of the file that comes. */
async function exported(page: Page, menu: RegExp, choice: string): Promise<{ name: string; text: string }> {
  await page.getByRole('button', { name: menu }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: choice, exact: true }).click()
  const file = await download
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') }
}

describe.skipIf(!server)('export', () => {
  const { open } = useBrowser()

  test('of a standard as CSV: a control a line, with the numbers of the screen', async () => {
    const { api } = await admin()
    const { page, incidents } = await open(path)
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: 'CSV', exact: true }).waitFor()
    expect(await axeFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    const { name, text } = await exported(page, /^Export$/, 'CSV')
    expect(name).toMatch(/^plimsoll-nsa-cisa-1\.2\.csv$/)
    const [head = '', ...rows] = rowsOf(text)
    const columns = head.replace(/^\uFEFF/, '').split(',')
    const controls = (await api.getStandard(benchmark, edition)).sections.flatMap(section => section.controls)
    expect(rows.length).toBe(controls.length)
    for (const { id, failed, passed } of controls) {
      const cells = rows.find(row => row.split(',')[columns.indexOf('id')] === id)?.split(',') ?? []
      // Titles may hold commas, so that numbers are sought, not counted up to.
      expect([id, cells.includes(String(failed)), cells.includes(String(passed))]).toEqual([id, true, true])
    }
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('of a standard as HTML: a page that stands alone, asks for nothing and tells every control', async () => {
    const { api } = await admin()
    const { page, incidents } = await open(path)
    const { name, text } = await exported(page, /^Export$/, 'HTML')
    expect(name).toMatch(/^nsa-cisa-1\.2-.*\.html$/)
    expect(text).toMatch(/^<!doctype html>/)
    expect(text).not.toMatch(/<script|<link|src=|href=/)
    expect(incidents).toEqual([])
    const asked: string[] = []
    page.on('request', request => asked.push(request.url()))
    await page.goto('about:blank')
    await page.setContent(text)
    const standard = await api.getStandard(benchmark, edition)
    const controls = standard.sections.flatMap(section => section.controls)
    expect(await page.locator('tbody tr').count()).toBe(controls.length)
    expect(await page.locator('h2').count()).toBe(standard.sections.length)
    expect(asked.filter(url => !url.startsWith('about:'))).toEqual([])
    await page.context().close()
  })

  test.each(['light', 'dark'] as const)(
    'of a standard as PDF by printing: the table and its head, %s',
    async theme => {
      const { api } = await admin()
      const { page } = await open(path, { theme })
      const { sections } = await api.getStandard(benchmark, edition)
      await page.emulateMedia({ media: 'print', colorScheme: theme })
      // Ink that is seen on paper, whatever the screen is.
      const ink = await page.evaluate("getComputedStyle(document.querySelector('td')).color")
      const [brightest = 255] = [...String(ink).matchAll(/\d+/g)].map(Number).sort((a, b) => b - a)
      expect(brightest).toBeLessThan(100)
      const pages = pagesOfPdf(await page.pdf({ format: 'A4' }))
      expect(pages.length).toBeGreaterThan(1)
      const all = plain(pages.join(''))
      for (const { title, controls } of sections)
        for (const said of [title, ...controls.flatMap(one => [one.id, one.title])])
          expect(all).toContain(plain(said))
      expect(all).toContain('asof')
      for (const chrome of ['Signout', 'Playground', 'Findacontrol']) expect(all).not.toContain(chrome)
      for (const said of pages) expect(said.length).toBeGreaterThan(100)
      await page.context().close()
    },
  )

  test('of findings as CSV: all that match, and no others', async () => {
    const { api } = await admin()
    const q = 'cluster : "insights" AND severity >= high'
    const { findings } = await api.countFindings({ q })
    expect(findings).toBeGreaterThan(0)
    const { page, incidents } = await open(`/findings?q=${encodeURIComponent(q)}`)
    const { name, text } = await exported(page, /^Export$/, 'All that match, as CSV')
    expect(name).toMatch(/\.csv$/)
    const [head = '', ...rows] = rowsOf(text)
    expect(head).toContain('rule')
    expect(rows.length).toBe(findings)
    expect(rows.every(row => /critical|high/.test(row))).toBe(true)
    expect(incidents).toEqual([])
    await page.context().close()
  })
})
