// Settings in a real browser: each part opens by its address and axe finds nothing; a zone tells what it matches, and a token is told once.

import { describe, expect, test } from 'vitest'
import { axeFaults, server, settled, shoot, useBrowser } from './browser.ts'

const parts = ['account', 'people', 'teams', 'zones', 'tokens', 'profiles', 'sample']

describe.skipIf(!server)('settings', () => {
  const { open } = useBrowser()

  test.each(parts)('%s', async part => {
    for (const theme of ['light', 'dark'] as const) {
      const { page, incidents } = await open(`/settings/${part}`, { theme })
      await settled(page)
      await shoot(page, `settings-${part}-${theme}`)
      expect(await axeFaults(page)).toEqual([])
      expect(incidents).toEqual([])
      await page.context().close()
    }
  })

  test('a zone is made, tells what it matches, and goes', async () => {
    const { page, incidents } = await open('/settings/zones')
    await page.getByRole('button', { name: 'Add zone' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/\d+ clusters?, .*open finding/).waitFor()
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('zone of a test')
    await dialog.getByPlaceholder('All namespaces').fill('kube-*')
    await page.keyboard.press('Enter')
    await shoot(page, 'settings-zone')
    expect(await axeFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Remove zone of a test' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('button', { name: 'Remove zone of a test' }).waitFor({ state: 'detached' })
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('a token is told once, and revoked', async () => {
    const { page, incidents } = await open('/settings/tokens')
    await page.getByRole('button', { name: 'Make token' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('token of a test')
    await page.getByRole('dialog').getByRole('button', { name: 'Make' }).click()
    await page.getByText(/^plt_/).waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText(/^plt_/).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Revoke token of a test' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('button', { name: 'Revoke token of a test' }).waitFor({ state: 'detached' })
    expect(incidents).toEqual([])
    await page.context().close()
  })
})
