// Credential forms: how the credentials look whose issuers, or whose standards, give them a form by which anybody can tell them.
//
// Sources: the documentation of each issuer on the format of its tokens; GitHub, "Supported secret scanning patterns"; RFC 6750 (Bearer),
// RFC 7468 (PEM), RFC 7519 (JWT), RFC 7617 (Basic), RFC 3986 (user information in URLs).

import { decodeBase64 } from '../identity/base64.ts'
import { looksRandom } from './randomness.ts'

export interface CredentialForm {
  /** What it is, such as `AWS access key id`. It is told in evidence and kept in place of what is taken out: for ever. */
  readonly detector: string
  /**
   * What each text with one of these has: one of these at the beginning of a word, in any case of letters, or what follows `*` anywhere
   * (with `…`, the one part and later the other).
   * Only texts that have it are looked through.
   */
  readonly marks: readonly string[]
  /** Global; with one group, and flag `d`, where only that part is the credential. */
  readonly pattern: RegExp
  /** Whether what the pattern found is one; absent: it is. */
  readonly accepts?: (credential: string) => boolean
}

const form = (
  detector: string,
  marks: string,
  pattern: RegExp,
  accepts?: (credential: string) => boolean,
): CredentialForm => ({ detector, marks: marks.split(' '), pattern, ...(accepts && { accepts }) })

