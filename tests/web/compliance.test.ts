// Compliance in a real browser: from a standard to what mends a resource, by section, and a person's word on a manual control.

import { describe, expect, test } from 'vitest'
import { axeFaults, server, settled, shoot, useBrowser } from './browser.ts'

const standard = '/compliance/nsa-cisa/1.2'

describe.skipIf(!server)('compliance', () => {
  const { open } = useBrowser()

  test('from the standards to a control, its failing resources, and the remediation of one', async () => {
    const { page, incidents } = await open('/compliance')
    await page.getByRole('link', { name: 'NSA/CISA Hardening 1.2', exact: true }).click()
    await page.getByRole('button', { name: /NSA12-01/ }).click()
    const control = page.getByRole('complementary', { name: 'Control NSA12-01' })
    await control
      .getByRole('button', { name: /View remediation of checkout/ })
      .first()
      .click()
    await control.getByRole('heading', { name: 'How to fix' }).waitFor()
    await control.getByRole('heading', { name: 'Evidence' }).waitFor()
    await settled(page)
    await shoot(page, 'compliance-remediation')
    expect(await axeFaults(page)).toEqual([])
    await control.getByRole('link', { name: 'Open the resource' }).click()
    await page.getByRole('heading', { name: 'checkout', level: 1 }).waitFor()
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('by section, and by keys from control to control', async () => {
    const { page } = await open(standard)
    await page
      .getByRole('navigation', { name: 'Sections' })
      .getByRole('button', { name: /Updates/ })
      .click()
    await page.getByRole('region', { name: 'Pods' }).waitFor({ state: 'detached' })
    expect(new URL(page.url()).searchParams.has('section')).toBe(true)
    await page.keyboard.press('Escape')
    await page.locator('h1').click()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const control = page.getByRole('complementary', { name: /^Control / })
    const first = await control.getAttribute('aria-label')
    await page.keyboard.press('j')
    await page.getByRole('complementary', { name: first ?? '' }).waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await control.waitFor({ state: 'detached' })
    await page.context().close()
  })

  test('a manual control is attested with its last day, and the word is taken back', async () => {
    const { page } = await open(`${standard}?control=NSA12-04`)
    const control = page.getByRole('complementary', { name: 'Control NSA12-04' })
    await control.getByRole('button', { name: 'Attest', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Attest NSA12-04' })
    await dialog.getByLabel('Statement').fill('Images are built from scratch bases.')
    await dialog.getByLabel('Last day').fill('2099-12-31')
    await dialog.getByRole('button', { name: 'Attest' }).click()
    await control.getByText('Images are built from scratch bases.').first().waitFor()
    await control.getByRole('cell', { name: '31 Dec 2099' }).first().waitFor()
    expect(await axeFaults(page)).toEqual([])
    const words = control.getByRole('cell', { name: 'Pass' })
    expect(await words.count()).toBeGreaterThan(0)
    await control.getByRole('button', { name: 'Take back' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click()
    await control
      .getByText(/Taken back/)
      .first()
      .waitFor()
    await page.context().close()
  })

  test.each(['light', 'dark'] as const)('open controls and rules hold to the guidelines, %s', async theme => {
    for (const path of [`${standard}?control=NSA12-01`, `${standard}/rules`]) {
      const { page, incidents } = await open(path, { theme })
      await shoot(page, `compliance-${path.length}-${theme}`)
      expect(await axeFaults(page)).toEqual([])
      expect(incidents).toEqual([])
      await page.context().close()
    }
  })
})
