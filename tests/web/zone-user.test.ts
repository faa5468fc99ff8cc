// Zone user in a real browser: an admin gives somebody a part of the fleet; they see that part and are not told of the rest, by no screen, address or suggestion.

import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { axeFaults, server, settled, shoot, useBrowser } from './browser.ts'
import { ownPassword, signIn } from './session.ts'

const ownCluster = 'shop-production'
const ownNamespace = 'payments'
/** Of other clusters, and of other namespaces of the own one. */
const hidden = [
  'warehouse-edge',
  'shop-staging',
  'back-office',
  'datacentre-1',
  '5a4d7e01-0000-4000-8000-000000000002',
  '5a4d7e01-0000-4000-8000-000000000005',
  'log-shipper',
  'gitops-controller',
  'storefront',
  'catalog-search',
]
const toldOf = (text: string) => hidden.filter(word => text.includes(word))

/** Chooses an option of a list that drops down. */
async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole('dialog').getByLabel(label, { exact: true }).and(page.locator('input')).click()
  await page.getByRole('option', { name: option }).click()
  await page.keyboard.press('Escape')
}

describe.skipIf(!server)('somebody who sees a zone', () => {
  const { open } = useBrowser()
  let password = ''

  test('an admin makes the zone, the account and the team by the screens', async () => {
    const { page, incidents } = await open('/settings/zones')
    await page.getByRole('button', { name: 'Add zone' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('payments of the shop')
    await choose(page, 'Clusters', ownCluster)
    await dialog.getByPlaceholder('All namespaces').fill(ownNamespace)
    await page.keyboard.press('Enter')
    await dialog.getByText(/^1 cluster, 1 namespace, /).waitFor()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Edit payments of the shop' }).waitFor()

    await page.getByRole('tab', { name: 'People' }).click()
    await page.getByRole('button', { name: 'Add person' }).click()
    await dialog.getByRole('textbox', { name: 'Login' }).fill('pia')
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Pia')
    await dialog.getByRole('button', { name: 'Add' }).click()
    const secret = page.getByRole('dialog', { name: 'Password of pia' })
    password = await secret.locator('code').innerText()
    expect(await axeFaults(page)).toEqual([])
    await secret.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('cell', { name: 'pia', exact: true }).waitFor()

    await page.getByRole('tab', { name: 'Teams' }).click()
    await page.getByRole('button', { name: 'Add team' }).click()
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('payments')
    await choose(page, 'People', 'Pia (pia)')
    await choose(page, 'Zones', 'payments of the shop')
    await shoot(page, 'zone-user-team')
    expect(await axeFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('row', { name: /payments of the shop/ }).waitFor()
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('they choose a password, and see their part on every screen and nothing of the rest', async () => {
    const { page, incidents } = await open('/clusters', { isStranger: true })
    const answers: Promise<string>[] = []
    page.on('response', answer => {
      if (/\/api\/v1\/(?!events)/.test(answer.url())) answers.push(answer.text().catch(() => ''))
    })
    await page.getByLabel('Name', { exact: true }).fill('pia')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.keyboard.press('Enter')
    await page.getByLabel('One-time password').fill(password)
    for (const label of ['New password', 'New password again'])
      await page.getByLabel(label, { exact: true }).fill(ownPassword)
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: ownCluster }).waitFor()
    await settled(page)
    await shoot(page, 'zone-user-clusters')

    await page.getByRole('link', { name: ownCluster }).click()
    await page.getByRole('heading', { name: ownCluster, level: 1 }).waitFor()
    await settled(page)
    expect(await page.getByRole('button', { name: 'Remove' }).count()).toBe(0)
    expect(toldOf(await page.locator('body').innerText())).toEqual([])
    const paths = [
      '/',
      '/findings',
      '/findings?by=cluster,namespace',
      '/risks',
      '/compliance',
      '/compliance/nsa-cisa/1.2',
      '/compliance/nsa-cisa/1.2/rules',
      '/inventory',
      '/clusters',
      '/exceptions',
      '/settings/account',
      '/settings/profiles',
      '/settings/tokens',
    ]
    for (const path of paths) {
      await page.goto(server?.url + path)
      await settled(page)
      if (path.startsWith('/findings')) await page.getByText(ownNamespace).first().waitFor()
      if (path === '/inventory') await page.getByText('ledger-db').first().waitFor()
      expect([path, toldOf(await page.locator('body').innerText())]).toEqual([path, []])
      expect([path, await axeFaults(page)]).toEqual([path, []])
    }
    expect(answers.length).toBeGreaterThan(paths.length)
    for (const answer of answers) expect(toldOf(await answer)).toEqual([])
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('what is not theirs is told as neither there nor theirs, whatever the address', async () => {
    const admin = await signIn(server?.url ?? '', server?.login ?? '', server?.password ?? '')
    const of = async (q: string) => {
      const [finding] = (await admin.api.listFindings({ q: `${q} AND outcome : fail`, limit: 1 })).items
      if (!finding) throw new Error(`nothing fails of ${q}`)
      return finding
    }
    const pia = await signIn(server?.url ?? '', 'pia', ownPassword)
    const elsewhere = await of('cluster : "shop-staging"')
    const beside = await of(`cluster : "${ownCluster}" AND namespace : observability`)
    const refused = /Not here, or not yours to see|Not permitted/
    const { page, incidents } = await open('/clusters', { as: pia })
    for (const path of [
      `/clusters/${elsewhere.cluster.id}`,
      `/inventory/${elsewhere.cluster.id}/${encodeURIComponent(elsewhere.resource.key)}`,
      `/inventory/${beside.cluster.id}/${encodeURIComponent(beside.resource.key)}`,
      `/findings?finding=${elsewhere.cluster.id}/${elsewhere.id}`,
      `/findings?finding=${beside.cluster.id}/${beside.id}`,
      '/exceptions?exception=of-somebody-else',
      '/add-cluster',
      '/activity',
      '/settings/people',
      '/settings/zones',
      '/settings/teams',
      '/settings/sample',
    ]) {
      await page.goto(`${server?.url}${path}`)
      await page.getByText(refused).first().waitFor()
      await settled(page)
      await shoot(page, `zone-user-${path.split(/[/?]/).slice(1, 3).join('-').slice(0, 40)}`)
      expect([path, toldOf(await page.locator('main').innerText())]).toEqual([path, []])
      expect([path, await axeFaults(page)]).toEqual([path, []])
    }
    // A scope that is not theirs holds nothing.
    await page.goto(`${server?.url}/findings?scope=cluster:${elsewhere.cluster.id}`)
    await page.getByText('No finding').first().waitFor()
    // The browser itself tells of answers that refuse.
    expect(incidents.filter(line => !/40[34]/.test(line))).toEqual([])
    await page.context().close()
  })

  test('the query bar suggests what is theirs alone', async () => {
    const pia = await signIn(server?.url ?? '', 'pia', ownPassword)
    const { page, incidents } = await open('/findings', { as: pia })
    const bar = page.getByRole('combobox', { name: 'Query of findings' })
    const suggestions = page.getByRole('listbox', { name: 'Suggestions' })
    for (const [typed, theirs] of [
      ['cluster : ', ownCluster],
      ['namespace : ', ownNamespace],
      ['account : ', '111122223333'],
    ] as const) {
      await bar.fill(typed)
      await suggestions.getByRole('option', { name: theirs }).first().waitFor()
      expect([typed, toldOf(await suggestions.innerText())]).toEqual([typed, []])
    }
    expect(await suggestions.getByText('observability').count()).toBe(0)
    await shoot(page, 'zone-user-completion')
    expect(await axeFaults(page)).toEqual([])
    expect(incidents).toEqual([])
    await page.context().close()
  })
})
