// Exceptions and activity in a real browser: one is asked for by query with what it hides, found in the log, and revoked.

import { describe, expect, test } from 'vitest'
import { axeFaults, server, settled, shoot, useBrowser } from './browser.ts'

describe.skipIf(!server)('exceptions', () => {
  const { open } = useBrowser()

  test('one is made by query with a preview, told in the log, and revoked', async () => {
    const { page, incidents } = await open('/exceptions')
    await page.getByRole('button', { name: 'New exception' }).click()
    const dialog = page.getByRole('dialog', { name: 'New exception' })
    await dialog.getByRole('combobox', { name: 'Query of findings' }).fill('severity = low')
    await dialog
      .getByRole('region', { name: 'What it hides' })
      .getByText(/It hides/)
      .waitFor()
    await dialog.getByLabel('Comment').fill('Looked at together with the owners.')
    await shoot(page, 'exceptions-request')
    expect(await axeFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Accept' }).click()
    const flyout = page.getByRole('complementary', { name: 'Exception' })
    await flyout.getByText('Looked at together with the owners.').waitFor()
    const id = new URL(page.url()).searchParams.get('exception') ?? ''
    expect(id).toMatch(/^ex-/)
    await flyout.getByRole('button', { name: 'Revoke' }).click()
    const asked = page.getByRole('dialog', { name: 'Revoke the exception' })
    await asked.getByRole('button', { name: 'Revoke' }).click()
    await flyout.getByText('Revoked', { exact: true }).waitFor()
    await page.goto(`${server?.url}/activity?on=exception&target=${id}`)
    await settled(page)
    await page.getByText('Exception revoked').first().click()
    await page.getByRole('complementary', { name: 'Entry' }).waitFor()
    await page.getByText('The chain holds').waitFor()
    expect(await axeFaults(page)).toEqual([])
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('a file is taken, and what is no file of exceptions is refused', async () => {
    const { page } = await open('/exceptions')
    await page.getByRole('button', { name: 'Import' }).click()
    const dialog = page.getByRole('dialog', { name: 'Import exceptions' })
    const field = dialog.getByLabel('File', { exact: true })
    await field.fill('exceptions: {')
    await dialog.getByRole('button', { name: 'Import' }).click()
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
    await field.fill(
      'exceptions:\n  - id: from-a-file\n    query: "namespace : nowhere"\n    owner: ada\n    reason: not-relevant\n    expires: 2099-12-31\n',
    )
    await dialog.getByRole('button', { name: 'Import' }).click()
    await dialog.getByText(/1 exception taken|there already/).waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await page.getByRole('button', { name: /^Approved/ }).click()
    await page.getByRole('row', { name: /namespace : nowhere/ }).waitFor()
    await page.context().close()
  })

  test.each(['light', 'dark'] as const)('both screens hold to the guidelines, %s', async theme => {
    for (const path of ['/exceptions', '/activity']) {
      const { page, incidents } = await open(path, { theme })
      await page.getByRole('table').waitFor()
      await shoot(page, `${path.slice(1)}-${theme}`)
      expect(await axeFaults(page)).toEqual([])
      expect(await page.evaluate('content.scrollWidth <= content.clientWidth')).toBe(true)
      expect(incidents).toEqual([])
      await page.context().close()
    }
  })
})
