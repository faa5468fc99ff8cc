// Assets as of an instant: which were there then, and what they failed then; what is not kept over time is that of now, or null.

import { type RawBuilder, sql } from 'kysely'
import type { QueryColumns } from './compile-query.ts'
import { assetColumns } from './query-columns.ts'

/** True of rows of `table`, which has intervals, that held at the instant. */
const heldAt = (table: string, at: Date) =>
  sql`${sql.ref(`${table}.valid_from`)} <= ${at} and ${sql.ref(`${table}.valid_to`)} > ${at}`

const failing = (severity: number) =>
  sql`(count(*) filter (where held.state = 'open' and held.outcome = 'fail' and held.severity = ${sql.lit(severity)}))::int`

/** Counts of open failures by severity, and of excepted ones, of `held`, which is findings as they were. */
export const heldCounts = sql`${failing(4)} as critical, ${failing(3)} as high, ${failing(2)} as medium,
  ${failing(1)} as low, (count(*) filter (where held.state = 'excepted'))::int as excepted`

/**
 * The assets that were first seen by the instant, called `asset`, with what each failed then; `gone_at` tells of those that were not there
 * then since when. How many rules each passed, or could not be judged by, is kept for the newest assessment only: null before it. Labels and
 * roots are those of now, which are not kept over time.
 */
export const assetsAsOf = (at: Date): RawBuilder<unknown> => sql`(
  select own.cluster_id, own.asset_key, own.api_version, own.kind, own.namespace, own.name, own.labels, own.root_kind, own.root_key,
    own.verdicts, counts.critical, counts.high, counts.medium, counts.low, counts.excepted,
    case when assessed.assessed_at <= ${at} then own.passed end as passed,
    case when assessed.assessed_at <= ${at} then own.not_evaluated end as not_evaluated, own.first_seen,
    coalesce(away.valid_from, case when own.gone_at <= ${at} then own.gone_at else 'infinity' end) as gone_at
  from asset as own
  left join assessment as assessed on assessed.cluster_id = own.cluster_id
  left join asset_absence as away
    on away.cluster_id = own.cluster_id and away.asset_key = own.asset_key and ${heldAt('away', at)}
  left join lateral (
    select ${heldCounts} from finding_state as held
    where held.cluster_id = own.cluster_id and held.asset_key = own.asset_key and ${heldAt('held', at)}
  ) as counts on true
  where own.first_seen <= ${at}
) as asset`

/** The assets that are there, or were, with what they are now, or were at an instant; called `asset`. */
export const assetsFrom = (at: Date | undefined): RawBuilder<unknown> =>
  at === undefined ? sql`asset` : assetsAsOf(at)

/** Where the fields of resources stand; as of an instant, a rule is one that they failed then. */
export const assetColumnsFor = (at: Date | undefined): QueryColumns =>
  at === undefined
    ? assetColumns
    : {
        ...assetColumns,
        rule: {
          type: 'text',
          expressions: [sql.ref('asked_finding.rule')],
          within: condition => sql`exists (select from finding_state as asked_finding
            where asked_finding.cluster_id = asset.cluster_id and asked_finding.asset_key = asset.asset_key
              and asked_finding.state = 'open' and asked_finding.outcome = 'fail'
              and ${heldAt('asked_finding', at)} and ${condition})`,
        },
      }
