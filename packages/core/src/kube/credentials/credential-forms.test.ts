import { describe, expect, it } from 'vitest'
import { credentialForms } from './credential-forms.ts'
import { findShapes } from './credential-shapes.ts'

/** Letters and digits as machines make them, so that no scanner of this repository takes them for real. */
const body = (length: number) => 'a1B2c3D4e5F6g7H8'.repeat(20).slice(0, length)
const hex = (length: number) => '0123456789abcdef'.repeat(20).slice(0, length)
const upper = (length: number) => 'A2B3C4D5E6F7G8H9'.repeat(20).slice(0, length)
const digits = (length: number) => '1234567890'.repeat(20).slice(0, length)
const base64 = (text: string) => Buffer.from(text).toString('base64')
const pem = (kind: string) => `-----BEGIN ${kind}-----\n${body(64)}\n${body(20)}\n-----END ${kind}-----`

/** One of each form, and what of it is the credential where that is not all. */
const made: Readonly<Record<string, string | readonly [string, string]>> = {
  'AWS access key id': `AKIA${upper(16)}`,
  'private key': pem('RSA PRIVATE KEY'),
  'JSON Web Token': `eyJ${body(20)}.eyJ${body(30)}.${body(43)}`,
  'Google API key': `AIza${body(35)}`,
  'Google OAuth client secret': `GOCSPX-${body(28)}`,
  'Google OAuth token': `ya29.${body(60)}`,
  'GitHub token': `github_pat_${body(22)}_${body(59)}`,
  'GitLab token': `glpat-${body(20)}`,
  'Slack token': `xapp-1-${upper(11)}-${digits(13)}-${hex(64)}`,
  'Slack webhook': [
    `https://hooks.slack.com/services/T${upper(8)}/B${upper(8)}/${body(24)}`,
    `T${upper(8)}/B${upper(8)}/${body(24)}`,
  ],
  'Discord webhook': [`https://discord.com/api/webhooks/${digits(18)}/${body(68)}`, body(68)],
  'Microsoft Teams webhook': [`https://x.webhook.office.com/webhookb2/${body(90)}`, body(90)],
  'Stripe key': `rk_live_${body(24)}`,
  'Stripe webhook secret': `whsec_${body(32)}`,
  'npm token': `npm_${body(36)}`,
  'PyPI token': `pypi-AgE${body(60)}`,
  'RubyGems token': `rubygems_${hex(48)}`,
  'SendGrid key': `SG.${body(22)}.${body(43)}`,
  'OpenAI key': `sk-proj-${body(74)}T3BlbkFJ${body(74)}`,
  'Anthropic key': `sk-ant-api03-${body(93)}AA`,
  'Groq key': `gsk_${body(52)}`,
  'xAI key': `xai-${body(80)}`,
  'Replicate token': `r8_${body(37)}`,
  'Hugging Face token': `hf_${body(34)}`,
  'Docker Hub token': `dckr_pat_${body(27)}`,
  'Vault token': `hvs.${body(95)}`,
  'Terraform token': `${body(14)}.atlasv1.${body(67)}`,
  'DigitalOcean token': `dop_v1_${hex(64)}`,
  'Databricks token': `dapi${hex(32)}-2`,
  'Shopify token': `shpat_${hex(32)}`,
  'Grafana token': `glsa_${body(32)}_${hex(8)}`,
  'Figma token': `figd_${body(40)}`,
  'Notion token': `ntn_${digits(11)}${body(35)}`,
  'Linear key': `lin_api_${body(40)}`,
  'Vercel token': `vcp_${body(24)}`,
  '1Password service account token': `ops_ey${body(200)}fQ==`,
  '1Password secret key': `A3-${upper(6)}-${upper(11)}-${upper(5)}-${upper(5)}-${upper(5)}`,
  'Atlassian token': `ATATT3xFf${body(180)}`,
  'New Relic key': `NRAK-${upper(27)}`,
  'Postman key': `PMAK-${hex(24)}-${hex(34)}`,
  'Doppler token': `dp.st.prd.${body(40)}`,
  'Pulumi token': `pul-${hex(40)}`,
  'Sentry token': `sntryu_${hex(64)}`,
  'Tailscale key': `tskey-auth-${body(12)}-${body(28)}`,
  'Supabase token': `sbp_${hex(40)}`,
  'PlanetScale password': `pscale_pw_${body(43)}`,
  'Square token': `sq0csp-${body(43)}`,
  'Twilio key': `SK${hex(32)}`,
  'Mailgun key': `key-${hex(32)}`,
  'Telegram bot token': `${digits(10)}:AA${body(33)}`,
  'age secret key': `AGE-SECRET-KEY-1${upper(58)}`,
  'Alibaba Cloud access key id': `LTAI${body(20)}`,
  'Azure storage key': [`AccountName=x;AccountKey=${body(86)}==`, `${body(86)}==`],
  'Azure shared access key': [`SharedAccessKey=${body(43)}=`, `${body(43)}=`],
  'Azure client secret': `abc8Q~${body(34)}`,
  'Azure shared access signature': [
    `https://x.blob.core.windows.net/c?sv=1&sig=${body(43)}%3D`,
    `${body(43)}%3D`,
  ],
  'token in a URL': [`https://${hex(40)}:x-oauth-basic@github.com/a/b`, hex(40)],
  'password in a URL': ['postgres://app:hunter@2@db:5432/app', 'hunter@2'],
  'password in a JDBC URL': ['jdbc:oracle:thin:scott/hunter2@//db:1521/x', 'hunter2'],
  'password in a connection string': ['Server=db;User Id=sa;Password=hunter2;', 'hunter2'],
  'Basic authorization': [`Authorization: Basic ${base64('robot:hunter2')}`, base64('robot:hunter2')],
  'Bearer authorization': [`Authorization: Bearer ${body(30)}`, body(30)],
}

