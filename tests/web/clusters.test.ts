// Clusters in a real browser: the list leads to one, which tells its standards and collectors; axe finds nothing in both themes.

import { describe, expect, test } from 'vitest'
import { axeFaults, server, settled, shoot, useBrowser } from './browser.ts'

describe.skipIf(!server)('clusters', () => {
  const { open } = useBrowser()

  test.each(['light', 'dark'] as const)('one is opened from the list, %s', async theme => {
    const { page, incidents } = await open('/clusters', { theme })
    await page.getByRole('cell').getByRole('link').first().click()
    await page.getByRole('heading', { name: 'Collectors' }).waitFor()
    await settled(page)
    await shoot(page, `cluster-${theme}`)
    expect(await axeFaults(page)).toEqual([])
    expect(await page.evaluate('content.scrollWidth <= content.clientWidth')).toBe(true)
    expect(incidents).toEqual([])
    await page.context().close()
  })
})
