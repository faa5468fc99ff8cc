// Rule: no annotation of an Ingress breaks out of its place in the nginx configuration.

import { hidesText } from '../../../kube/credentials/redaction-note.ts'
import { defineRule } from '../../../model/rule.ts'
import { ingress } from '../../../samples/network.ts'
import { type NginxAnnotation, nginxAnnotations } from './nginx-annotations.ts'

const annotated = (name: string, value: string, prefix = 'nginx.ingress.kubernetes.io/') =>
  ingress({}, { annotations: { [`${prefix}${name}`]: value } })

/**
 * What these annotations may hold: what the controller's own validation (on by default since 1.12) lets through, and other
 * characters of addresses that mean nothing to nginx.
 * Source: kubernetes/ingress-nginx, internal/ingress/annotations/parser/validators.go.
 */
const address = /^[-._~a-zA-Z0-9/:?&=$+%@,!*()[\]]*$/
const characters: Readonly<Record<string, RegExp>> = {
  'auth-signin': address,
  'auth-tls-error-page': address,
  'auth-url': address,
  'mirror-host': address,
  'mirror-target': address,
  'auth-tls-match-cn': /^[^#{};\r\n]*$/,
}

/**
 * Directives and places that no annotation needs to name.
 * Source: kubernetes/ingress-nginx, internal/ingress/inspector/rules.go, made for CVE-2021-25746.
 */
const forbidden: readonly RegExp[] = [
  /(?:^|[\s;{}])(?:alias|root)(?:\s[^;]*)?;/,
  /_by_lua/,
  /\/etc\/(?:passwd|shadow|group|nginx|ingress-controller)/,
  /\/var\/run\/secrets/,
]

export const rule = defineRule({
  id: 'ingress-nginx-injection',
  title: 'No annotation of an Ingress breaks out of its place in the nginx configuration',
  severity: 'high',
  subject: 'Ingress',
  rationale:
    'Controllers that do not check annotations write them into the nginx configuration: characters that end a directive let whoever may create an Ingress run code in the controller, which may read every Secret (CVE-2021-25746, CVE-2025-1097, CVE-2025-1098, CVE-2025-24514).',
  remediation:
    'Correct the value, find out who wrote it, and run a controller that checks annotations (--enable-annotation-validation).',
  references: [
    'https://github.com/kubernetes/ingress-nginx/issues/8503',
    'https://github.com/kubernetes/kubernetes/issues/131006',
    'https://github.com/kubernetes/kubernetes/issues/131007',
    'https://github.com/kubernetes/kubernetes/issues/131008',
  ],

  *violations(resource) {
    for (const annotation of nginxAnnotations(resource)) {
      const expected = findFault(annotation)
      if (expected !== undefined) yield { path: annotation.path, actual: annotation.value, expected }
    }
  },

  unseen: resource =>
    [...nginxAnnotations(resource)].some(({ value }) => hidesText(value))
      ? 'a credential was taken out of an annotation, and what stood there may have been a part of the nginx configuration'
      : undefined,

  examples: {
    fail: {
      'an address with more behind it': {
        given: annotated('auth-url', 'http://example.com/#;\n\ninjected'),
        at: ['metadata.annotations["nginx.ingress.kubernetes.io/auth-url"]'],
      },
      'a character that no address has': { given: annotated('mirror-target', 'https://example.com/a|b') },
      'a name of a certificate': { given: annotated('auth-tls-match-cn', 'CN=a #(\n){}\nload_module x;') },
      'a directive': { given: annotated('server-alias', 'a.example.com; alias /;') },
      'a directive for the other controller': { given: annotated('bad', 'alias; ', 'nginx.org/') },
      'the token of the controller': {
        given: annotated('custom-headers', '/var/run/secrets/kubernetes.io/serviceaccount/token'),
      },
      'a directive with a longer path': { given: annotated('rewrite-target', '/; root /srv/www;') },
      'a directive behind a bracket': { given: annotated('rewrite-target', '/}alias /srv;') },
      'a block of Lua': { given: annotated('rewrite-target', 'access_by_lua_block') },
      'files of the controller, in several annotations': {
        given: ingress(
          {},
          {
            annotations: Object.fromEntries(
              ['passwd', 'shadow', 'group', 'nginx/nginx.conf', 'ingress-controller/ssl'].map(
                (file, index) => [`nginx.org/a${index}`, `/etc/${file}`],
              ),
            ),
          },
        ),
        at: [0, 1, 2, 3, 4].map(index => `metadata.annotations["nginx.org/a${index}"]`),
      },
    },
    pass: {
      'no annotations': { given: ingress() },
      'an address': { given: annotated('auth-url', 'https://auth.example.com/verify?a=b&c=d') },
      'an address with variables': {
        given: annotated(
          'auth-signin',
          'https://auth.example.com/start?rd=$scheme://$host$escaped_request_uri',
        ),
      },
      'a name of a certificate': { given: annotated('auth-tls-match-cn', 'CN=(web|api)\\.example\\.com') },
      'a regular expression where one may be': {
        given: annotated('server-alias', '~^(?<sub>[a-z]+)\\.example\\.com$'),
      },
      'semicolons that the other controller asks for': {
        given: annotated(
          'rewrites',
          'serviceName=tea rewrite=/;serviceName=root rewrite=/beans/',
          'nginx.org/',
        ),
      },
      'a snippet, which another rule judges': { given: annotated('server-snippet', 'root /srv;') },
      'an annotation of somebody else': { given: annotated('auth-url', 'a|b', 'example.com/') },
      'a word that only ends like a directive': {
        given: annotated('rewrites', 'webroot /srv;', 'nginx.org/'),
      },
      'an odd name': { given: annotated('constructor', 'a|b') },
      'an address of which a key was taken out': {
        given: annotated(
          'auth-url',
          'http://a:PLIMSOLL-REDACTED.form.token.7.password_20_in_20_a_20_URL_.@b/',
        ),
      },
    },
    notEvaluated: {
      'an address of which a text was taken out': {
        given: annotated(
          'auth-url',
          'http://a:PLIMSOLL-REDACTED.form.text.7.password_20_in_20_a_20_URL_.@b/',
        ),
      },
    },
  },
})

/** What should stand there instead; undefined for a sound annotation. Snippets are configuration anyway. */
function findFault({ name, value, isSnippet }: NginxAnnotation): string | undefined {
  if (isSnippet) return undefined
  const allowed = Object.hasOwn(characters, name) ? characters[name] : undefined
  if (allowed && !allowed.test(value))
    return name === 'auth-tls-match-cn' ? 'no # { } ; and one line' : 'an address, without other characters'
  return forbidden.some(pattern => pattern.test(value))
    ? 'no directive of nginx, and no file of the controller'
    : undefined
}
