import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeCredential } from './credential.ts'
import { judgeName } from './credential-names.ts'
import { findCredentials, redactText } from './find-credentials.ts'
import { entropyOf, looksRandom } from './randomness.ts'

/** Made here of parts, so that no scanner of this repository takes them for real. */
const made = {
  aws: `AKIA${'IOSFODNN7EXAMPLE'}`,
  github: `ghp_${'a1B2'.repeat(9)}`,
  jwt: `eyJ${'hbGciOiJIUzI1NiJ9'}.eyJ${'zdWIiOiIxMjM0NTY3ODkw'}.dozjgNryP4J3jVmNHl0w5N`,
  pem: `-----BEGIN ${'RSA PRIVATE KEY'}-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----`,
  random: 'qX7vTz0pLm4RbY9w',
  slack: `xoxb-${'123456789012-abcdefABCDEF'}`,
  stripe: `sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}`,
}
const told = (name: string, value: string) => findCredentials(name, value).map(describeCredential)

describe('names', () => {
  it.each([
    'password',
    'PASSWORD',
    'DB_PASSWORD',
    'dbPassword',
    'db.password',
    'spring.datasource.password',
    'MYSQL_ROOT_PASSWORD',
    'PGPASSWORD',
    'PASSWORD_1',
    'password_prod',
    'passwd',
    'pwd',
    'db-pass',
    'clientSecret',
    'CLIENT_SECRET',
    'AWS_SECRET_ACCESS_KEY',
    'aws_access_key_id',
    'SECRET_KEY',
    'OCI_CLI_KEY_CONTENT',
    'PRIVATE_KEY',
    'passphrase',
    'example.com/token',
  ])('%s is a credential’s', name => {
    expect(judgeName(name)).toBe('secret')
  })

  it.each([
    'API_KEY',
    'apiKey',
    'TOKEN',
    'githubToken',
    'authToken',
    'SECRET',
    'jwt-secret',
    'ENCRYPTION_KEY',
    'credentials',
    'BASIC_AUTH',
  ])('%s may be', name => {
    expect(judgeName(name)).toBe('suspect')
  })

  it.each([
    'PASSWORD_FILE',
    'passwordPolicy',
    'PASSWORD_MIN_LENGTH',
    'TOKEN_TTL',
    'tokenUrl',
    'SECRET_NAME',
    'secretName',
    'imagePullSecret',
    'TLS_SECRET',
    'KEY',
    'PUBLIC_KEY',
    'keyboard',
    'monkey',
    'tokenizer',
    'MAX_TOKEN',
    'compass',
    'BYPASS',
    'author',
    'OAUTH_URL',
    'PRIVATE_KEY_PATH',
    'passenger',
  ])('%s is not', name => {
    expect(judgeName(name)).toBeUndefined()
  })
})

describe('values by their shape, whatever the name', () => {
  it.each<[string, string, string[]]>([
    ['an AWS key', made.aws, ['AWS access key id, 20 characters']],
    ['a GitHub token', `token ${made.github}.`, ['GitHub token, 40 characters']],
    ['a Slack token', made.slack, ['Slack token, 30 characters']],
    ['a Stripe key', made.stripe, ['Stripe key, 32 characters']],
    ['a JWT', `Bearer ${made.jwt}`, [`JSON Web Token, ${made.jwt.length} characters`]],
    ['a private key', made.pem, ['private key, 78 characters']],
    ['a URL', 'postgres://app:hunter2@db.shop.svc:5432/app', ['password in a URL, 7 characters']],
    ['a URL without a user', 'redis://:hunter2@cache:6379', ['password in a URL, 7 characters']],
    [
      'a connection string',
      'Server=db;User Id=sa;Password=hunter2;',
      ['password in a connection string, 7 characters'],
    ],
    ['an Azure key', `AccountName=x;AccountKey=${'a'.repeat(86)}==`, ['Azure storage key, 88 characters']],
    [
      'two of them',
      `${made.aws} ${made.stripe}`,
      ['AWS access key id, 20 characters', 'Stripe key, 32 characters'],
    ],
  ])('%s', (_, value, expected) => {
    expect(told('setting', value)).toEqual(expected)
  })

  it.each([
    'postgres://app@db/app',
    'https://example.com:8080/path',
    'http://user:$' + '{PASSWORD}@db',
    'http://user:$(PASSWORD)@db',
    'mysql://root:xxx@db',
    'https://user:{{ .Values.password }}@db',
    'amqp://user:password@mq',
    `X${made.aws}`,
    `${made.aws}Z`,
    'sk-learn is a library',
    'SG.short',
    'eyJhbGciOi.x.y',
    'redis://cache:6379?a=b@c',
    '-----BEGIN PUBLIC KEY-----',
    '-----BEGIN CERTIFICATE-----',
    'github_pat',
    'key=https://a:b',
  ])('none in %s', value => {
    expect(told('setting', value)).toEqual([])
  })
})

