// Exception scope: the fields by which an exception may say what it covers: only what does not change with time or with the exception itself.

import type { FieldCatalogue } from '../field.ts'
import { findingFields } from './findings.ts'

const passing = new Set([
  'state',
  'outcome',
  'reason',
  'opened',
  'first-seen',
  'changed',
  'resolved',
  'resolution',
  'reopened',
  'exception',
  'triage',
  'assignee',
  'cluster.benchmark',
  'id',
  'root',
  'root.kind',
])

export const exceptionScopeFields: FieldCatalogue = {
  list: 'exception scopes',
  fields: findingFields.fields.filter(({ name }) => !passing.has(name)),
}
