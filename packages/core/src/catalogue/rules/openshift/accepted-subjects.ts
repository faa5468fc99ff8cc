// Accepted subjects: users and groups that may use powerful security context constraints.

export const acceptedParameter = {
  accepted: {
    type: 'string[]',
    default: [],
    description:
      'Names of users and groups that may use powerful constraints; an account is system:serviceaccount:<namespace>:<name>.',
  },
} as const
