// Limits: how much of a document is read or told, so that no text can exhaust whoever reads it.

/** No Kubernetes object comes near this many levels; all code may then recurse over values without fear. */
export const deepestNesting = 500

/** How many duplicate keys of one document are told: a person needs no more. */
export const mostDuplicates = 100

/** How many failures of one document are told one by one; the rest are counted. */
export const mostFailures = 100
