// The face of core: what other packages may use of it. The catalogue has a face of its own, for main files only.

export { SnapshotDigest } from './contract/ingest-digest.ts'
export { type SnapshotItem, snapshotLines } from './contract/snapshot-lines.ts'
export { type AssessInput, assess } from './engine/assess.ts'
export * from './engine/attested-outcome.ts'
export * from './engine/baseline.ts'
export { chooseEditions } from './engine/choose-editions.ts'
export { evidenceMark } from './engine/evidence-mark.ts'
export * from './engine/exception-query.ts'
export { coversFailure } from './engine/exceptions.ts'
export { indexGaps } from './engine/gap-index.ts'
export { matchesAny } from './engine/glob.ts'
export * from './engine/packed-controls.ts'
export * from './engine/parse-exceptions.ts'
export * from './engine/profile.ts'
export type { RolledControl } from './engine/roll-up.ts'
export { type Root, rootOf } from './engine/root-of.ts'
export { scoreOf } from './engine/score.ts'
export * from './engine/standing/posture.ts'
export * from './engine/standing/score-move.ts'
export * from './engine/standing/standing.ts'
export { status } from './engine/status.ts'
export * from './engine/verdict.ts'
export { agentObjects } from './install/agent-objects.ts'
export { type AgentSetup, agentSetup, published, tokenPlaceholder } from './install/agent-setup.ts'
export { agentValues, valuesTree } from './install/agent-values.ts'
export { type Installation, installationOf } from './install/installation.ts'
export { type Permission, type PermissionVerb, permissionsOf } from './install/permissions.ts'
export { sliceOf } from './install/slice-of.ts'
export { acceptableKey, describeObject, type Unacceptable } from './kube/acceptable.ts'
export { builtInKinds, type KindEntry, nameOfKind, podMakingKinds } from './kube/api/built-in-kinds.ts'
export { foreignKinds } from './kube/api/foreign-kinds.ts'
export { entriesOf, kindsReadBy } from './kube/api/wanted-kinds.ts'
export { assetKind } from './kube/asset-key.ts'
export { redact } from './kube/credentials/redact.ts'
export type { FailedDocument, FoundObject } from './kube/documents/document.ts'
export type { Failure } from './kube/documents/failure.ts'
export { type Cut, type CutTaker, JsonCutter } from './kube/documents/json/json-cutter.ts'
export {
  beginsLikeJson,
  JsonStream,
  type StreamedDocument,
  type StreamedObject,
} from './kube/documents/json-stream.ts'
export type { Location } from './kube/documents/locate.ts'
export { type ObjectDocument, type ReadDocument, readDocuments } from './kube/documents/read-documents.ts'
export { readYaml } from './kube/documents/read-yaml.ts'
export * from './kube/effective-setting.ts'
export { type LabelSelector, selects, selectsByMap } from './kube/label-selector.ts'
export * from './kube/patch.ts'
export * from './kube/path.ts'
export * from './kube/pod-template.ts'
export { slimResource } from './kube/slim.ts'
export * from './model/assessment.ts'
export * from './model/benchmark.ts'
export { canonicalJson, isCanonical } from './model/canonical-json.ts'
export * from './model/gap.ts'
export * from './model/json-patch.ts'
export * from './model/kubernetes-version.ts'
export * from './model/nearest.ts'
export { omit } from './model/omit.ts'
export * from './model/outcome.ts'
export * from './model/pod-spec.ts'
export * from './model/pod-template.ts'
export * from './model/problem.ts'
export * from './model/profile.ts'
export * from './model/resource.ts'
export * from './model/result.ts'
export * from './model/rule.ts'
export * from './model/rule-exception.ts'
export * from './model/severity.ts'
export { isRecord, type ShapeProblem } from './model/shape.ts'
export * from './model/slice.ts'
export * from './model/snapshot.ts'
export { clusterListFields } from './query/catalogues/clusters.ts'
export { exceptionScopeFields } from './query/catalogues/exception-scope.ts'
export { exceptionFields } from './query/catalogues/exceptions.ts'
export { findingFields } from './query/catalogues/findings.ts'
export { assetFields } from './query/catalogues/resources.ts'
export { severityWords } from './query/catalogues/shared.ts'
export { type Completion, completeQuery, type Suggestion, valueSuggestion } from './query/complete.ts'
export {
  type Asked,
  evaluate,
  type FieldValue,
  type ReadField,
  rulesAsked,
  rulesWithText,
} from './query/evaluate.ts'
export {
  type Field,
  type FieldCatalogue,
  type FieldType,
  type KnownWords,
  noKnownWords,
  operatorsOf,
  type RuleFacts,
} from './query/field.ts'
export { fold, matchesParts } from './query/folding.ts'
export { knownWordsOf } from './query/known-words.ts'
export { type ParsedQuery, parseQuery } from './query/parse.ts'
export { printQuery } from './query/print.ts'
export {
  allOf,
  anyOf,
  type Comparison,
  type FreeText,
  negated,
  type Query,
  type QueryOperator,
  type QueryValue,
} from './query/query.ts'
export type { QueryProblem } from './query/scanner.ts'
export { csvLine, csvReport } from './report/csv.ts'
export { describeGapDetail, describeGapPlace } from './report/describe.ts'
export { htmlReport } from './report/html/html.ts'
export { jsonReport } from './report/json.ts'
export { junitReport } from './report/junit.ts'
export { markdownReport } from './report/markdown.ts'
export type { LinePlace, Locate, ReportOptions } from './report/options.ts'
export { sarifReport } from './report/sarif/sarif.ts'
export { type TableOptions, tableReport } from './report/table/table.ts'
export { columns, count, grouped, padTo, shorten, visible, wrap } from './report/text.ts'
export { yamlText } from './report/yaml-text.ts'
