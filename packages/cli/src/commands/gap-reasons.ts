// Gap reasons: what each reason for a gap means, and what to do about it.

import type { GapReason } from '@plimsoll/core'

interface Explanation {
  readonly what: string
  readonly mend: string
}

export const gapExplanations: Readonly<Record<GapReason, Explanation>> = {
  forbidden: {
    what: 'The API server refused to list the kind, or to read the object, for this user.',
    mend: 'Grant list on that kind to the user or ServiceAccount that scans; plimsoll preflight names each missing permission and the rules that it costs.',
  },
  'not-served': {
    what: 'The API server does not serve the kind in any version that is known here.',
    mend: 'Nothing, where the cluster lacks the kind; else install what serves it, or update Plimsoll for a newer version of the API.',
  },
  unreachable: {
    what: 'The server, or a part of it, did not answer.',
    mend: 'See that the address, network, proxy and certificates are right, then scan again.',
  },
  'timed-out': {
    what: 'Reading took longer than is waited for.',
    mend: 'Scan again when the server is less busy; name fewer paths, or see why a chart takes so long to render.',
  },
  truncated: {
    what: 'Only a part of a list or of a file could be read.',
    mend: 'Scan again; where it stays, the detail says which limit was met.',
  },
  unparsable: {
    what: 'A file, a document or an object is not what it claims to be: the YAML is broken, or a value has a type that the API server would refuse.',
    mend: 'Mend it at the line and column named. Other documents of the file were judged.',
  },
  'not-collected': {
    what: 'Nothing was there to read, or nothing that could read it: an empty folder, a chart without helm, a node without a node collector.',
    mend: 'Name the paths that hold manifests, or put helm or kubectl on PATH to have charts and kustomizations rendered.',
  },
  stale: {
    what: 'What is known is older than it may be.',
    mend: 'Collect again, and see why the collector was silent.',
  },
  redacted: {
    what: 'A value looked like a credential and was taken out before it was judged.',
    mend: 'Move the credential to a Secret; what can be judged without it was judged.',
  },
}
