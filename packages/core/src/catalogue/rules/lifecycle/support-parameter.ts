// Support parameter: whether longer support than that of everybody counts as support.

export const supportParameter = {
  type: 'string',
  default: 'any',
  oneOf: ['any', 'standard'],
  description: 'Whether extended support counts as support, or only the standard one.',
} as const