describe('values by their names', () => {
  it.each<[string, string, boolean]>([
    ['DB_PASSWORD', 'hunter2', true],
    ['password', '123456', true],
    ['AWS_SECRET_ACCESS_KEY', 'xxx', true],
    ['password', 'my secret phrase', true],
    ['API_KEY', made.random, true],
    ['TOKEN', 'd41d8cd98f00b204e9800998ecf8427e', true],
    ['TOKEN', 'development', false],
    ['API_KEY', 'my-api-key-name', false],
    ['SECRET', 'db-credentials', false],
    ['secret', 'registry.example.com/app2', false],
    ['password', '', false],
    ['password', '  ', false],
    ['password', '$' + '{DB_PASSWORD}', false],
    ['password', '$DB_PASSWORD', false],
    ['password', '{{ .Values.db.password }}', false],
    ['password', '<password>', false],
    ['password', '%PASSWORD%', false],
    ['password', '********', false],
    ['password', 'REDACTED', false],
    ['password', 'vault:secret/data/db#password', false],
    ['password', 'arn:aws:secretsmanager:eu-west-1:1:secret:db', false],
    ['password', 'ENC[AES256_GCM,data:x]', false],
    ['password', '/run/secrets/db', false],
    ['PWD', '/app', false],
    ['private_key', 'tls.key', false],
    ['password', 'true', false],
    ['token', '4096', false],
    ['token', 'https://id.example.com/token', false],
  ])('%s=%s', (name, value, expected) => {
    expect(told(name, value)).toEqual(expected ? [`value of ${name}, ${value.length} characters`] : [])
  })
})

describe('values inside texts', () => {
  it.each<[string, string, string[]]>([
    ['properties', 'db.user=app\ndb.password=hunter2\n', ['value of db.password, 7 characters']],
    [
      'an environment file',
      'export DB_PASSWORD="hunter2"\nLEVEL=info',
      ['value of DB_PASSWORD, 7 characters'],
    ],
    ['YAML', 'db:\n  user: app\n  password: hunter2 # change me\n', ['value of password, 7 characters']],
    ['YAML with quotes', "db:\n  password: 'hunter2'\n", ['value of password, 7 characters']],
    ['JSON', '{"user":"app","password":"hunter2"}', ['value of password, 7 characters']],
    [
      'JSON with lines',
      '{\n  "apiKey": "qX7vTz0pLm4RbY9w",\n  "x": 1\n}',
      ['value of apiKey, 16 characters'],
    ],
    ['a query', 'https://api.example.com/?token=qX7vTz0pLm4RbY9w&x=1', ['value of token, 16 characters']],
    ['flags', '--user app --password=hunter2 --verbose', ['value of --password, 7 characters']],
    [
      'several',
      'password=a1\npassphrase=b2\n',
      ['value of password, 2 characters', 'value of passphrase, 2 characters'],
    ],
    ['one that has a shape too', `token=${made.github}\n`, ['GitHub token, 40 characters']],
  ])('%s', (_, text, expected) => {
    expect(told('config', text)).toEqual(expected)
  })

  it.each([
    'REDIS_PASSWORD=$' + '{REDIS_PASSWORD}',
    '# password=hunter2\n// password: hunter2\n; password=x\n',
    'password:\n  secretKeyRef:\n    name: db\n',
    'The password: must have eight letters\n',
    'if password == other:\n',
    'password = options.password\n',
    'connect(password=password)\n',
    'password_file=/run/secrets/db\n',
    'password: {{ .Values.password | quote }}\n',
    'password=$(cat /run/secret)\n',
    'password: <your password>\n',
    'password: ""\n',
    'auth:\n  enabled: true\n',
    'token_endpoint_auth_method=client_secret_basic\n',
    'sort_key=name\nkey: value\n',
    'std::token::value\n',
  ])('none in %j', text => {
    expect(told('config', text)).toEqual([])
  })
})

