// Login in a real browser: one-time passwords, wrong ones, the organisation's provider, signing out, and a session that ends while a screen is open.

import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import {
  type OidcTestProvider,
  oidcClient,
  startOidcProvider,
} from '../../packages/server/src/testing/oidc-test-provider.ts'
import { freePort } from '../e2e-kube/harness/free-port.ts'
import { axeFaults, server, settled, shoot, useBrowser } from './browser.ts'
import { useOwnServer } from './own-server.ts'
import { makePerson, makeTeam, signIn, signInAtFirst } from './session.ts'

const fill = async (page: Page, login: string, password: string) => {
  await page.getByLabel('Name', { exact: true }).fill(login)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
}
const isAt = (page: Page, path: string) => page.waitForURL(url => url.pathname === path)

describe.skipIf(!server)('login', () => {
  let provider: OidcTestProvider | undefined
  /** What the provider says of whoever signs in there. */
  let person: { sub: string; preferred_username: string; name: string; groups: string[] }
  const own = useOwnServer(async () => {
    const listen = `127.0.0.1:${await freePort()}`
    provider = await startOidcProvider({
      redirectUri: `http://${listen}/api/v1/session/oidc/callback`,
      person: () => person,
    })
    return {
      shows: 'nothing',
      listen,
      environment: {
        PLIMSOLL_OIDC_ISSUER: provider.issuer,
        PLIMSOLL_OIDC_CLIENT_ID: oidcClient.id,
        PLIMSOLL_OIDC_CLIENT_SECRET: oidcClient.secret,
        PLIMSOLL_OIDC_NAME: 'Example ID',
        PLIMSOLL_OIDC_SCOPES: 'openid profile email groups',
        PLIMSOLL_OIDC_LOGIN_CLAIM: 'preferred_username',
        PLIMSOLL_OIDC_GROUP_ROLES: 'secops=approver',
      },
    }
  })
  afterAll(async () => provider?.close())
  const { open } = useBrowser(own)

  test('a one-time password is changed before anything else is seen', async () => {
    const { oneTimePassword } = await makePerson(own().admin, 'zoe', 'viewer')
    const { page, incidents } = await open('/exceptions?state=dead', { isStranger: true })
    await isAt(page, '/login')
    await fill(page, 'zoe', oneTimePassword)
    await page.getByText('Your password was for one time').waitFor()
    await shoot(page, 'login-change')
    expect(await axeFaults(page)).toEqual([])
    await page.goto(`${own().url}/clusters`)
    await page.getByText('Your password was for one time').waitFor()
    await page.goto(`${own().url}/login?to=${encodeURIComponent('/exceptions?state=dead')}`)
    await page.getByLabel('One-time password').fill(oneTimePassword)
    await page.getByLabel('New password', { exact: true }).fill(oneTimePassword)
    await page.getByLabel('New password again').fill('something else')
    await page.getByText('The two are not the same').waitFor()
    await page.getByLabel('New password again').fill(oneTimePassword)
    expect(incidents).toEqual([])
    await page.getByRole('button', { name: 'Change and go on' }).click()
    await page.getByRole('alert').getByText('the new password is the old one').waitFor()
    expect(await axeFaults(page)).toEqual([])
    for (const label of ['New password', 'New password again'])
      await page.getByLabel(label, { exact: true }).fill('seven quiet lighthouses')
    await page.getByRole('button', { name: 'Change and go on' }).click()
    await page.getByRole('heading', { name: 'Exceptions' }).waitFor()
    expect(new URL(page.url()).searchParams.get('state')).toBe('dead')
    expect(incidents.filter(line => !line.includes('422'))).toEqual([])
    await page.context().close()
  })

  test('signing out leaves nothing behind', async () => {
    const { ada } = await makeTeam(own().admin, { ada: 'editor' })
    const { page, incidents } = await open('/clusters', ada && { as: ada })
    await page.getByRole('button', { name: 'ada' }).click()
    expect(await axeFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Password', { exact: true }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/login')
    await page.goBack()
    await isAt(page, '/login')
    expect(incidents).toEqual([])
    expect(await page.context().cookies()).toEqual([])
    await page.context().close()
  })

  test('a session that ends while a screen is open leads to the sign-in, and from there back to the screen', async () => {
    const { url, admin } = own()
    const { oneTimePassword } = await makePerson(admin, 'max', 'viewer')
    const first = await signInAtFirst(url, 'max', oneTimePassword)
    const { page } = await open('/exceptions', { as: first })
    await page.getByText('No exception', { exact: true }).waitFor()
    const second = await signIn(url, 'max', first.password)
    await second.api.endOtherSessions()
    await page.getByRole('link', { name: 'Inventory' }).click()
    await isAt(page, '/login')
    expect(await axeFaults(page)).toEqual([])
    // Somebody else may come, to whom nothing is shown that was read before.
    await fill(page, 'admin', admin.password)
    await page.getByRole('heading', { name: 'Inventory' }).waitFor()
    await page.getByRole('button', { name: 'admin' }).waitFor()
    await page.getByRole('link', { name: 'Activity' }).waitFor()
    await page.context().close()
  })

  test('a session that ends below a dialog does so, too', async () => {
    const { url, admin } = own()
    const { oneTimePassword } = await makePerson(admin, 'tim', 'viewer')
    const first = await signInAtFirst(url, 'tim', oneTimePassword)
    const { page } = await open('/settings/tokens', { as: first })
    await page.getByRole('button', { name: 'Make token' }).click()
    const dialog = page.getByRole('dialog', { name: 'Make token' })
    await dialog.getByLabel('Name', { exact: false }).first().fill('of a pipeline')
    await (await signIn(url, 'tim', first.password)).api.endOtherSessions()
    await dialog.getByRole('button', { name: 'Make' }).click()
    await isAt(page, '/login')
    expect(new URL(page.url()).searchParams.get('to')).toBe('/settings/tokens')
    await page.context().close()
  })

  test('by the provider of the organisation, back to where one wanted to go', async () => {
    person = { sub: 'u-1', preferred_username: 'Yan', name: 'Yan', groups: ['secops'] }
    const { page, incidents } = await open('/exceptions?state=expiring', { isStranger: true })
    expect(incidents).toEqual([])
    await page.getByRole('link', { name: 'Sign in with Example ID' }).click()
    await atProvider(page, person.sub)
    await page.getByRole('heading', { name: 'Exceptions' }).waitFor()
    // The provider's own pages are not ours to judge.
    incidents.splice(0)
    expect(new URL(page.url()).searchParams.get('state')).toBe('expiring')
    await page.getByRole('button', { name: 'yan' }).click()
    await page.getByText('approver', { exact: true }).waitFor()
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('whom the provider knows and we do not is told so where they came from', async () => {
    person = { sub: 'u-2', preferred_username: 'sal', name: 'Sal', groups: ['sales'] }
    const { page } = await open('/login', { isStranger: true })
    await page.getByRole('link', { name: 'Sign in with Example ID' }).click()
    await atProvider(page, person.sub)
    await page.getByRole('alert').getByText('may not use Plimsoll').waitFor()
    await shoot(page, 'login-refused')
    expect(await axeFaults(page)).toEqual([])
    await page.context().close()
  })

  test('a wrong password is told, and who goes on guessing has to wait', async () => {
    await makePerson(own().admin, 'eve', 'viewer')
    const { page, incidents } = await open('/login', { isStranger: true })
    expect(incidents).toEqual([])
    const alert = page.getByRole('alert')
    let told = ''
    for (let tries = 0; tries < 25 && !told.startsWith('Too many'); tries++) {
      const answer = page.waitForResponse(
        one => one.request().method() === 'POST' && one.url().endsWith('/api/v1/session'),
      )
      await fill(page, 'eve', `not-the-password-${tries}`)
      const status = (await answer).status()
      const words = status === 401 ? 'Name or password is wrong' : 'Too many attempts'
      await alert.getByText(words).waitFor()
      told = await alert.innerText()
      if (tries === 0) expect(told).toBe('Name or password is wrong.')
    }
    expect(told).toMatch(/^Too many attempts\. Try again in \d+ (?:second|minute)s?\.$/)
    await settled(page)
    await shoot(page, 'login-wait')
    expect(await axeFaults(page)).toEqual([])
    await page.context().close()
  })
})

/** Signs in at the provider's own pages, and agrees to all. */
async function atProvider(page: Page, subject: string): Promise<void> {
  await page.locator('input[name=login]').fill(subject)
  await page.locator('input[name=password]').fill('any')
  await page.locator('button[type=submit]').click()
  await page.getByRole('button', { name: 'Continue' }).click()
}
