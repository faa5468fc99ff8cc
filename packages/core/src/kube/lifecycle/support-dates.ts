// Support dates: until when each minor version of Kubernetes gets fixes, from the project itself and from those who run it for others.
//
// Sources: kubernetes.io/releases (data/releases/eol.yaml of the website for 1.2 to 1.31); for newer ones and for the providers
// endoflife.date of the day below, which gathers kubernetes.io/releases, docs.aws.amazon.com "Amazon EKS Kubernetes versions", the
// GKE release schedule, learn.microsoft.com "Supported Kubernetes versions in AKS", and the OpenShift Container Platform life cycle.

/** The day as of which the tables are true. */
export const tablesOf = '2026-08-22'

export interface SupportDates {
  /** The last day with fixes; for OpenShift that of maintenance support. */
  readonly ends: string
  /** The last day with fixes where longer support was bought or chosen; absent where none is offered. */
  readonly extendedEnds?: string
}

/** `kubernetes` is the project itself. */
export type Supplier = 'kubernetes' | 'eks' | 'gke' | 'aks' | 'openshift'

/** Minor; last day with fixes; the last day of longer support. */
const tables: Readonly<Record<Supplier, string>> = {
  kubernetes: `
2 2016-10-23|3 2016-11-01|4 2017-04-21|5 2017-10-01|6 2017-11-23|7 2018-04-04|8 2018-07-12|9 2018-09-29|10 2019-02-13|11 2019-05-01
12 2019-07-08|13 2019-10-15|14 2019-12-11|15 2020-05-06|16 2020-09-02|17 2021-01-13|18 2021-06-18|19 2021-10-28|20 2022-02-28
21 2022-06-28|22 2022-12-08|23 2023-02-28|24 2023-07-28|25 2023-10-28|26 2024-02-28|27 2024-07-16|28 2024-10-22|29 2025-02-28
30 2025-07-15|31 2025-11-11|32 2026-02-28|33 2026-06-28|34 2026-10-27|35 2027-02-28|36 2027-06-28`,
  eks: `
18 2022-08-15|19 2022-08-01|20 2022-11-01|21 2023-02-16 2024-07-15|22 2023-06-04 2024-09-01|23 2023-10-11 2024-10-11
24 2024-01-31 2025-01-31|25 2024-05-01 2025-05-01|26 2024-06-11 2025-06-11|27 2024-07-24 2025-07-24|28 2024-11-26 2025-11-26
29 2025-03-23 2026-03-23|30 2025-07-23 2026-07-23|31 2025-11-26 2026-11-26|32 2026-03-23 2027-03-23|33 2026-07-29 2027-07-29
34 2026-12-02 2027-12-02|35 2027-03-27 2028-03-27|36 2027-08-02 2028-08-02`,
  // The extended channel holds a version for 24 months after it came to the regular one.
  gke: `
17 2021-11-01|18 2022-03-01|19 2022-06-01|20 2022-08-01|21 2023-01-31|22 2023-04-30|23 2023-07-31|24 2023-10-31|25 2024-03-30
26 2024-06-30|27 2024-10-01 2025-06-15|28 2025-02-04 2025-12-04|29 2025-04-12 2026-01-26|30 2025-09-30 2026-07-31
31 2026-01-16 2026-10-25|32 2026-04-11 2027-02-11|33 2026-08-03 2027-06-03|34 2026-10-01 2027-09-30|35 2027-04-11 2028-02-11
36 2027-08-09 2028-06-09`,
  aks: `
21 2022-07-31|22 2022-12-04|23 2023-04-02|24 2023-07-31|25 2024-01-14|26 2024-04-11|27 2024-07-31 2025-07-31
28 2025-01-31 2026-02-28|29 2025-03-31 2026-04-30|30 2025-08-22 2026-07-31|31 2025-11-01 2026-11-30|32 2026-03-31 2027-03-31
33 2026-07-31 2027-07-31|34 2026-11-30 2027-11-30|35 2027-03-31 2028-03-31|36 2027-06-30 2028-06-30`,
  // OpenShift 4.4 to 4.22.
  openshift: `
17 2021-02-24|18 2021-07-27|19 2022-10-27|20 2022-08-24|21 2023-01-27 2023-04-27|22 2023-04-18|23 2023-09-10|24 2024-02-10
25 2024-07-17 2025-01-17|26 2024-11-17|27 2025-05-01 2025-10-31|28 2025-08-27|29 2025-12-27 2026-06-27|30 2026-04-01
31 2026-08-25 2027-02-25|32 2026-12-17|33 2027-04-21|34 2027-08-03|35 2027-12-31`,
}

const read = (table: string): ReadonlyMap<number, SupportDates> =>
  new Map(
    table
      .trim()
      .split(/[|\n]/)
      .map(entry => {
        const [minor, ends = '', extendedEnds] = entry.split(' ')
        return [Number(minor), { ends, ...(extendedEnds !== undefined && { extendedEnds }) }] as const
      }),
  )

/** The dates of each minor version, by who gives the fixes, from the oldest to the newest. */
export const supportDates: Readonly<Record<Supplier, ReadonlyMap<number, SupportDates>>> = {
  kubernetes: read(tables.kubernetes),
  eks: read(tables.eks),
  gke: read(tables.gke),
  aks: read(tables.aks),
  openshift: read(tables.openshift),
}
