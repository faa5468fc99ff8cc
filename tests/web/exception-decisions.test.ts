// Exceptions in a real browser: who may not approve asks, an approver agrees, refuses or changes it, the request is taken back, and the shelves tell what ends and what is dead.

import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { axeFaults, hasBrowser, shoot, useBrowser } from './browser.ts'
import { useOwnServer } from './own-server.ts'
import { makeTeam, type Session } from './session.ts'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const counted = (findings: number) => `${findings} ${findings === 1 ? 'finding' : 'findings'}`
const flyoutOf = (page: Page) => page.getByRole('complementary', { name: 'Exception' })

describe.skipIf(!hasBrowser)('exceptions that are asked for', () => {
  const own = useOwnServer(async () => ({ shows: 'sample' }))
  const { open } = useBrowser(own)
  let ed: Session
  let ada: Session
  beforeAll(async () => {
    const made = await makeTeam(own().admin, { ed: 'editor', ada: 'approver' })
    ed = made.ed as Session
    ada = made.ada as Session
  })

  /** Somebody who may not approve asks by the screen; gives where the request stands. */
  async function request(query: string, comment: string): Promise<{ page: Page; path: string }> {
    const { page, incidents } = await open('/exceptions', { as: ed })
    await page.getByRole('button', { name: 'New exception' }).click()
    const dialog = page.getByRole('dialog', { name: 'New exception' })
    await dialog.getByRole('combobox', { name: 'Query of findings' }).fill(query)
    await dialog.getByRole('region', { name: 'What it hides' }).getByText('It hides').waitFor()
    await dialog.getByLabel('Comment').fill(comment)
    await dialog.getByText('It holds once an approver has agreed.').waitFor()
    await dialog.getByRole('button', { name: 'Request', exact: true }).click()
    await flyoutOf(page).getByText('Requested', { exact: true }).first().waitFor()
    await flyoutOf(page).getByText('Approvers decide it.').waitFor()
    expect(await flyoutOf(page).getByRole('button', { name: 'Approve' }).count()).toBe(0)
    expect(await flyoutOf(page).getByRole('button', { name: 'Change' }).count()).toBe(0)
    expect(incidents).toEqual([])
    const { pathname, search } = new URL(page.url())
    return { page, path: pathname + search }
  }
  const decide = async (page: Page, verb: string, comment: string) => {
    await flyoutOf(page).getByRole('button', { name: verb }).click()
    const asked = page.getByRole('dialog', { name: `${verb} the exception` })
    await asked.getByLabel('Comment').fill(comment)
    expect(await axeFaults(page)).toEqual([])
    await asked.getByRole('button', { name: verb }).click()
    await asked.waitFor({ state: 'detached' })
  }

  test('one is approved: it holds, and hides what was previewed', async () => {
    const q = 'cluster : "insights" AND severity = high'
    const { findings } = await own().admin.api.countFindings({
      q: `${q} AND state : open AND outcome : fail`,
    })
    const { page: asking, path } = await request(q, 'The data stays inside.')
    const { page, incidents } = await open(path, { as: ada })
    await flyoutOf(page)
      .getByRole('region', { name: 'What it hides' })
      .getByText(String(findings))
      .first()
      .waitFor()
    await decide(page, 'Approve', 'Until the move.')
    await flyoutOf(page).getByText('Approved', { exact: true }).first().waitFor()
    await shoot(page, 'exception-approved')
    // Clusters are judged anew with it, which the page waits for.
    const link = flyoutOf(page).getByRole('link', { name: counted(findings) })
    await link.waitFor()
    await link.click()
    await page.getByRole('table').waitFor()
    expect(incidents).toEqual([])
    await asking.reload()
    await flyoutOf(asking).getByText('Until the move.').waitFor()
    await flyoutOf(asking).getByText('Approvers can revoke it.').waitFor()
    for (const one of [page, asking]) await one.context().close()
  })

  test('one is rejected, with the reason; what it asked for stays open', async () => {
    const q = 'cluster : "back-office" AND severity = high'
    const before = await own().admin.api.countFindings({ q: `${q} AND state : open` })
    const { page: asking, path } = await request(q, 'It is old.')
    const { page } = await open(path, { as: ada })
    await decide(page, 'Reject', 'Old is no reason.')
    await flyoutOf(page).getByText('Rejected', { exact: true }).first().waitFor()
    await flyoutOf(page).getByText('Nothing: it does not hold.').waitFor()
    await asking.reload()
    await flyoutOf(asking).getByText('Old is no reason.').waitFor()
    await asking.getByRole('button', { name: /^Rejected/ }).click()
    await asking.getByRole('row', { name: /back-office/ }).waitFor()
    expect((await own().admin.api.countFindings({ q: `${q} AND state : open` })).findings).toBe(
      before.findings,
    )
    for (const one of [page, asking]) await one.context().close()
  })

  test('one is taken back by who asked for it', async () => {
    const { page } = await request('cluster : "shop-staging" AND severity = critical', 'Not thought through.')
    await decide(page, 'Take back', 'Mended instead.')
    await flyoutOf(page).getByText('Revoked', { exact: true }).first().waitFor()
    await flyoutOf(page).getByText('Mended instead.').waitFor()
    await page.context().close()
  })

  test('an approver changes owner, comment and last day; what somebody else changed meanwhile is not written over unseen', async () => {
    const { id } = await own().admin.api.requestException({
      query: 'cluster : "shop-staging" AND severity = medium',
      owner: 'ada',
      reason: 'risk-owned',
      comment: 'Until the spring.',
      expires: inDays(200),
    })
    const { page, incidents } = await open(`/exceptions?exception=${id}`)
    await flyoutOf(page).getByRole('button', { name: 'Change' }).click()
    const dialog = page.getByRole('dialog', { name: 'Change the exception' })
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await dialog.getByLabel('Owner of the risk').fill('the shop team')
    await dialog.getByLabel('Last day').fill(inDays(10))
    await dialog.getByLabel('Comment').fill('Until the move.')
    await shoot(page, 'exception-change')
    expect(await axeFaults(page)).toEqual([])
    expect(incidents).toEqual([])
    const { version } = await own().admin.api.getException(id)
    await own().admin.api.changeException(id, { comment: 'Until the summer.' }, version)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByRole('alert').waitFor()
    expect(await axeFaults(page)).toEqual([])
    await flyoutOf(page).getByText('Until the summer.').waitFor()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await flyoutOf(page).getByText('the shop team').waitFor()
    await flyoutOf(page).getByText('Until the move.').waitFor()
    expect(await own().admin.api.getException(id)).toMatchObject({
      owner: 'the shop team',
      comment: 'Until the move.',
      expires: inDays(10),
    })
    expect(incidents.filter(line => !line.includes('412'))).toEqual([])
    await page.getByRole('button', { name: /^Expiring/ }).click()
    await page.getByRole('row', { name: /shop-staging.*the shop team/ }).waitFor()
    expect(await axeFaults(page)).toEqual([])
    await page.context().close()
  })

  test('what covers nothing is dead, and stands on a shelf of its own', async () => {
    const { id } = await own().admin.api.requestException({
      query: 'namespace : "where-nothing-is"',
      owner: 'ada',
      reason: 'not-relevant',
      expires: inDays(300),
    })
    const { page, incidents } = await open('/exceptions?state=dead')
    await page.getByRole('row', { name: /where-nothing-is/ }).click()
    await flyoutOf(page).getByText('Nothing that you see').waitFor()
    expect(new URL(page.url()).searchParams.get('exception')).toBe(id)
    await shoot(page, 'exceptions-dead')
    expect(await axeFaults(page)).toEqual([])
    await page.getByRole('button', { name: /^Expiring/ }).click()
    await page.getByRole('row', { name: /where-nothing-is/ }).waitFor({ state: 'detached' })
    expect(incidents).toEqual([])
    await page.context().close()
  })
})
