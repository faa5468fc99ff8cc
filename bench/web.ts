// Web bench: opens every screen over a million findings in 500 clusters in a real Chromium, and measures when it paints and how it answers keys and clicks.
//
// `npx tsx bench/web.ts [part of a screen's name]`; BENCH_WEB names a build of the web app, BENCH_ROUNDS how often each is opened. Times are
// reported beside their budget; with them processor time, which a loaded machine changes less. The exit code is 1 where the scripts are larger
// than their budget, the one thing that is the same on every machine.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { visitor } from './kept-fleet.ts'
import { type Acted, openCold, type Read, type Shown } from './web-page.ts'
import type { Usage } from './web-server.ts'
import { initialScripts, zipped } from './web-sizes.ts'

const budget = { scripts: 250, paint: 1000, content: 1000, act: 100 }
const rounds = Number(process.env.BENCH_ROUNDS ?? 5)
const folder = process.env.BENCH_WEB ?? join(import.meta.dirname, '../packages/cli/dist/web')
const only = process.argv[2] ?? ''

const cluster = 'cluster-7'
const standard = 'nsa-cisa'
const table = (page: Page) => page.getByRole('table').first()
const row = (page: Page) =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('cell') })
    .nth(2)

interface Screen {
  readonly name: string
  readonly path: string
  readonly isStranger?: boolean
  /** What is done there, one after the other. */
  readonly deeds?: Readonly<Record<string, (page: Page) => Promise<unknown>>>
}

const theme = async (page: Page) => {
  await page.getByText('Dark', { exact: true }).click()
}

