// Clusters: the fields that can be asked of the list of clusters.

import type { FieldCatalogue } from '../field.ts'
import { clusterFields } from './shared.ts'

export const clusterListFields: FieldCatalogue = {
  list: 'clusters',
  fields: [
    ...clusterFields.map(field =>
      field.type === 'text'
        ? { ...field, isFreeText: !['environment', 'cluster.benchmark'].includes(field.name) }
        : field,
    ),
    { name: 'id', type: 'text', description: 'UID of the kube-system namespace', examples: ['0f3c*'] },
    {
      name: 'status',
      type: 'word',
      description:
        'complete, partial (something could not be read), stale (silent) or waiting (nothing came yet)',
      words: ['complete', 'partial', 'stale', 'waiting'],
      examples: ['stale'],
    },
    { name: 'sample', type: 'boolean', description: 'True for sample data', examples: ['false'] },
    {
      name: 'seen',
      type: 'instant',
      description: 'When the last snapshot of its API came',
      examples: ['> 1d'],
    },
    { name: 'added', type: 'instant', description: 'When it was seen first', examples: ['< 7d'] },
    { name: 'resources', type: 'number', description: 'Resources it holds', examples: ['> 1000'] },
    { name: 'failed', type: 'number', description: 'Open failures', examples: ['> 0'] },
  ],
}