/** As long, and none: the word goes on, is too short, is a filler or another thing. */
const nearMisses: Readonly<Record<string, readonly string[]>> = {
  'AWS access key id': [`XAKIA${upper(16)}`, `AKIA${upper(17)}`, `AKIA${'X'.repeat(16)}`],
  'private key': [pem('PUBLIC KEY'), pem('CERTIFICATE'), 'a PRIVATE KEY is private'],
  'JSON Web Token': ['eyJhbGciOi.x.y', `eyJ${body(20)}.${body(20)}.${body(20)}`],
  'GitHub token': [`ghp_${'x'.repeat(36)}`, `ghp_${body(20)}`, `xghp_${body(36)}`],
  'Slack token': ['xoxb-your-token-goes-here', 'xoxb-short1'],
  'OpenAI key': ['sk-learn-is-a-library-for-machines', `sk-${body(40)}`],
  'Anthropic key': ['sk-ant-your-key-goes-right-here'],
  'npm token': [`npm_${body(35)}`, `npm_${body(37)}`, 'npm_config_registry_of_the_whole_company'],
  'SendGrid key': ['SG.short.text', `SG.${body(22)}.${body(44)}`],
  'Shopify token': [`shpat_${hex(12)}`, 'shpit_0123456789abcdef0123456789abcdef'],
  'Figma token': [`figd_${body(20)}`, 'figd_the-design-file-of-the-whole-product-team-here'],
  'Notion token': [`ntn_${body(46)}`, `ntn_${digits(11)}${body(34)}`],
  'Linear key': [`lin_api_${body(12)}`, 'lin_reg_0123456789abcdef0123456789abcdef'],
  'Vercel token': ['vcp_shortone', 'vca_anyletterswithoutdigitsarewords'],
  'Groq key': [`gsk_${body(51)}`, `gsk_${body(53)}`],
  'Vault token': [`hvs.${body(10)}`, 'hvs.the-name-of-a-service-here'],
  'Databricks token': [`dapi${hex(31)}`, `dapi${hex(33)}`],
  '1Password secret key': ['A3-PAGE-SIZE', `A3-${upper(6)}-${upper(11)}`],
  'Twilio key': [`SK${upper(32)}`, `TASK${hex(32)}`],
  'Mailgun key': [`api-key-${hex(32)}`, `key-${hex(31)}`],
  'password in a URL': [
    'https://example.com:8080/a@b',
    'https://user@host/a:b',
    'https://user:$(PASSWORD)@host/',
    'http://a:xxx@b',
  ],
  'token in a URL': ['https://$' + '{TOKEN}:x-oauth-basic@github.com/'],
  'Basic authorization': [
    'the basic settings are read',
    `Basic ${base64('no colon here')}`,
    'Basic $(CREDENTIALS)',
  ],
  'Bearer authorization': ['the bearer understands-what-it-carries', 'Bearer $(TOKEN)'],
}

describe('a credential of a form', () => {
  it('is shown for each of the forms', () => {
    expect(Object.keys(made)).toEqual(credentialForms.map(({ detector }) => detector))
  })

  it.each(Object.entries(made))('%s is found wherever it stands, and nothing else', (detector, one) => {
    const [text, secret] = typeof one === 'string' ? [one, one] : one
    for (const [before, after] of [
      ['', ''],
      ['see "', '"'],
      ['a: 1\nb: ', '\n'],
      ['x=1, y=', ', z'],
      ['{"a":"', '"}'],
    ] as const) {
      const whole = `${before}${text}${after}`
      const [found, ...others] = findShapes(whole)
      expect(found, whole).toMatchObject({ detector, length: secret.length })
      expect(whole.slice(found?.index, found?.end)).toBe(secret)
      expect(others).toEqual([])
    }
  })

  it.each(Object.entries(nearMisses).flatMap(([detector, texts]) => texts.map(text => [detector, text])))(
    'is no %s: %s',
    (_, text) => {
      expect(findShapes(text)).toEqual([])
    },
  )
})

describe('private keys', () => {
  it('end where they end', () => {
    const [key] = findShapes(`${pem('EC PRIVATE KEY')}\nlevel=info\n`)
    expect(key?.length).toBe(pem('EC PRIVATE KEY').length)
  })
  it('are found in JSON, and cut off', () => {
    const text = JSON.stringify({ type: 'service_account', private_key: pem('PRIVATE KEY') })
    expect(findShapes(text).map(({ detector }) => detector)).toEqual(['private key'])
    const cut = `-----BEGIN PRIVATE KEY-----\n${body(64)}\n${body(30)}`
    expect(findShapes(`${cut}\nname: web`)[0]?.length).toBe(cut.length)
  })
})