describe('randomness', () => {
  it.each([
    made.random,
    'd41d8cd98f00b204e9800998ecf8427e',
    'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY',
    'a8f5f167f44f4964e6c998dee827110c',
  ])('%s looks random', text => {
    expect(looksRandom(text)).toBe(true)
  })
  it.each([
    'development',
    'my-service-account',
    'aaaaaaaa1',
    'two words1',
    'short1',
    '12345678',
    'Kubernetes-Dashboard-v2',
    'shop.example.com',
    '',
  ])('%s does not', text => {
    expect(looksRandom(text)).toBe(false)
  })
  it('is measured in bits', () => {
    expect(entropyOf('aaaa')).toBe(0)
    expect(entropyOf('abcd')).toBe(2)
  })
})

describe('what is told', () => {
  const secret = fc
    .stringMatching(/^[A-Za-z0-9]{12,40}$/)
    .filter(text => /\d/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text))
  const frame = fc.constantFrom<(secret: string) => [string, string]>(
    text => ['DB_PASSWORD', text],
    text => ['config', `password=${text}\n`],
    text => ['config', `{"clientSecret": "${text}"}`],
    text => ['DSN', `postgres://app:${text}@db/app`],
    text => ['DSN', `Server=x;Password=${text};`],
  )

  it('never holds any part of the credential', () => {
    fc.assert(
      fc.property(secret, frame, (text, wrap) => {
        const [name, value] = wrap(text)
        const found = findCredentials(name, value)
        expect(found.length).toBeGreaterThan(0)
        for (const credential of found) {
          const said = JSON.stringify(credential) + describeCredential(credential)
          expect(credential.length).toBe(text.length)
          for (let i = 0; i + 6 <= text.length; i++) expect(said).not.toContain(text.slice(i, i + 6))
        }
      }),
      { seed: 13, numRuns: 500 },
    )
  })

  it('stays short and quick on hostile texts', () => {
    const texts = [
      'password='.repeat(50_000),
      'a://b:'.repeat(50_000),
      `$${'{'.repeat(200_000)}`,
      'eyJ'.repeat(100_000),
      'key'.repeat(100_000),
      ' '.repeat(300_000),
      `${'-----BEGIN PRIVATE KEY-----'.repeat(5_000)}`,
      `password: ${'x '.repeat(100_000)}`,
      'sk-'.repeat(100_000),
    ]
    for (const text of texts) expect(findCredentials('config', text).length).toBeLessThanOrEqual(20)
  })
})

describe('redacting short texts', () => {
  const pieces = [
    'a',
    'x9',
    'pass',
    'token',
    'hunter2',
    'AKIA',
    'sk-',
    '=',
    ':',
    ' ',
    '\n',
    '://',
    '@',
    '"',
    '-',
    '.',
    'SG.',
    'basic',
  ]
  const names = ['', 'image', 'password', 'DB_TOKEN', 'apiKey', 'app.kubernetes.io/token']

  it('takes out of them whatever is found in them, and nothing of the others', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map(some => some.join('')),
        (name, text) => {
          expect(redactText(name, text) !== undefined).toBe(findCredentials(name, text).length > 0)
        },
      ),
      { seed: 7, numRuns: 3000 },
    )
  })
})
