import type pg from 'pg';

/** What PostgreSQL says of everything in a database that is not an extension's, a line each, in its own words. */
const QUESTIONS = [
  `select format('extension %s in %s', extname, extnamespace::regnamespace) from pg_extension`,

  // Tables, views, sequences; the flags of row-level security.
  `select format('%s %s%s%s%s', case relkind when 'r' then 'table' when 'v' then 'view' when 'S' then 'sequence' else 'relation ' || relkind::text end,
            relname, case when relrowsecurity then ' with row security' end,
            case when relforcerowsecurity then ', forced' end, ' ' || reloptions::text)
   from pg_class where relkind not in ('i', 'I', 't') and ${own('pg_class')}`,

  // Of a generated column, pg_attrdef holds the expression.
  `select format('column %s.%s %s%s%s%s%s', relname, attname, format_type(atttypid, atttypmod),
            (select ' collate ' || quote_ident(collname) from pg_collation join pg_type on pg_type.oid = atttypid
              where pg_collation.oid = attcollation and attcollation <> typcollation),
            case when attnotnull then ' not null' end,
            case when adbin is not null then
              case attgenerated when '' then ' default ' else ' generated ' || attgenerated::text || ' as ' end || pg_get_expr(adbin, adrelid) end,
            case when attidentity <> '' then ' identity ' || attidentity::text end)
   from pg_class join pg_attribute on attrelid = pg_class.oid
   left join pg_attrdef on adrelid = pg_class.oid and adnum = attnum
   where relkind in ('r', 'p', 'v') and attnum > 0 and not attisdropped and ${own('pg_class')}`,

  `select format('constraint %s on %s: %s%s', conname, relname, pg_get_constraintdef(pg_constraint.oid),
            case when not convalidated then ' (not valid)' end)
   from pg_constraint join pg_class on pg_class.oid = conrelid
   where ${own('pg_class')}`,

  `select format('index %s%s', pg_get_indexdef(indexrelid), case when not indisvalid then ' (invalid)' end)
   from pg_index join pg_class on pg_class.oid = indrelid where ${own('pg_class')}`,

  `select format('policy %s on %s as %s for %s to %s using %s with check %s', polname, relname,
            case when polpermissive then 'permissive' else 'restrictive' end, polcmd,
            (select string_agg(case role when 0 then 'public' else role::regrole::text end, ', ') from unnest(polroles) role),
            coalesce(pg_get_expr(polqual, polrelid), '–'), coalesce(pg_get_expr(polwithcheck, polrelid), '–'))
   from pg_policy join pg_class on pg_class.oid = polrelid where ${own('pg_class')}`,

  `select pg_get_triggerdef(pg_trigger.oid) from pg_trigger join pg_class on pg_class.oid = tgrelid
   where not tgisinternal and ${own('pg_class')}`,
  `select format('rule %s on %s', rulename, ev_class::regclass) from pg_rewrite join pg_class on pg_class.oid = ev_class where ${own('pg_class')}`,

  `select pg_get_functiondef(oid) from pg_proc
   where prokind in ('f', 'p') and pronamespace = 'public'::regnamespace and ${notOfExtension('pg_proc.oid')}`,

  // Enumerations and domains; every table brings a type of its own.
  `select format('type %s %s %s', typname, typtype, (select string_agg(enumlabel, ', ' order by enumsortorder) from pg_enum where enumtypid = pg_type.oid))
   from pg_type where typtype in ('e', 'd', 'r') and typnamespace = 'public'::regnamespace and ${notOfExtension('pg_type.oid')}`,
];

function own(relation: string): string {
  return `${relation}.relnamespace = 'public'::regnamespace and ${notOfExtension(`${relation}.oid`)}`;
}

function notOfExtension(oid: string): string {
  return `not exists (select from pg_depend where objid = ${oid} and deptype = 'e')`;
}

/** The structure of a database, the job queue's left out, sorted. Two databases with the same lines behave alike, whatever statements made them. */
export async function catalogOf(client: pg.Client): Promise<string[]> {
  const lines: string[] = [];
  for (const text of QUESTIONS) {
    const { rows } = await client.query<[string]>({ text, rowMode: 'array' });
    lines.push(...rows.map(row => row[0]));
  }
  return lines.sort();
}
