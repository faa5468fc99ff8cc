// Playground in a real browser: verdicts follow what is typed, broken YAML is told with its line, and axe finds nothing in both themes.

import { describe, expect, test } from 'vitest'
import { axeFaults, server, shoot, useBrowser } from './browser.ts'

describe.skipIf(!server)('playground', () => {
  const { open } = useBrowser()

  test.each(['light', 'dark'] as const)('verdicts as one types, %s', async theme => {
    const { page, incidents } = await open('/playground', { theme })
    const failures = page.getByRole('list', { name: 'Failures' })
    await failures.getByText('No container runs privileged').waitFor()
    await failures.locator('summary').first().click()
    await failures.getByText('How to fix it').first().waitFor()
    await shoot(page, `playground-${theme}`)
    expect(await axeFaults(page)).toEqual([])

    const area = page.getByRole('textbox', { name: 'YAML to judge' })
    await area.fill((await area.inputValue()).replace('privileged: true', 'privileged: false'))
    await failures.getByText('No container runs privileged').waitFor({ state: 'detached' })

    await area.fill('apiVersion: v1\nkind: Pod\nmetadata: [\n')
    const unread = page.getByRole('list', { name: 'What cannot be read' })
    await unread.getByRole('button', { name: /^Line \d/ }).waitFor()
    await shoot(page, `playground-unread-${theme}`)
    expect(await axeFaults(page)).toEqual([])
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('what is typed stands in the address for others to open, and is sent nowhere', async () => {
    const { page } = await open('/playground')
    const sent: string[] = []
    page.on('request', request => void sent.push(`${request.url()} ${request.postData() ?? ''}`))
    const text = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: only-between-us\n'
    await page.getByRole('textbox', { name: 'YAML to judge' }).fill(text)
    await page.waitForURL(/#[\w-]+$/)
    const { hash } = new URL(page.url())
    const { page: other, incidents } = await open(`/playground${hash}`)
    const typed = other.getByRole('textbox', { name: 'YAML to judge' })
    await expect.poll(() => typed.inputValue()).toBe(text)
    expect(sent.filter(line => line.includes(hash.slice(1)) || line.includes('only-between-us'))).toEqual([])
    expect(incidents).toEqual([])
    // Who must sign in first finds it again, and it never was a parameter.
    const { page: stranger } = await open(`/playground${hash}`, { isStranger: true })
    expect(new URL(stranger.url()).search).not.toContain(hash.slice(1))
    expect(new URL(stranger.url()).hash).toBe(hash)
    for (const one of [page, other, stranger]) await one.context().close()
  })
})
