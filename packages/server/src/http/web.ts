// Web: serves the web app's files where a build of it is there; every page of it is the same document.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Serves the folder. Gives the answer for addresses that are no file; it passes on (undefined) what is no page. */
export async function addWeb(
  app: FastifyInstance,
  folder: string | undefined,
): Promise<(request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined> {
  if (folder === undefined || !existsSync(join(folder, 'index.html'))) return () => undefined
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    cacheControl: false,
    // The build lays compressed files beside those that gain by it.
    preCompressed: true,
    setHeaders: (response, path) => {
      // Names of assets hold a digest of their content.
      const isAsset = path.startsWith(join(folder, 'assets'))
      response.setHeader('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  return (request, reply) => (isPage(request) ? reply.code(200).sendFile('index.html') : undefined)
}

const isPage = ({ method, url, headers }: FastifyRequest) =>
  (method === 'GET' || method === 'HEAD') &&
  !/^\/(?:api|assets)\//.test(url) &&
  (headers.accept ?? '').includes('text/html')
