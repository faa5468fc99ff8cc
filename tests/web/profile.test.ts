// Profile in a real browser: a rule is switched off for a reason after it was tried on a cluster, holds, and is switched on again.

import { describe, expect, test } from 'vitest'
import { axeFaults, hasBrowser, settled, shoot, useBrowser } from './browser.ts'
import { useOwnServer } from './own-server.ts'

const cluster = 'shop-production'
const rules = '/compliance/nsa-cisa/1.2/rules'

describe.skipIf(!hasBrowser)('a profile', () => {
  const own = useOwnServer(async () => ({ shows: 'sample' }))
  const { open } = useBrowser(own)

  test('switches a rule off with a reason, tells beforehand what that changes, and takes it back', async () => {
    const { api } = own().admin
    const { sections } = await api.getBenchmark('nsa-cisa', '1.2')
    const judged = new Set(
      sections.flatMap(({ controls }) => controls).flatMap(one => one.rules.map(({ id }) => id)),
    )
    const failing = await api.listFindings({
      q: `cluster : "${cluster}" AND state : open AND outcome : fail`,
      limit: 200,
    })
    const rule = failing.items.find(one => judged.has(one.rule.id))?.rule.id ?? ''
    expect(rule).not.toBe('')
    const openOf = async (where: string) =>
      (await api.countFindings({ q: `rule : "${rule}" AND state : open AND outcome : fail${where}` }))
        .findings
    const here = await openOf(` AND cluster : "${cluster}"`)
    const all = await openOf('')

    const { page, incidents } = await open(rules)
    const toggle = page.getByRole('switch', { name: `Rule ${rule}`, exact: true }).first()
    expect(await toggle.isChecked()).toBe(true)
    // The switch itself is drawn by what surrounds it.
    await toggle.click({ force: true })
    const dialog = page.getByRole('dialog', { name: `Turn off ${rule}` })
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Judged by another tool.')
    await dialog.getByLabel('What it would change').and(page.locator('input')).click()
    await page.getByRole('option', { name: cluster }).click()
    await dialog.getByRole('button', { name: 'Try' }).click()
    const effect = dialog.getByRole('status')
    await effect
      .getByText(`${here} open ${here === 1 ? 'failure' : 'failures'} would go, 0 would come`)
      .waitFor()
    await effect.getByRole('table').waitFor()
    await shoot(page, 'profile-tried')
    expect(await axeFaults(page)).toEqual([])
    expect(await openOf('')).toBe(all)

    await dialog.getByRole('button', { name: 'Turn off' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Off: Judged by another tool.').first().waitFor()
    await expect.poll(() => openOf(''), { timeout: 60_000 }).toBe(0)
    await page.getByRole('button', { name: /^Turned off/ }).click()
    await page.getByText('Off: Judged by another tool.').first().waitFor()
    await settled(page)
    await shoot(page, 'profile-off')
    expect(await axeFaults(page)).toEqual([])

    await page.goto(`${own().url}/settings/profiles`)
    await page.getByRole('row', { name: /Default.*the fleet.*1 rule/ }).waitFor()
    expect(await axeFaults(page)).toEqual([])
    await page.goto(`${own().url}${rules}`)
    await page
      .getByRole('switch', { name: `Rule ${rule}`, exact: true })
      .first()
      .click({ force: true })
    const back = page.getByRole('dialog', { name: `Turn on ${rule}` })
    await back.getByRole('button', { name: 'Turn on' }).click()
    await back.waitFor({ state: 'detached' })
    await page.getByText('Off: Judged by another tool.').first().waitFor({ state: 'detached' })
    await expect.poll(() => openOf(''), { timeout: 60_000 }).toBe(all)
    expect((await api.listProfiles()).items.map(one => one.rules)).toEqual([{}])

    await page.goto(`${own().url}/settings/profiles`)
    await page.getByRole('button', { name: 'Remove Default' }).click()
    expect(await axeFaults(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('No profile yet').waitFor()
    expect(incidents).toEqual([])
    await page.context().close()
  })
})
