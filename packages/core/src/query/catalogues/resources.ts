// Resources: the fields that can be asked of the list of resources.

import type { Field, FieldCatalogue } from '../field.ts'
import { clusterFields, resourceFields, ruleFields, severity } from './shared.ts'

const count = (name: string, description: string): Field => ({
  name,
  type: 'number',
  description,
  examples: ['> 0'],
})

export const assetFields: FieldCatalogue = {
  list: 'resources',
  fields: [
    ...resourceFields,
    ...clusterFields,
    { ...severity, description: 'The worst open failure of the resource' },
    count('failed', 'Rules that fail on it and that no exception covers'),
    count('critical', 'Critical failures'),
    count('high', 'Failures of severity high'),
    count('medium', 'Failures of severity medium'),
    count('low', 'Failures of severity low'),
    count('excepted', 'Failures that an exception covers'),
    count('passed', 'Rules that passed on it'),
    count('not-evaluated', 'Rules that could not be judged on it'),
    { name: 'first-seen', type: 'instant', description: 'When it was seen first', examples: ['< 7d'] },
    {
      name: 'gone',
      type: 'instant',
      description: 'Since when it is no longer there',
      examples: ['< 7d', '*'],
    },
    // Asked of its open failures.
    ...ruleFields.map(field => ({ ...field, isFreeText: false })),
  ],
}
