// Draft: what the wizard has been told of a cluster so far, and the enrolment that it asks for by it.

import { defaultSlices, type SliceId } from '@plimsoll/core'
import type { ApiClient } from '@plimsoll/core/contract/client'

type NewEnrolment = Parameters<ApiClient['createEnrolment']>[0]

export interface Draft {
  readonly name: string
  readonly environment: string
  readonly namespace: string
  readonly slices: readonly SliceId[]
  readonly replicas: number
  readonly proxy: string
  /** Hosts with commas between. */
  readonly noProxy: string
  readonly extraCa: string
  readonly existingSecret: string
  readonly repository: string
  readonly chart: string
  readonly networkPolicy: boolean
  readonly hostNetwork: boolean
  readonly openshift: boolean
}

export const emptyDraft: Draft = {
  name: '',
  environment: '',
  namespace: 'plimsoll',
  slices: defaultSlices,
  replicas: 1,
  proxy: '',
  noProxy: '',
  extraCa: '',
  existingSecret: '',
  repository: '',
  chart: '',
  networkPolicy: true,
  hostNetwork: false,
  openshift: false,
}

/** What was left empty is not sent, so that the server's own defaults hold. */
const given = (text: string): string | undefined => text.trim() || undefined

export const enrolmentOf = (draft: Draft): NewEnrolment => ({
  name: draft.name.trim(),
  environment: draft.environment.trim(),
  options: {
    namespace: given(draft.namespace),
    slices: draft.slices,
    replicas: draft.replicas,
    proxy: given(draft.proxy),
    noProxy: draft.noProxy.split(/[\s,]+/).filter(host => host !== ''),
    extraCa: given(draft.extraCa),
    existingSecret: given(draft.existingSecret),
    image: { repository: given(draft.repository) },
    chart: given(draft.chart),
    networkPolicy: draft.networkPolicy,
    hostNetwork: draft.hostNetwork,
    openshift: draft.openshift,
  },
})