/** In the order in which they are told; where one stands inside another, the earlier one is meant. */
export const credentialForms: readonly CredentialForm[] = [
  form('AWS access key id', 'AKIA ASIA', /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g),
  form(
    'private key',
    'PRIVATE',
    /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:(?:(?!-----BEGIN)[\s\S]){0,10000}?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|(?:(?:\s|\\[rn])+[A-Za-z0-9+/=]+(?![A-Za-z0-9+/=:]))*)/g,
  ),
  form('JSON Web Token', 'eyJ', /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g),
  form('Google API key', 'AIza', /(?<![\w-])AIza[\w-]{35}(?![\w-])/g),
  form('Google OAuth client secret', 'GOCSPX-', /(?<![\w-])GOCSPX-[\w-]{28}(?![\w-])/g),
  form('Google OAuth token', 'ya29.', /(?<![\w.-])ya29\.[\w-]{30,}/g),
  form(
    'GitHub token',
    'ghp_ gho_ ghu_ ghs_ ghr_ github_pat_',
    /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255})(?!\w)/g,
  ),
  form(
    'GitLab token',
    'gl GR1348941',
    /(?<![A-Za-z0-9-])(?:gl(?:agent|cbt|dt|ffct|ft|imt|oas|pat|ptt|rt|soat)-[\w.-]{20,}|GR1348941[\w-]{20})/g,
  ),
  form(
    'Slack token',
    'xox xapp-',
    /(?<![A-Za-z0-9])(?:xox[abeoprs]|xapp)-(?!your|xxxx)(?=[\w-]*\d)[\w-]{10,}/g,
  ),
  form('Slack webhook', 'hooks.slack', /hooks\.slack\.com\/(?:services|workflows)\/([A-Za-z0-9+/]{20,})/dg),
  form('Discord webhook', 'discord', /discord(?:app)?\.com\/api\/webhooks\/\d{15,22}\/([\w-]{60,})/dg),
  form('Microsoft Teams webhook', 'webhook.office', /\.webhook\.office\.com\/webhookb2\/([\w@/-]{80,})/dg),
  form(
    'Stripe key',
    'sk_live_ sk_test_ rk_live_ rk_test_',
    /(?<![A-Za-z0-9])(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/g,
  ),
  form('Stripe webhook secret', 'whsec_', /(?<![A-Za-z0-9])whsec_[A-Za-z0-9+/=]{32,}/g),
  form('npm token', 'npm_', /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?!\w)/g),
  form('PyPI token', 'pypi-', /(?<![\w-])pypi-AgE[\w-]{50,}/g),
  form('RubyGems token', 'rubygems_', /(?<![A-Za-z0-9])rubygems_[a-f0-9]{48}(?!\w)/g),
  form('SendGrid key', 'SG.', /(?<![\w.-])SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/g),
  form('OpenAI key', 'sk-', /(?<![\w-])sk-(?:[a-z]{2,10}-)?[\w-]{20,100}?T3BlbkFJ[\w-]{20,}/g),
  form('Anthropic key', 'sk-ant-', /(?<![\w-])sk-ant-(?=[\w-]*\d)[\w-]{20,}/g),
  form('Groq key', 'gsk_', /(?<![A-Za-z0-9])gsk_[A-Za-z0-9]{52}(?!\w)/g),
  form('xAI key', 'xai-', /(?<![\w-])xai-[A-Za-z0-9]{80}(?![\w-])/g),
  form('Replicate token', 'r8_', /(?<![A-Za-z0-9])r8_[A-Za-z0-9]{37}(?!\w)/g),
  form('Hugging Face token', 'hf_', /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,}(?!\w)/g),
  form('Docker Hub token', 'dckr_', /(?<![A-Za-z0-9-])dckr_(?:pat|oat)_[\w-]{20,}/g),
  form('Vault token', 'hvs. hvb. hvr.', /(?<![\w.-])hv[sbr]\.(?=[\w-]*\d)[\w-]{20,}/g),
  form('Terraform token', 'atlasv1', /(?<![\w.-])[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}/g),
  form('DigitalOcean token', 'dop_v1_ doo_v1_ dor_v1_', /(?<![A-Za-z0-9])do[opr]_v1_[a-f0-9]{64}(?!\w)/g),
  form('Databricks token', 'dapi', /(?<![A-Za-z0-9])dapi[a-f0-9]{32}(?:-\d)?(?!\w)/gi),
  form(
    'Shopify token',
    'shpat_ shpca_ shppa_ shpss_',
    /(?<![A-Za-z0-9])shp(?:at|ca|pa|ss)_[a-zA-Z0-9]{32,64}(?!\w)/g,
  ),
  form(
    'Grafana token',
    'glsa_ glc_',
    /(?<![A-Za-z0-9])(?:glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}(?!\w)|glc_[A-Za-z0-9+/]{32,}={0,2})/g,
  ),
  form('Figma token', 'figd_ figu_ figo', /(?<![A-Za-z0-9])fig(?:d|u|o[hr]?)_(?=[\w-]*\d)[\w-]{40,200}/g),
  form('Notion token', 'ntn_', /(?<![A-Za-z0-9])ntn_\d{11}[A-Za-z0-9]{35}(?!\w)/g),
  form('Linear key', 'lin_', /(?<![A-Za-z0-9])lin_(?:api|oauth)_[A-Za-z0-9]{32,128}(?!\w)/g),
  form(
    'Vercel token',
    'vca_ vcp_ vci_ vcr_ vck_',
    /(?<![A-Za-z0-9])vc[apirk]_(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{24,60}(?!\w)/g,
  ),
  form('1Password service account token', 'ops_ey', /(?<![A-Za-z0-9])ops_ey[A-Za-z0-9+/_-]{100,}={0,2}/g),
  form(
    '1Password secret key',
    'A3-',
    /(?<![A-Z0-9-])A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}(?![A-Z0-9-])/g,
  ),
  form(
    'Atlassian token',
    'ATATT3 ATCTT3 ATBBT3 ATSTT3',
    /(?<![A-Za-z0-9])AT(?:ATT3xFf|CTT3xFf|BBT3|STT3xFf)[\w=-]{50,}/g,
  ),
  form('New Relic key', 'NRAK-', /(?<![\w-])NRAK-[A-Z0-9]{27}(?![\w-])/g),
  form('Postman key', 'PMAK-', /(?<![\w-])PMAK-[a-f0-9]{24}-[a-f0-9]{34}(?![\w-])/g),
  form(
    'Doppler token',
    'dp.',
    /(?<![\w.-])dp\.(?:pt|ct|st|sa|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}(?!\w)/g,
  ),
  form('Pulumi token', 'pul-', /(?<![\w-])pul-[a-f0-9]{40}(?![\w-])/g),
  form('Sentry token', 'sntry', /(?<![A-Za-z0-9])sntry(?:u_[a-f0-9]{64}(?!\w)|s_eyJ[\w+/=-]{40,})/g),
  form(
    'Tailscale key',
    'tskey-',
    /(?<![\w-])tskey-(?:[a-z]+-)?[A-Za-z0-9]{10,}(?:-[A-Za-z0-9]{10,})?(?![\w-])/g,
  ),
  form(
    'Supabase token',
    'sbp_ sb_secret_',
    /(?<![A-Za-z0-9])(?:sbp_[a-f0-9]{40}|sb_secret_[\w-]{31,})(?!\w)/g,
  ),
  form('PlanetScale password', 'pscale_', /(?<![A-Za-z0-9])pscale_(?:pw|tkn|oauth)_[\w.-]{32,}/g),
  form('Square token', 'sq0', /(?<![\w-])sq0(?:atp|csp|idp)-[\w-]{22,43}(?![\w-])/g),
  form('Twilio key', 'SK', /(?<![A-Za-z0-9])SK[a-f0-9]{32}(?!\w)/g),
  form('Mailgun key', 'key-', /(?<![\w-])key-[a-f0-9]{32}(?![\w-])/g),
  form('Telegram bot token', 'AA', /(?<![\w:])\d{8,10}:AA[\w-]{33}(?![\w-])/g),
  form('age secret key', 'AGE-SECRET', /AGE-SECRET-KEY-1[0-9A-Z]{58}/g),
  form('Alibaba Cloud access key id', 'LTAI', /(?<![A-Za-z0-9])LTAI[A-Za-z0-9]{16,20}(?![A-Za-z0-9])/g),
  form('Azure storage key', 'AccountKey=', /AccountKey=([A-Za-z0-9+/]{86}==)/dg),
  form('Azure shared access key', 'SharedAccessKey=', /SharedAccessKey=([A-Za-z0-9+/]{43}=)/dg),
  form('Azure client secret', '*8Q~', /(?<![\w~.-])[\w~.-]{3}8Q~[\w~.-]{31,34}(?![\w~.-])/g),
  form('Azure shared access signature', 'sig=', /[?&]sig=([A-Za-z0-9%+/]{40,}={0,2})/dg),
  form('token in a URL', '*:x-oauth-basic@', /:\/\/([^\s/:@'"<>{}]{8,200}):x-oauth-basic@/dg),
  form(
    'password in a URL',
    '*://…@',
    /(?<![\w+.-])[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@'"<>{}]{0,200}:((?:[^\s/@'"<>?#]|@(?=[^\s/@,'"<>?#]{0,200}@)){1,200})@[\w.[-]/dgi,
    password => !/^(?:x+|\*+|pass(?:word)?|pwd|secret|token|x-oauth-basic)$/i.test(password),
  ),
  form(
    'password in a JDBC URL',
    'jdbc:oracle:',
    /jdbc:oracle:\w{2,8}:[^\s/@'"]{1,100}\/([^\s/@'"]{1,200})@/dg,
  ),
  form(
    'password in a connection string',
    'password= pwd=',
    /(?<![\w-])(?:password|pwd)=([^;\s'"]{1,200})(?=;)/dgi,
  ),
  form(
    'Basic authorization',
    'basic',
    /(?<![\w-])[Bb]asic +([A-Za-z0-9+/]{8,400}={0,2})(?![\w+/=])/dg,
    isBasic,
  ),
  form('Bearer authorization', 'bearer', /(?<![\w-])[Bb]earer +([\w.~+/-]{16,2000}={0,2})/dg, looksRandom),
]

/** A user's name and password, joined as HTTP has them. */
function isBasic(text: string): boolean {
  const bytes = decodeBase64(text)
  const colon = bytes?.indexOf(58) ?? -1
  return (
    bytes !== undefined &&
    colon > 0 &&
    colon < bytes.length - 1 &&
    bytes.every(byte => byte >= 32 && byte !== 127)
  )
}
