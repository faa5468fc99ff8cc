// Credential names: whether the name of a setting says that its value is a credential.

/** `secret`: whatever stands there is one. `suspect`: the word has other uses, so the value must look like one. */
export type NameVerdict = 'secret' | 'suspect' | undefined

/** Words that may follow without changing what a name speaks of: `PASSWORD_1`, `token_prod`. */
const trailing = new Set([
  'base64',
  'b64',
  'content',
  'contents',
  'default',
  'dev',
  'new',
  'old',
  'plain',
  'plaintext',
  'prod',
  'raw',
  'root',
  'staging',
  'test',
  'text',
  'value',
])

const secretEnds: readonly string[] = [
  'access key id',
  'api secret',
  'app secret',
  'client secret',
  'consumer secret',
  'key content',
  'pass',
  'passphrase',
  'passwd',
  'password',
  'passwort',
  'private key',
  'pw',
  'pwd',
  'secret access key',
  'secret key',
  'shared secret',
  'signing secret',
]

const suspectEnds: readonly string[] = [
  'access key',
  'account key',
  'api key',
  'apikey',
  'auth',
  'auth key',
  'cookie secret',
  'credential',
  'credentials',
  'encryption key',
  'hmac key',
  'jwt secret',
  'master key',
  'secret',
  'secret base',
  'session secret',
  'sign key',
  'signing key',
  'storage key',
  'token',
  'webhook secret',
]

/** Names that end like one of those and are none. */
const harmless =
  /(?:^| )(?:public key|by pass|bypass|no pass|max token|csrf token|next token|page token|continue token|token endpoint auth|with auth|disable auth|enable auth|use auth|pull secret|tls secret|require auth)$/

/** An annotation that is called a token and nothing else holds one, whatever it looks like: kinds of tokens, and names of them, say so. */
const annotationOfToken = /\/token$/

/** What a name says of its value, told by its last words: `DB_PASSWORD` and `clientSecret` are, `PASSWORD_FILE` and `tokenTTL` are not. */
export function judgeName(name: string): NameVerdict {
  if (annotationOfToken.test(name)) return 'secret'
  const words = wordsOf(name)
  while (words.length > 1 && (trailing.has(words.at(-1) ?? '') || /^\d+$/.test(words.at(-1) ?? ''))) {
    // `key content` is a name by itself.
    if (words.at(-1)?.startsWith('content') && words.at(-2) === 'key') break
    words.pop()
  }
  const text = words.join(' ')
  if (harmless.test(text)) return undefined
  const endsWith = (end: string) => text === end || text.endsWith(` ${end}`)
  if (secretEnds.some(endsWith)) return 'secret'
  return suspectEnds.some(endsWith) ? 'suspect' : undefined
}

/** The words of a name, in lower case: `dbPassword`, `DB_PASSWORD`, `db-password` and `db.password` are two. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(word => word !== '')
    .map(word => joined[word] ?? word)
    .flatMap(word => word.split(' '))
}

/** Words that people write as one. */
const joined: Readonly<Record<string, string>> = {
  accesskey: 'access key',
  authtoken: 'auth token',
  clientsecret: 'client secret',
  dbpass: 'db pass',
  dbpassword: 'db password',
  mypassword: 'my password',
  pgpassword: 'pg password',
  privatekey: 'private key',
  rootpassword: 'root password',
  secretkey: 'secret key',
  userpassword: 'user password',
}
