// Exceptions: the fields that can be asked of the list of exceptions.

import { exceptionReasons } from '../../model/rule-exception.ts'
import type { FieldCatalogue } from '../field.ts'
import { ruleFields } from './shared.ts'

export const exceptionFields: FieldCatalogue = {
  list: 'exceptions',
  fields: [
    {
      name: 'id',
      type: 'text',
      description: 'Id of the exception',
      examples: ['legacy-*'],
      isFreeText: true,
    },
    {
      name: 'state',
      type: 'word',
      description: 'requested, approved, rejected, revoked or expired',
      words: ['requested', 'approved', 'rejected', 'revoked', 'expired'],
      examples: ['requested'],
    },
    {
      name: 'reason',
      type: 'word',
      description: 'Why the risk is accepted',
      words: exceptionReasons,
      examples: ['risk-mitigated'],
    },
    {
      name: 'owner',
      type: 'text',
      description: 'Who owns the risk',
      examples: ['payments'],
      isFreeText: true,
    },
    {
      name: 'statement',
      type: 'text',
      description: 'What was written as the reason',
      examples: ['*ticket*'],
      isFreeText: true,
    },
    ...ruleFields.map(field => ({ ...field, isFreeText: false })),
    {
      name: 'expires',
      type: 'instant',
      isAhead: true,
      description: 'When it ends; expires < 7d is within the next seven days, or already past',
      examples: ['< 7d'],
    },
    { name: 'requested', type: 'instant', description: 'When it was asked for', examples: ['< 7d'] },
    { name: 'requester', type: 'text', description: 'Who asked for it', examples: ['ada'] },
    { name: 'approver', type: 'text', description: 'Who approved it', examples: ['grace'] },
    { name: 'hits', type: 'number', description: 'Findings that it covers', examples: ['= 0'] },
  ],
}
