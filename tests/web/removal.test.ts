// Removal in a real browser: a cluster goes after a question, with what it failed, and its past and the deed stay told.

import { describe, expect, test } from 'vitest'
import { axeFaults, hasBrowser, settled, shoot, useBrowser } from './browser.ts'
import { useOwnServer } from './own-server.ts'
import { makeTeam } from './session.ts'

const name = 'back-office'

describe.skipIf(!hasBrowser)('removal of a cluster', () => {
  const own = useOwnServer(async () => ({ shows: 'sample' }))
  const { open } = useBrowser(own)

  test('is an admin’s, asks first, and takes its open findings along', async () => {
    const { api } = own().admin
    const cluster = (await api.listClusters()).items.find(one => one.name === name)?.id ?? ''
    const failing = async () =>
      (await api.countFindings({ q: `cluster : "${cluster}" AND state : open AND outcome : fail` })).findings
    const before = await failing()
    expect(before).toBeGreaterThan(0)

    const { ada } = await makeTeam(own().admin, { ada: 'approver' })
    const theirs = await open(`/clusters/${cluster}`, ada && { as: ada })
    await theirs.page.getByRole('button', { name: 'Scan now' }).waitFor()
    expect(await theirs.page.getByRole('button', { name: 'Remove' }).count()).toBe(0)
    await theirs.page.context().close()

    const { page, incidents } = await open('/clusters')
    await page.getByRole('link', { name, exact: true }).click()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Remove' }).click()
    const dialog = page.getByRole('dialog', { name: `Remove ${name}` })
    await dialog.getByText('its findings resolved').waitFor()
    await shoot(page, 'cluster-removal')
    expect(await axeFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await failing()).toBe(before)

    await page.getByRole('button', { name: 'Remove' }).click()
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await page.waitForURL(url => url.pathname === '/clusters')
    await page.getByRole('heading', { name: 'Clusters' }).waitFor()
    await page.getByRole('link', { name: 'insights', exact: true }).waitFor()
    await page.getByRole('link', { name, exact: true }).waitFor({ state: 'detached' })
    await settled(page)
    expect(await axeFaults(page)).toEqual([])
    expect(incidents).toEqual([])
    expect(await failing()).toBe(0)

    await page.goto(`${own().url}/activity?on=cluster&target=${cluster}`)
    await page.getByText('Cluster removed').first().waitFor()
    expect(incidents).toEqual([])
    await page.goto(`${own().url}/clusters/${cluster}`)
    await page.getByText('Not here, or not yours to see').waitFor()
    expect(await axeFaults(page)).toEqual([])
    await page.context().close()
  })
})
