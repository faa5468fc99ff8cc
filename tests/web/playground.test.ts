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
})
