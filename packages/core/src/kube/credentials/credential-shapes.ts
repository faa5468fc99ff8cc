// Credential shapes: credentials that their issuers give a form by which anybody can tell them.
//
// Sources: the documentation of each issuer on the format of its tokens (AWS, Google, GitHub, GitLab, Slack, Stripe …), RFC 7519 (JWT),
// RFC 7468 (PEM), RFC 3986 (user information in URLs).

import { isPlaceholder } from './placeholder.ts'

/** What was found: never the thing itself. */
export interface Credential {
  /** What it is, such as `AWS access key id`. */
  readonly detector: string
  /** How many characters it has. */
  readonly length: number
  /** Where it begins in the text. */
  readonly index: number
}

interface Shape {
  readonly detector: string
  /** With one group where only that part is the credential. */
  readonly pattern: RegExp
}

const shape = (detector: string, pattern: RegExp): Shape => ({ detector, pattern })

const shapes: readonly Shape[] = [
  shape('AWS access key id', /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g),
  shape(
    'private key',
    /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----[\sA-Za-z0-9+/=\\:,.-]{0,10000}/g,
  ),
  shape('JSON Web Token', /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g),
  shape('Google API key', /(?<![\w-])AIza[\w-]{35}(?![\w-])/g),
  shape('Google OAuth client secret', /(?<![\w-])GOCSPX-[\w-]{28}(?![\w-])/g),
  shape('GitHub token', /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255})(?!\w)/g),
  shape('GitLab token', /(?<![\w-])gl(?:pat|dt|rt|ptt|cbt|soat)-[\w-]{20,}/g),
  shape('Slack token', /(?<!\w)xox[abeoprs]-[\w-]{10,}/g),
  shape('Slack webhook', /hooks\.slack\.com\/(?:services|workflows)\/([A-Za-z0-9+/]{40,})/g),
  shape('Stripe key', /(?<!\w)(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/g),
  shape('npm token', /(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)/g),
  shape('PyPI token', /(?<![\w-])pypi-AgE[\w-]{50,}/g),
  shape('SendGrid key', /(?<![\w.-])SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/g),
  shape('OpenAI key', /(?<![\w-])sk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{20,}T3BlbkFJ[\w-]{20,}/g),
  shape('Anthropic key', /(?<![\w-])sk-ant-[\w-]{20,}/g),
  shape('Hugging Face token', /(?<!\w)hf_[A-Za-z0-9]{30,}(?!\w)/g),
  shape('Docker Hub token', /(?<![\w-])dckr_(?:pat|oat)_[\w-]{20,}/g),
  shape('Vault token', /(?<![\w.-])hv[sbr]\.[\w-]{20,}/g),
  shape('DigitalOcean token', /(?<!\w)do[opr]_v1_[a-f0-9]{64}(?!\w)/g),
  shape('Databricks token', /(?<!\w)dapi[a-f0-9]{32}(?!\w)/g),
  shape('Shopify token', /(?<!\w)shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}(?!\w)/g),
  shape('Grafana token', /(?<!\w)gl(?:sa|c)_[A-Za-z0-9+/=_]{30,}/g),
  shape('Telegram bot token', /(?<![\w:])\d{8,10}:AA[\w-]{33}(?![\w-])/g),
  shape('age secret key', /AGE-SECRET-KEY-1[0-9A-Z]{58}/g),
  shape('Azure storage key', /AccountKey=([A-Za-z0-9+/]{86}==)/g),
  shape('Azure shared access key', /SharedAccessKey=([A-Za-z0-9+/]{43}=)/g),
  shape(
    'password in a URL',
    /(?<![\w+.-])[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@'"<>{}]{0,200}:([^\s/@'"<>?#]{1,200})@[\w.[-]/gi,
  ),
  shape('password in a connection string', /(?<![\w-])(?:password|pwd)=([^;\s'"]{1,200})(?=;)/gi),
]

/** Something that each of the shapes has; most texts have none of it. */
const hint =
  /AKIA|ASIA|PRIVATE KEY|eyJ|AIza|GOCSPX|gh[pousr]_|github_pat|gl[a-z]{1,4}[-_]|xox|hooks\.slack|k_live_|k_test_|npm_|pypi-|SG\.|sk-|hf_|dckr_|hv[sbr]\.|_v1_|dapi|shp|:AA|AGE-S|Key=|:\/\/[^\s/@]*:|[dD]=/

/** Below this length only a URL or a connection string can hold one. */
const shortToken = 20

/** False for texts in which none of the shapes can stand; it costs little. */
function mayHoldShape(text: string): boolean {
  if (text.length < shortToken && !text.includes('://') && !text.includes('=')) return false
  return hint.test(text)
}

const none: readonly Credential[] = []

/** The credentials of a known form in a text, in the order of the forms; placeholders are none. */
export function findShapes(text: string): readonly Credential[] {
  if (!mayHoldShape(text)) return none
  const found: Credential[] = []
  for (const { detector, pattern } of shapes)
    for (const match of text.matchAll(pattern)) {
      const secret = match[1] ?? match[0]
      if (isPlaceholder(secret) || isPublicPart(detector, secret)) continue
      found.push({ detector, length: secret.length, index: match.index })
    }
  return found
}

/** A URL may carry a mask or the word for what belongs there. */
const isPublicPart = (detector: string, secret: string) =>
  detector === 'password in a URL' && /^(?:x+|\*+|pass(?:word)?|pwd|secret|token)$/i.test(secret)