function screensOf(resource: string, edition: string, control: string): readonly Screen[] {
  const ofStandard = `/compliance/${standard}/${edition}`
  return [
    {
      name: 'overview',
      path: '/',
      deeds: {
        'open the menu': page => page.getByRole('button', { name: 'Bench' }).click(),
        'change the theme': theme,
      },
    },
    {
      name: 'findings',
      path: '/findings',
      deeds: {
        'key j': page => page.keyboard.press('j'),
        'key j again': page => page.keyboard.press('j'),
        'open the flyout': page => row(page).click(),
        'next in the flyout': page => page.keyboard.press('j'),
        'close the flyout': page => page.keyboard.press('Escape'),
        'type in the query bar': async page => {
          await page.keyboard.press('/')
          await page.keyboard.press('End')
          await page.keyboard.type(' a', { delay: 60 })
        },
        'take it back': async page => {
          await page.keyboard.press('Escape')
          await page.keyboard.press('Escape')
        },
        'toggle a facet': page =>
          page.getByRole('region', { name: 'Severity' }).getByRole('button').first().click(),
        'toggle it back': page =>
          page.getByRole('region', { name: 'Severity' }).getByRole('button').first().click(),
        sort: page => page.getByRole('columnheader').getByRole('button', { name: 'Rule' }).click(),
        'open the choice of groups': page => page.getByRole('combobox', { name: 'Group by' }).click(),
        'group by rule': page => page.getByRole('option', { name: 'Rule', exact: true }).click(),
        'page down': page => table(page).press('PageDown'),
      },
    },
    {
      name: 'findings, grouped by namespace',
      path: '/findings?by=namespace',
    },
    {
      name: 'findings of a namespace',
      path: `/findings?q=${encodeURIComponent('namespace : space-3')}`,
    },
    { name: 'findings of a cluster', path: `/findings?scope=cluster:${cluster}` },
    {
      name: 'risks',
      path: '/risks',
      deeds: {
        'key j': page => page.keyboard.press('j'),
        'open the flyout': page => row(page).click(),
      },
    },
    { name: 'compliance', path: '/compliance', deeds: { 'key j': page => page.keyboard.press('j') } },
    { name: 'standard', path: ofStandard },
    { name: 'control', path: `${ofStandard}?control=${encodeURIComponent(control)}` },
    { name: 'rules', path: `${ofStandard}/rules` },
    {
      name: 'inventory',
      path: '/inventory',
      deeds: {
        'key j': page => page.keyboard.press('j'),
        'choose a state': page =>
          page.getByRole('group', { name: 'Resources by state' }).getByRole('button').first().click(),
      },
    },
    { name: 'resource', path: `/inventory/${cluster}/${encodeURIComponent(resource)}` },
    { name: 'clusters', path: '/clusters', deeds: { 'key j': page => page.keyboard.press('j') } },
    { name: 'cluster', path: `/clusters/${cluster}` },
    { name: 'wizard', path: '/add-cluster' },
    { name: 'exceptions', path: '/exceptions' },
    { name: 'activity', path: '/activity' },
    ...['account', 'people', 'teams', 'zones', 'tokens', 'profiles', 'sample'].map(part => ({
      name: `settings, ${part}`,
      path: `/settings/${part}`,
    })),
    { name: 'playground', path: '/playground' },
    { name: 'login', path: '/login', isStranger: true },
  ]
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
const ms = (value: number) => `${value.toFixed(0)}`
const against = (value: number, most: number) => (value < most ? 'holds' : '**over**')
const slowest = (reads: readonly Read[]) => {
  const worst = reads.toSorted((a, b) => b.took - a.took)[0]
  return worst ? `${worst.path.replace(/\/[^/]*%2F[^/]*/i, '/…')} ${ms(worst.took)}` : '–'
}

const server = fork(join(import.meta.dirname, 'web-server.ts'), [folder])
const ask = async <T>(question: string): Promise<T> => {
  server.send(question)
  return (await once(server, 'message'))[0] as T
}
let browser: Browser | undefined
let isOver = false
try {
  const [{ port }] = (await Promise.race([
    once(server, 'message'),
    once(server, 'exit').then(() => Promise.reject(new Error('the server did not start'))),
  ])) as [{ port: number }]
  const url = `http://127.0.0.1:${port}`
  browser = await chromium.launch({
    executablePath: process.env.BENCH_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  const session = await signIn(browser, url)
  isOver = await measure(browser, url, session)
} finally {
  await browser?.close()
  if (server.connected) server.send('stop')
}
process.exitCode = isOver ? 1 : 0

async function signIn(of: Browser, url: string) {
  const context = await of.newContext()
  const answer = await context.request.post(`${url}/api/v1/session`, {
    data: visitor,
    headers: { origin: url },
  })
  if (!answer.ok()) throw new Error(`signing in failed: ${await answer.text()}`)
  const session = await context.storageState()
  await context.close()
  return session
}

type Session = Awaited<ReturnType<typeof signIn>>

/** Prints the tables; true where the scripts are over their budget. */
async function measure(of: Browser, url: string, session: Session): Promise<boolean> {
  const read = async <T>(path: string): Promise<T> => {
    const context = await of.newContext({ storageState: session })
    const answer = await context.request.get(`${url}/api/v1${path}`)
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
    const found = (await answer.json()) as T
    await context.close()
    return found
  }
  const resources = await read<{ items: { key: string }[] }>(
    `/resources?limit=1&q=${encodeURIComponent(`cluster : ${cluster} kind : Deployment`)}`,
  )
  const standards = await read<{ items: { benchmark: string; edition: string }[] }>('/compliance')
  const edition = standards.items.find(one => one.benchmark === standard)?.edition ?? ''
  const whole = await read<{ sections: { controls: { id: string }[] }[] }>(
    `/compliance/${standard}/${edition}`,
  )
  const screens = screensOf(resources.items[0]?.key ?? '', edition, whole.sections[0]?.controls[0]?.id ?? '')

  const initial = initialScripts(folder)
  const kilobytes = (paths: readonly string[]) => paths.reduce((sum, path) => sum + zipped(folder, path), 0)
  const begin = kilobytes(initial)
  const rows: string[] = []
  const deeds: string[] = []
  let isOver = begin > budget.scripts
  for (const screen of screens.filter(({ name }) => name.includes(only))) {
    const { shown, acted, usage } = await openOften(of, url, screen, session)
    const own = shown[0]?.scripts.filter(path => !initial.includes(path)) ?? []
    const paint = median(shown.map(one => one.firstPaint))
    const content = median(shown.map(one => one.content))
    const scripts = kilobytes(own)
    if (screen.path === '/' && begin + scripts > budget.scripts) isOver = true
    rows.push(
      `| ${screen.name} | ${ms(paint)} | ${against(paint, budget.paint)} | ${ms(content)} | ${against(content, budget.content)} | ${slowest(shown.at(-1)?.reads ?? [])} | ${shown.at(-1)?.reads.length} | ${ms(usage.server)} + ${ms(usage.database)} + ${ms(1000 * median(shown.map(one => one.renderer)))} | ${scripts.toFixed(0)} |`,
    )
    for (const [name, all] of acted) {
      const painted = median(all.map(one => one.paint))
      deeds.push(
        `| ${screen.name}: ${name} | ${painted <= 16 ? '≤ 16' : ms(painted)} | ${against(painted, budget.act)} | ${ms(median(all.map(one => one.content)))} | ${slowest(all.at(-1)?.reads ?? [])} | ${ms(1000 * median(all.map(one => one.renderer)))} |`,
      )
    }
    console.error(rows.at(-1))
  }
  console.log(
    `Scripts that every screen begins with: ${begin.toFixed(0)} kB compressed, budget ${budget.scripts} kB with those of the overview: ${isOver ? '**over**' : 'holds'}\n`,
  )
  console.log(
    `| screen | first paint, ms | < ${budget.paint} | content, ms | < ${budget.content} | slowest read, ms | reads | CPU ms: server + database + page | own scripts, kB |\n| --- | ---: | --- | ---: | --- | --- | ---: | --- | ---: |`,
  )
  console.log(rows.join('\n'))
  console.log(
    `\n| deed | next paint, ms | < ${budget.act} | with what it asked for, ms | slowest read, ms | CPU ms: page |\n| --- | ---: | --- | ---: | --- | ---: |`,
  )
  console.log(deeds.join('\n'))
  return isOver
}

/** Opens a screen as often as there are rounds, after one that is not counted, each time as on a first visit. */
async function openOften(
  of: Browser,
  url: string,
  { path, isStranger, deeds = {} }: Screen,
  session: Session,
) {
  const shown: Shown[] = []
  const acted = new Map<string, Acted[]>()
  const usage = { server: [] as number[], database: [] as number[] }
  for (let round = 0; round <= rounds; round++) {
    const before = await ask<Usage>('usage')
    const opened = await openCold(of, url + path, isStranger ? undefined : session)
    const after = await ask<Usage>('usage')
    const isCounted = round > 0
    if (isCounted) {
      shown.push(opened.shown)
      usage.server.push(1000 * (after.server - before.server))
      usage.database.push(1000 * (after.database - before.database))
    }
    for (const [name, deed] of Object.entries(deeds)) {
      const one = await opened.act(deed)
      if (isCounted) acted.set(name, [...(acted.get(name) ?? []), one])
    }
    await opened.page.context().close()
  }
  return { shown, acted, usage: { server: median(usage.server), database: median(usage.database) } }
}
