// Scope in a real browser: an account, a zone and a cluster narrow every list and count alike, to what the overview tells of that part.

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { server, settled, useBrowser } from './browser.ts'
import { type Session, signIn } from './session.ts'

const standard = { benchmark: 'nsa-cisa', edition: '1.2', title: 'NSA/CISA Hardening 1.2' }
const edition = `${standard.benchmark}@${standard.edition}`
const namespace = 'payments'

const rows = (page: Page) =>
  page
    .getByRole('table')
    .getByRole('row')
    .filter({ has: page.getByRole('cell') })

/** The number before a word in what stands beside the title. */
async function toldBeside(page: Page, word: string): Promise<number> {
  const text = await page.getByRole('heading', { level: 1 }).locator('..').innerText()
  const [, digits = ''] = new RegExp(`([\\d,.\\s]+)\\s${word}s?\\b`).exec(text) ?? []
  return Number(digits.replace(/\D/g, ''))
}

type Type = 'account' | 'zone' | 'cluster'
type Terms = Parameters<Session['api']['previewZone']>[0]['terms']

describe.skipIf(!server)('the scope', () => {
  const { open } = useBrowser()
  let api: Session['api']
  let zone = ''
  const parts = {} as Record<Type, { readonly id: string; readonly terms: Terms }>
  beforeAll(async () => {
    if (!server) return
    api = (await signIn(server.url, server.login, server.password)).api
    const { items } = await api.listClusters({ limit: 200, sort: 'name', order: 'asc' })
    const one = items.find(({ account }) => account !== '')
    if (!one) throw new Error('no cluster is in an account')
    const terms = [{ namespaces: [namespace] }]
    zone = (await api.createZone({ name: 'what takes money', terms })).id
    parts.zone = { id: zone, terms }
    parts.account = { id: one.account, terms: [{ accounts: [one.account] }] }
    parts.cluster = { id: one.id, terms: [{ clusters: [one.id] }] }
  })
  afterAll(async () => {
    if (zone !== '') await api.removeZone(zone)
  })

  test.each(['account', 'zone', 'cluster'] as const)('of one %s', async type => {
    const { id, terms } = parts[type]
    const part = { [type]: id }
    const [told, all, there, { items: clusters }] = await Promise.all([
      api.getOverview({ ...part, edition }),
      api.getOverview(),
      api.previewZone({ terms }),
      api.listClusters({ ...part, limit: 200 }),
    ])
    expect(told.counts.failed).toBeGreaterThan(0)
    expect(told.counts.failed).toBeLessThan(all.counts.failed)
    const look = async (path: string) => {
      const [place, query = ''] = path.split('?')
      const search = new URLSearchParams(query)
      search.set('scope', `${type}:${id}`)
      const { page, incidents } = await open(`${place}?${String(search)}`)
      return {
        page,
        done: async () => {
          expect(incidents).toEqual([])
          await page.context().close()
        },
      }
    }

    const findings = await look('/findings')
    await rows(findings.page).first().waitFor()
    expect(await toldBeside(findings.page, 'finding')).toBe(told.counts.failed)
    const slices = findings.page.getByRole('group', { name: 'What became of them' }).getByRole('button')
    const slice = async (name: string) =>
      Number((await slices.filter({ hasText: name }).getAttribute('title'))?.replace(/\D/g, ''))
    expect(await slice('Excepted')).toBe(told.counts.excepted)
    expect(await slice('Resolved')).toBe(told.counts.resolved)
    await findings.done()

    const inventory = await look('/inventory')
    await rows(inventory.page).first().waitFor()
    expect(await toldBeside(inventory.page, 'resource')).toBe(there.resources)
    const names = clusters.map(({ name }) => name)
    for (const name of await rows(inventory.page).locator('[role=cell]:nth-child(5)').allInnerTexts())
      expect(names).toContain(name)
    await inventory.done()

    const risks = await look(`/risks?standard=${edition}`)
    await rows(risks.page).first().waitFor()
    const own = await api.countFindings({
      ...part,
      q: `state : open AND outcome : fail AND rule.benchmark : "${edition}" AND cluster.benchmark : "${edition}"`,
    })
    await expect
      .poll(async () => Number(await risks.page.getByRole('table').getAttribute('aria-rowcount')))
      .toBe(own.findings)
    expect(await toldBeside(risks.page, 'cluster')).toBe(
      told.editions.find(({ benchmark }) => benchmark === standard.benchmark)?.clusters,
    )
    await risks.done()

    const compliance = await look('/compliance')
    const card = compliance.page.getByRole('listitem').filter({ hasText: standard.title })
    const shown = await card.innerText()
    if (told.score?.value === null || told.score === null) expect(shown).toContain('No score')
    else expect(Math.abs(Number(/([\d.]+)\s*% passed/.exec(shown)?.[1]) - told.score.value)).toBeLessThan(1)
    await compliance.done()

    const fleet = await look('/clusters')
    await rows(fleet.page).first().waitFor()
    await settled(fleet.page)
    expect(await rows(fleet.page).count()).toBe(told.clusters.total)
    await fleet.done()
  })
})
