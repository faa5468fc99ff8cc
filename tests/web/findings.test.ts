// Findings in a real browser: a failed one is found and mended, resources are ranked, one is accepted and taken back, keys work through the list.

import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { axeFaults, server, settled, shoot, useBrowser } from './browser.ts'

const queryBar = (page: Page) => page.getByRole('combobox', { name: 'Query of findings' })
const flyout = (page: Page) => page.getByRole('complementary', { name: 'Finding', exact: true })
const rows = (page: Page) =>
  page
    .getByRole('table')
    .getByRole('row')
    .filter({ has: page.getByRole('cell') })

/** A change is judged before it shows. */
const patient = { timeout: 15_000 }

async function ask(page: Page, query: string) {
  await queryBar(page).fill(query)
  await page.keyboard.press('Enter')
  await settled(page)
}

describe.skipIf(!server)('findings', () => {
  const { open } = useBrowser()

  test('a failed finding is found, understood and mended', async () => {
    const { page, incidents } = await open('/findings')
    await rows(page).first().waitFor()
    expect(new URL(page.url()).search).toBe('')
    await page.keyboard.press('/')
    await queryBar(page).fill('severity : critical AND stat')
    await page.getByRole('option', { name: /^state/ }).waitFor()
    await shoot(page, 'findings-completion')
    await ask(page, 'state : open AND outcome : fail AND rule : privileged-container')
    // What was listed before stands until the answer is there, and a row of it cannot be opened by then.
    await expect
      .poll(async () => {
        const titles = await rows(page).allInnerTexts()
        return titles.length > 0 && titles.every(title => title.includes('No container runs privileged'))
      }, patient)
      .toBe(true)
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await flyout(page).getByRole('heading', { name: 'No container runs privileged' }).waitFor()
    await settled(page)
    await flyout(page).getByRole('region', { name: 'What the patch changes' }).waitFor()
    await shoot(page, 'findings-flyout')
    const evidence = flyout(page).getByRole('region', { name: 'Evidence' })
    expect(await evidence.getByRole('table').innerText()).toMatch(/privileged\s+true/)
    expect(await evidence.locator('[data-marked="critical"] code').innerText()).toContain('privileged: true')
    const change = flyout(page).getByRole('region', { name: 'What the patch changes' })
    expect(await change.locator('[data-type="removed"]').allInnerTexts()).toHaveLength(1)
    expect(await change.locator('[data-type="added"]').innerText()).toContain('privileged: false')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await flyout(page).getByRole('button', { name: 'Copy kubectl command' }).click()
    await flyout(page).getByRole('button', { name: 'Copied' }).waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(
      /^kubectl patch \S+ --namespace \S+ --type json --patch '\[\{"op":"replace".*"value":false\}\]'$/,
    )
    for (const part of ['Object', 'Controls', 'History', 'JSON']) {
      await flyout(page).getByRole('tab', { name: part }).click()
      await settled(page)
      await shoot(page, `findings-flyout-${part.toLowerCase()}`)
      expect(await axeFaults(page)).toEqual([])
    }
    // The address alone leads to the same place.
    const { page: other } = await open(new URL(page.url()).pathname + new URL(page.url()).search)
    await flyout(other).getByRole('tab', { name: 'JSON', selected: true }).waitFor()
    expect(await queryBar(other).inputValue()).toBe(await queryBar(page).inputValue())
    await other.context().close()
    await page.keyboard.press('Escape')
    await flyout(page).waitFor({ state: 'detached' })
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('what is wrong with a query is said where it is', async () => {
    const { page } = await open('/findings')
    await ask(page, 'sevrity : high')
    const problem = page.getByRole('alert').filter({ hasText: 'sevrity' }).first()
    await problem.waitFor()
    await shoot(page, 'findings-problem')
    expect(await axeFaults(page)).toEqual([])
    await page.context().close()
  })

  test('the most misconfigured resources, and what each fails', async () => {
    const { page, incidents } = await open('/findings?by=resource')
    await rows(page).first().waitFor()
    await shoot(page, 'findings-groups')
    const failed = (await rows(page).locator('strong').allInnerTexts()).map(text =>
      Number(text.replace(',', '')),
    )
    expect(failed.length).toBeGreaterThan(5)
    expect(failed).toEqual(failed.toSorted((one, other) => other - one))
    const first = failed[0]
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('table', { name: 'Findings', exact: true }).waitFor()
    await settled(page)
    expect(await page.getByRole('button', { name: /^Failed/ }).innerText()).toBe(`Failed ${first}`)
    await page.goBack()
    await page.getByRole('table', { name: 'Groups of findings' }).waitFor()
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('facets narrow and widen, and slices count', async () => {
    const { page } = await open('/findings')
    await rows(page).first().waitFor()
    const facet = page.getByRole('region', { name: 'Severity' }).getByRole('button', { name: /^High/ })
    await facet.click()
    await settled(page)
    expect(await queryBar(page).inputValue()).toContain('severity : "high"')
    // Both are counted anew where something changes meanwhile.
    const numberOf = async (button: typeof facet) => (await button.innerText()).replace(/\D/g, '')
    await expect
      .poll(
        async () =>
          (await numberOf(facet)) ===
          (await numberOf(page.getByRole('button', { name: /^Failed/, pressed: true }))),
        patient,
      )
      .toBe(true)
    await page
      .getByRole('region', { name: 'Severity' })
      .getByRole('button', { name: /^High/, pressed: true })
      .click()
    await settled(page)
    expect(await queryBar(page).inputValue()).not.toContain('severity')
    await page.getByRole('button', { name: /^Not evaluated/ }).click()
    await settled(page)
    await shoot(page, 'findings-unknown')
    expect(await queryBar(page).inputValue()).toContain('not-evaluated')
    await page.context().close()
  })

  test('findings are grouped by section, and a group opens to what it counted', async () => {
    const { page, incidents } = await open('/findings?by=section')
    await page.getByText(/these groups add up to more than there is/).waitFor()
    const group = rows(page).first()
    const failed = await group.locator('[role=cell]:nth-child(2)').innerText()
    await shoot(page, 'findings-sections')
    expect(await axeFaults(page)).toEqual([])
    await group.getByRole('button').or(group).first().click()
    await page.getByRole('table', { name: 'Findings', exact: true }).waitFor()
    await expect
      .poll(
        () => page.getByRole('table', { name: 'Findings', exact: true }).getAttribute('aria-rowcount'),
        patient,
      )
      .toBe(failed.replace(/\D/g, ''))
    expect(await queryBar(page).inputValue()).toContain('rule.section : ')
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('many are suppressed by one request, after what it hides was told', async () => {
    const { page, incidents } = await open(
      '/findings?q=' + encodeURIComponent('state : open AND outcome : fail AND kind : Node'),
    )
    await rows(page).first().waitFor()
    const asked: string[] = []
    page.on('request', request => {
      if (request.method() === 'POST') asked.push(new URL(request.url()).pathname)
    })
    await rows(page).nth(0).getByRole('checkbox').click()
    await rows(page).nth(1).getByRole('checkbox').click()
    await page
      .getByRole('region', { name: 'Chosen findings' })
      .getByRole('button', { name: 'Suppress' })
      .click()
    const dialog = page.getByRole('dialog', { name: 'Suppress' })
    await dialog
      .getByRole('region', { name: 'What it hides' })
      .getByText(/It hides 2 of/)
      .waitFor()
    expect(await axeFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Suppress' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(asked.filter(path => path.endsWith('/suppression'))).toEqual(['/api/v1/findings/suppression'])
    await expect
      .poll(async () => {
        const answer = await page.request.get(
          `${server?.url}/api/v1/findings?q=${encodeURIComponent('state : excepted AND kind : Node')}`,
        )
        return ((await answer.json()) as { items: unknown[] }).items.length
      }, patient)
      .toBeGreaterThanOrEqual(2)
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('a finding is suppressed and unsuppressed', async () => {
    const { page, incidents } = await open(
      `/findings?q=${encodeURIComponent('state : open AND outcome : fail AND rule : namespace-limit-range')}`,
    )
    await rows(page).first().waitFor()
    const before = await page.getByRole('button', { name: /^Excepted/ }).innerText()
    await rows(page).first().click()
    await flyout(page).getByRole('button', { name: 'Suppress' }).click()
    const dialog = page.getByRole('dialog', { name: 'Suppress' })
    await dialog.getByLabel('Comment').fill('Replaced next quarter.')
    await shoot(page, 'findings-suppress')
    expect(await axeFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Suppress' }).click()
    await flyout(page).getByText('Replaced next quarter.').waitFor()
    await shoot(page, 'findings-suppressed')
    expect(await axeFaults(page)).toEqual([])
    expect(await flyout(page).innerText()).toContain('Excepted')
    await expect
      .poll(() => page.getByRole('button', { name: /^Excepted/ }).innerText(), patient)
      .not.toBe(before)
    await flyout(page).getByRole('button', { name: 'Unsuppress' }).click()
    await page.getByRole('dialog', { name: 'Unsuppress' }).getByRole('button', { name: 'Unsuppress' }).click()
    await flyout(page).getByRole('button', { name: 'Suppress' }).waitFor()
    await expect.poll(() => page.getByRole('button', { name: /^Excepted/ }).innerText(), patient).toBe(before)
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('chosen findings get a triage state at once, and a comment', async () => {
    const { page, incidents } = await open(
      `/findings?columns=severity,rule,resource,triage&q=${encodeURIComponent('state : open AND outcome : fail AND rule : namespace-resource-quota')}`,
    )
    await rows(page).first().waitFor()
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
    const bulk = page.getByRole('region', { name: 'Chosen findings' })
    await bulk.getByText('2 findings chosen').waitFor()
    await shoot(page, 'findings-bulk')
    expect(await axeFaults(page)).toEqual([])
    for (const word of ['Acknowledged', 'New']) {
      await bulk.getByRole('button', { name: 'Triage' }).click()
      await page.getByRole('menuitem', { name: word }).click()
      await expect
        .poll(
          async () =>
            (await rows(page).allInnerTexts()).slice(0, 2).filter(text => text.includes(word)).length,
          patient,
        )
        .toBe(2)
    }
    await bulk.getByRole('button', { name: 'Comment' }).click()
    await page.getByRole('dialog').getByLabel('Comment').fill('Both belong to the same team.')
    await page.getByRole('dialog').getByRole('button', { name: 'Comment' }).click()
    await bulk.getByText('Done.').waitFor()
    await rows(page).first().click()
    await flyout(page).getByRole('tab', { name: 'History' }).click()
    await flyout(page).getByText('Both belong to the same team.').first().waitFor()
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('a view is saved, opened and removed', async () => {
    const { page, incidents } = await open('/findings?by=rule,cluster')
    await rows(page).first().waitFor()
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name: 'Save as a new view…' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Rules by cluster')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Rules by cluster' }).waitFor()
    await page.goto(`${server?.url}/findings`)
    await settled(page)
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name: 'Rules by cluster', exact: true }).click()
    await page.getByRole('table', { name: 'Groups of findings' }).waitFor()
    await page.getByRole('button', { name: 'Rules by cluster' }).click()
    await page.getByRole('menuitem', { name: 'Remove Rules by cluster…' }).click()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByRole('button', { name: 'Views' }).waitFor()
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test.each([
    [390, 844],
    [1024, 768],
    [2560, 1300],
  ])('the list and a finding fit %i pixels in both themes', async (width, height) => {
    for (const theme of ['light', 'dark'] as const) {
      const { page, incidents } = await open('/findings', { width, height, theme })
      await rows(page).first().waitFor()
      await shoot(page, `findings-${width}-${theme}`)
      expect(await axeFaults(page)).toEqual([])
      expect(await page.evaluate('content.scrollWidth <= content.clientWidth')).toBe(true)
      await rows(page)
        .first()
        .click({ position: { x: 120, y: 12 } })
      await flyout(page).getByRole('region', { name: 'Evidence' }).waitFor()
      await settled(page)
      await shoot(page, `findings-flyout-${width}-${theme}`)
      expect(await axeFaults(page)).toEqual([])
      expect(await page.evaluate('content.scrollWidth <= content.clientWidth')).toBe(true)
      expect(incidents).toEqual([])
      await page.context().close()
    }
  })
})
