// Detected risks in a real browser: the requirement that is broken, and accepting one resource and taking that back.

import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { axeFaults, server, settled, shoot, useBrowser } from './browser.ts'

const rows = (page: Page) =>
  page
    .getByRole('table')
    .getByRole('row')
    .filter({ has: page.getByRole('cell') })
/** A change is judged before it shows. */
const patient = { timeout: 15_000 }
const standard = 'pss-restricted@1.34'

describe.skipIf(!server)('detected risks', () => {
  const { open } = useBrowser()

  test('a risk leads to its requirement, and from there to the patch', async () => {
    const { page, incidents } = await open('/risks')
    await page.getByRole('combobox', { name: 'Standard' }).click()
    await page.getByRole('option', { name: 'CIS EKS 1.8.0' }).click()
    await settled(page)
    expect(decodeURIComponent(new URL(page.url()).search)).toContain('cis-eks@1.8.0')
    await rows(page).first().waitFor()
    await shoot(page, 'risks')
    await rows(page).getByRole('button').first().click()
    await page
      .getByRole('complementary', { name: 'Risk' })
      .getByRole('region', { name: /^Requirement/ })
      .first()
      .waitFor()
    await settled(page)
    await shoot(page, 'risks-flyout')
    expect(await axeFaults(page)).toEqual([])
    await page.getByRole('link', { name: 'View the remediation' }).click()
    await page
      .getByRole('complementary', { name: 'Finding', exact: true })
      .getByRole('region', { name: 'How to fix' })
      .waitFor()
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('only clusters that are judged by the standard are listed', async () => {
    const { page } = await open('/risks?standard=cis-eks@1.8.0')
    await rows(page).first().waitFor()
    const answer = await page.request.get(`${server?.url}/api/v1/clusters?limit=200`)
    const { items } = (await answer.json()) as {
      items: { region: string; scores: { benchmark: string; edition: string }[] }[]
    }
    const regions = items
      .filter(({ scores }) => scores.some(one => one.benchmark === 'cis-eks' && one.edition === '1.8.0'))
      .map(({ region }) => region)
    const shown = await rows(page).locator('[role=cell]:nth-child(3)').allInnerTexts()
    expect(shown.length).toBeGreaterThan(0)
    expect(shown.every(region => regions.includes(region))).toBe(true)
    await page.context().close()
  })

  test('one is suppressed, found among the suppressed, and unsuppressed', async () => {
    const { page, incidents } = await open(`/risks?standard=${standard}`)
    await rows(page).first().waitFor()
    const before = await page.getByRole('table').getAttribute('aria-rowcount')
    const resource = await rows(page).locator('[role=cell]:nth-child(4)').first().innerText()
    await rows(page).first().getByRole('button', { name: 'Suppress' }).click()
    const dialog = page.getByRole('dialog', { name: 'Suppress' })
    await dialog.getByLabel('Comment').fill('Runs alone on its nodes.')
    await dialog.getByRole('button', { name: 'Suppress' }).click()
    await expect
      .poll(() => page.getByRole('table').getAttribute('aria-rowcount'), patient)
      .toBe(String(Number(before) - 1))
    await page.getByText('Suppressed', { exact: true }).click()
    await rows(page).filter({ hasText: resource }).first().waitFor()
    await shoot(page, 'risks-suppressed')
    expect(await axeFaults(page)).toEqual([])
    await rows(page).filter({ hasText: resource }).first().getByRole('button', { name: 'Unsuppress' }).click()
    await page.getByRole('dialog', { name: 'Unsuppress' }).getByRole('button', { name: 'Unsuppress' }).click()
    await page.getByText('Open', { exact: true }).click()
    await expect.poll(() => page.getByRole('table').getAttribute('aria-rowcount'), patient).toBe(before)
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test.each([
    [390, 844],
    [1024, 768],
    [2560, 1300],
  ])('it fits %i pixels in both themes', async (width, height) => {
    for (const theme of ['light', 'dark'] as const) {
      const { page, incidents } = await open('/risks', { width, height, theme })
      await rows(page).first().waitFor()
      await shoot(page, `risks-${width}-${theme}`)
      expect(await axeFaults(page)).toEqual([])
      expect(await page.evaluate('content.scrollWidth <= content.clientWidth')).toBe(true)
      expect(incidents).toEqual([])
      await page.context().close()
    }
  })
})
