// Describe schema: the schema of a database as SQL text, always in one order, so that changes of it are seen in review.

import type pg from 'pg'

interface Table {
  readonly name: string
  readonly columns: readonly string[]
  readonly constraints: readonly string[]
  readonly indexes: readonly string[]
}

const tablesSql = `
select relation.relname as name,
  array(
    select quote_ident(attname) || ' ' || format_type(atttypid, atttypmod)
      || case when attnotnull then ' not null' else '' end
      || coalesce(' default ' || pg_get_expr(adbin, adrelid), '')
    from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attrelid = relation.oid and attnum > 0 and not attisdropped order by attnum
  ) as columns,
  array(
    select 'constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid)
    from pg_constraint where conrelid = relation.oid and contype <> 'n' order by contype <> 'p', conname
  ) as constraints,
  array(
    select pg_get_indexdef(indexrelid) from pg_index join pg_class on pg_class.oid = indexrelid
    where indrelid = relation.oid and not exists (select 1 from pg_constraint where conindid = indexrelid and conrelid = indrelid)
    order by relname
  ) as indexes
from pg_class as relation
where relation.relnamespace = current_schema()::regnamespace and relation.relkind in ('r', 'p')
order by relation.relname`

/** The text of all tables with their constraints and indexes, sorted by name. */
export async function describeSchema(client: pg.Pool | pg.ClientBase): Promise<string> {
  const { rows } = await client.query<Table>(tablesSql)
  return rows
    .map(({ name, columns, constraints, indexes }) =>
      [
        `create table ${name} (\n${[...columns, ...constraints].map(line => `  ${line}`).join(',\n')}\n);`,
        ...indexes.map(
          index =>
            `${index.replace(/^CREATE( UNIQUE)? INDEX/, (_, unique) => `create${unique ? ' unique' : ''} index`).replace(/ ON \w+\./, ' on ')};`,
        ),
      ].join('\n'),
    )
    .join('\n\n')
    .concat('\n')
}
