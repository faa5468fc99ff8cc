// Image reference: reads the name of an image the way container runtimes do: registry, repository, tag, digest.
//
// Source: github.com/distribution/reference (grammar, `ParseNormalizedNamed`) and github.com/opencontainers/go-digest, which the
// kubelet, containerd and CRI-O use.

export interface ImageReference {
  /** Host and port that it is pulled from: `docker.io` where none is written. */
  readonly registry: string
  /** Path inside the registry, with Docker Hub's `library/` written out: `library/nginx`. */
  readonly repository: string
  /** As written; see effectiveTag for what is pulled where none is. */
  readonly tag?: string
  /** Well formed, such as `sha256:` and 64 hexadecimal digits. */
  readonly digest?: string
}

/** Why a text names no image; the runtime refuses it and the container never starts. */
type ImageProblem =
  | 'empty'
  | 'not in the form of an image reference'
  | 'upper-case letters in the repository'
  | 'longer than 255 characters'
  | 'a bare image id'
  | 'a malformed digest'

export type ImageReading =
  | { readonly ok: true; readonly image: ImageReference }
  | { readonly ok: false; readonly problem: ImageProblem }

const domainLabel = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const domain = new RegExp(`^(?:${domainLabel}(?:\\.${domainLabel})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`)
const pathComponent = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const path = `${pathComponent}(?:/${pathComponent})*`
const repositoryPath = new RegExp(`^${path}$`)
const digest = 'sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}'
const belowRegistry = new RegExp(`^(${path})(?::(\\w[\\w.-]{0,127}))?(?:@(${digest}))?$`)
const bareId = /^[a-f0-9]{64}$/
const longestPath = 255

const dockerHub = 'docker.io'

/** Reads an image reference; a text that the runtime would refuse gives the reason. */
export function parseImageReference(text: string): ImageReading {
  const { registry, rest } = splitRegistry(text)
  const found = belowRegistry.exec(rest)
  if (!found || bareId.test(text)) return { ok: false, problem: problemOf(text, rest) }
  const [, written, tag, digest] = found as unknown as [string, string, string?, string?]
  const repository = registry === dockerHub && !written.includes('/') ? `library/${written}` : written
  // A first part such as `my_host.example` is no domain, yet a sound path, and the runtime takes it as the host all the same.
  const isDomain = registry === dockerHub || domain.test(registry)
  if (!isDomain && !repositoryPath.test(registry))
    return { ok: false, problem: 'not in the form of an image reference' }
  if (repository.length + (isDomain ? 0 : registry.length + 1) > longestPath)
    return { ok: false, problem: 'longer than 255 characters' }
  return {
    ok: true,
    image: {
      registry,
      repository,
      ...(tag !== undefined && { tag }),
      ...(digest !== undefined && { digest }),
    },
  }
}

/** Why a text does not fit; `rest` is what follows its registry. */
function problemOf(text: string, rest: string): ImageProblem {
  if (text === '') return 'empty'
  if (bareId.test(text)) return 'a bare image id'
  const at = rest.indexOf('@')
  if (at >= 0 && belowRegistry.test(rest.slice(0, at))) return 'a malformed digest'
  const end = rest.search(/[:@]/)
  const written = end < 0 ? rest : rest.slice(0, end)
  return !repositoryPath.test(written) && repositoryPath.test(written.toLowerCase())
    ? 'upper-case letters in the repository'
    : 'not in the form of an image reference'
}

/** The tag that is pulled: the one written, `latest` where there is neither tag nor digest, undefined where only a digest is. */
export function effectiveTag(image: ImageReference): string | undefined {
  return image.tag ?? (image.digest === undefined ? 'latest' : undefined)
}

/** The reference in full: `docker.io/library/nginx:1.25@sha256:…`. */
export function formatImageReference({ registry, repository, tag, digest }: ImageReference): string {
  return `${registry}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`
}

/** The first part is a registry when it has a dot, a colon or an upper-case letter, or is `localhost`; else it is Docker Hub's. */
function splitRegistry(text: string): { registry: string; rest: string } {
  const slash = text.indexOf('/')
  const first = slash < 0 ? '' : text.slice(0, slash)
  if (first !== 'localhost' && !/[.:A-Z]/.test(first)) return { registry: dockerHub, rest: text }
  return { registry: first === 'index.docker.io' ? dockerHub : first, rest: text.slice(slash + 1) }
}
