// Support: whether a minor version of Kubernetes gets fixes on a day, from whoever runs it.
//
// Sources: support-dates.ts; kubernetes.io, "Patch Releases" (a minor gets patches for at least twelve months); docs.aws.amazon.com, "Amazon
// EKS Kubernetes versions" (a cluster goes into extended support by itself); GKE "release channels" and AKS "long-term support" (chosen).

import { type Supplier, supportDates, tablesOf } from './support-dates.ts'

export type Support =
  | { readonly state: 'standard' | 'extended' }
  | { readonly state: 'ended'; readonly since?: string }
  /** Nobody can tell from what is read; `why` is a clause. */
  | { readonly state: 'unknown'; readonly why: string }

const names: Readonly<Record<Supplier, string>> = {
  kubernetes: 'Kubernetes',
  eks: 'Amazon EKS',
  gke: 'GKE',
  aks: 'AKS',
  openshift: 'OpenShift',
}

/** How the one who gives the fixes is called. */
export const nameOfSupplier = (supplier: Supplier): string => names[supplier]

/** Whether 1.`minor` gets fixes from that supplier on a day (`2026-08-22`; the last day of support is still one). */
export function supportOf(minor: number, day: string, supplier: Supplier): Support {
  const table = supportDates[supplier]
  const dates = table.get(minor)
  const newest = Math.max(...table.keys())
  if (!dates)
    return minor > newest
      ? supportOfNewer(minor, day, newest)
      : minor < Math.min(...table.keys())
        ? { state: 'ended' }
        : { state: 'unknown', why: `${names[supplier]} is not known to have had 1.${minor}` }
  if (day <= dates.ends) return { state: 'standard' }
  if (dates.extendedEnds === undefined || day > dates.extendedEnds)
    return { state: 'ended', since: dates.extendedEnds ?? dates.ends }
  // Only EKS gives longer support without being asked.
  return supplier === 'eks'
    ? { state: 'extended' }
    : {
        state: 'unknown',
        why: `1.${minor} has had no fixes from ${names[supplier]} since ${dates.ends} unless longer support was chosen`,
      }
}

/** A version that came after the tables were made is supported for a year from then at least. */
function supportOfNewer(minor: number, day: string, newest: number): Support {
  const year = Number(tablesOf.slice(0, 4)) + 1
  return day <= `${year}${tablesOf.slice(4)}`
    ? { state: 'standard' }
    : { state: 'unknown', why: `1.${minor} is newer than 1.${newest}, the newest version known here` }
}
