// Findings: the fields that can be asked of the list of findings.

import type { FieldCatalogue } from '../field.ts'
import { clusterFields, resourceFields, ruleFields, severity } from './shared.ts'

export const findingFields: FieldCatalogue = {
  list: 'findings',
  fields: [
    severity,
    {
      name: 'state',
      type: 'word',
      description: 'open, excepted (accepted by an approved exception) or resolved',
      words: ['open', 'excepted', 'resolved'],
      examples: ['open'],
    },
    {
      name: 'outcome',
      type: 'word',
      description: 'What the rule said: fail, manual, not-evaluated or error',
      words: ['fail', 'manual', 'not-evaluated', 'error'],
      examples: ['fail'],
    },
    ...ruleFields,
    ...resourceFields,
    ...clusterFields,
    {
      name: 'resource',
      type: 'text',
      description: 'The resource as kind/namespace/name',
      examples: ['Deployment/payments/web'],
    },
    {
      name: 'discriminator',
      type: 'text',
      description: 'Which part of the resource, such as the name of a container',
      examples: ['sidecar'],
    },
    {
      name: 'reason',
      type: 'text',
      description: 'Why it is as it is, such as the gap that hid it',
      examples: ['*forbidden*'],
    },
    {
      name: 'opened',
      type: 'instant',
      description: 'When it opened, the last time; opened > 7d is more than seven days ago',
      examples: ['> 7d', '< 24h', '>= 2026-01-31'],
    },
    { name: 'first-seen', type: 'instant', description: 'When it was seen first', examples: ['< 7d'] },
    { name: 'changed', type: 'instant', description: 'When anything of it changed last', examples: ['< 1h'] },
    { name: 'resolved', type: 'instant', description: 'When it was resolved', examples: ['< 7d', '*'] },
    {
      name: 'resolution',
      type: 'text',
      description: 'Why it was resolved',
      words: ['fixed', 'resource removed', 'cluster removed', 'no longer judged'],
      examples: ['fixed', '"resource removed"'],
    },
    { name: 'reopened', type: 'number', description: 'How often it came back', examples: ['> 0'] },
    {
      name: 'exception',
      type: 'text',
      description: 'Id of the exception that covers it',
      examples: ['*'],
    },
    {
      name: 'triage',
      type: 'text',
      description: 'What people made of it so far',
      words: ['new', 'acknowledged', 'in-progress', 'fixed', 'false-positive'],
      examples: ['new'],
    },
    { name: 'assignee', type: 'text', description: 'Id of the person who has it', examples: ['*'] },
    { name: 'id', type: 'text', description: 'Id of the finding', examples: ['0f3c*'] },
  ],
}
