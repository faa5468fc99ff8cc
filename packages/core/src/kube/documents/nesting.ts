// Nesting: how deep a document may nest.

/** No Kubernetes object comes near this many levels; all code may then recurse over values without fear. */
export const deepestNesting = 500
