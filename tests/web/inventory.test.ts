// Inventory in a real browser: from a kind to a resource, and all that is told of it, in both themes.

import { describe, expect, test } from 'vitest'
import { axeFaults, server, settled, shoot, useBrowser } from './browser.ts'

describe.skipIf(!server)('inventory', () => {
  const { open } = useBrowser()

  test('from a component group to a failing resource and its remediation', async () => {
    const { page, incidents } = await open('/inventory')
    await page.getByRole('button', { name: /^Workload management/ }).click()
    await page
      .getByRole('group', { name: 'Resources by state' })
      .getByRole('button', { name: /Fail/ })
      .click()
    await page.getByRole('link', { name: 'label-printer' }).click()
    await page.getByRole('heading', { name: 'label-printer', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'View remediation' }).first().click()
    await page
      .getByRole('complementary', { name: 'Remediation' })
      .getByRole('region', { name: 'How to fix' })
      .waitFor()
    await settled(page)
    expect(await axeFaults(page)).toEqual([])
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('the day that a list shows goes with one to the resource, and back', async () => {
    const day = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10)
    const { page, incidents } = await open(`/inventory?at=${day}`)
    await page.getByRole('table', { name: 'Resources' }).getByRole('link').first().click()
    await page.getByText(/^As it was/).waitFor()
    await settled(page)
    expect(new URL(page.url()).searchParams.get('at')).toBe(day)
    expect(await axeFaults(page)).toEqual([])
    await page.getByRole('link', { name: 'Back to now' }).click()
    await page.getByText(/^As it was/).waitFor({ state: 'detached' })
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test.each(['light', 'dark'] as const)('every tab of a resource, %s', async theme => {
    const { page, incidents } = await open(
      '/inventory/5a4d7e01-0000-4000-8000-000000000001/Deployment%2Fshop%2Fcheckout',
      { theme },
    )
    for (const tab of ['Summary', 'Object', 'Results', 'Relations', 'History']) {
      await page.getByRole('tab', { name: tab }).click()
      await page.getByRole('tabpanel').waitFor()
      await settled(page)
      await shoot(page, `resource-${tab}-${theme}`)
      expect(await axeFaults(page)).toEqual([])
    }
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test.each([390, 1024, 2560])('fits %i pixels', async width => {
    for (const path of [
      '/inventory',
      '/compliance',
      '/compliance/nsa-cisa/1.2',
      '/compliance/nsa-cisa/1.2/rules',
    ]) {
      const { page } = await open(path, { width })
      await shoot(page, `${path.replaceAll('/', '-').slice(1)}-${width}`)
      expect(await page.evaluate('content.scrollWidth <= content.clientWidth')).toBe(true)
      await page.context().close()
    }
  })
})
