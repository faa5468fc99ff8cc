// Exception query: what an exception covers, said in the query language, as a question to a failure.

import { assetKind } from '../kube/asset-key.ts'
import type { AcceptableFailure } from '../model/rule-exception.ts'
import { severities } from '../model/severity.ts'
import { exceptionScopeFields } from '../query/catalogues/exception-scope.ts'
import { evaluate, type FieldValue } from '../query/evaluate.ts'
import type { KnownWords } from '../query/field.ts'
import { parseQuery } from '../query/parse.ts'

/** Reads a field of the cluster that a failure is in: `cluster`, `account`, `environment`, `cluster.label` with a key … */
export type ReadClusterField = (field: string, key?: string) => FieldValue

const noCluster: ReadClusterField = () => undefined

export type ExceptionQuery =
  | { readonly ok: true; readonly holdsFor: (failure: AcceptableFailure) => boolean }
  /** `offset` and `length` are places in the text. */
  | { readonly ok: false; readonly message: string; readonly offset: number; readonly length: number }

/** Reads a query over `exceptionScopeFields`. Without a cluster its fields hold nothing, as in a scan of files. */
export function readExceptionQuery(
  text: string,
  known: KnownWords,
  ofCluster: ReadClusterField = noCluster,
): ExceptionQuery {
  const parsed = parseQuery(text, exceptionScopeFields, known)
  if (!parsed.ok) {
    const { message, start, end } = parsed.problem
    return { ok: false, message, offset: start, length: end - start }
  }
  // No field of this catalogue is asked for its age.
  const asked = { catalogue: exceptionScopeFields, known, now: 0 }
  return {
    ok: true,
    holdsFor: failure =>
      evaluate(parsed.query, (field, key) => fieldOf(failure, field, key) ?? ofCluster(field, key), asked),
  }
}

function fieldOf(failure: AcceptableFailure, field: string, key: string | undefined): FieldValue {
  const { rule, severity, asset, labels, discriminator } = failure
  switch (field) {
    case 'rule':
      return rule.id
    case 'severity':
      return severities.length - 1 - severities.indexOf(severity)
    case 'kind':
      return assetKind(asset.apiVersion, asset.kind)
    case 'namespace':
      return asset.namespace
    case 'name':
      return asset.name
    case 'api-version':
      return asset.apiVersion
    case 'label':
      return key !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined
    case 'resource':
      return asset.key.slice(asset.key.indexOf('/') + 1)
    case 'discriminator':
      return discriminator
    default:
      return undefined
  }
}
