import { readdir, readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type AppManifest, schemaOf } from './app.ts';
import { BOOTSTRAP } from './bootstrap.ts';
import { LOGIN_ROLE, type Engine, type Session } from './db/engine.ts';
import type { Registry } from './registry.ts';
import { columnOf } from './resource.ts';

/** Key of the advisory lock that lets one migration run at a time on a server. */
const MIGRATION_LOCK = 730_011;

type Step = { module: string; file: string; text: string; digest: string };

/** All migration files of an installation, in the order of its modules. */
export async function readSteps(registry: Registry, root: string): Promise<Step[]> {
  const steps = await stepsIn('kernel', join(root, 'platform/kernel/migrations'));
  for (const module of registry.modules)
    steps.push(...(await stepsIn(module.id, join(root, module.folder, 'migrations'))));
  return steps;
}

/**
 * What each module brings to the database, as a digest of its migrations and of the manifest lines that reach it: two installations
 * in which a module has the same print have the same schema of it. `kernel` stands for what comes before the modules.
 */
export async function schemaPrints(registry: Registry, root: string): Promise<Map<string, string>> {
  // What the code below grants is as much a part of the schema as any file of SQL.
  const grants = [rolesOf, usesOf, policiesOf, openToShares].map(String).join('');
  const hashes = new Map([['kernel', createHash('sha256').update(BOOTSTRAP).update(grants)]]);
  for (const { id, uses, perApp, takes, resources } of registry.modules)
    hashes.set(id, createHash('sha256').update(JSON.stringify([id, uses, perApp, takes, resources])));
  for (const { module, file, digest } of await readSteps(registry, root))
    hashes.get(module)?.update(file).update(digest);
  return new Map([...hashes].map(([id, hash]) => [id, hash.digest('hex')]));
}

/** Changes whenever the print of any module changes: names the template cache. */
export function schemaFingerprint(prints: ReadonlyMap<string, string>): string {
  return createHash('sha256')
    .update(JSON.stringify([...prints]))
    .digest('hex')
    .slice(0, 16);
}

/** What comes before any module; repeatable. */
export async function bootstrap(engine: Engine): Promise<void> {
  const session = await engine.admin();
  try {
    await session.script(BOOTSTRAP);
  } finally {
    session.release();
  }
}

/**
 * Brings a database to the state of the manifests: roles, schemas, each module's SQL under its owner role, rights on
 * the tables of capabilities that are used, catalogue entries and share views. Repeatable; a changed file that has
 * already run is refused.
 */
export async function migrate(options: {
  engine: Engine;
  registry: Registry;
  root: string;
}): Promise<{ applied: string[] }> {
  const { engine, registry, root } = options;
  const session = await engine.admin();
  const applied: string[] = [];
  try {
    await session.query(`select pg_advisory_lock(${MIGRATION_LOCK})`);
    await session.script(BOOTSTRAP);
    for (const module of registry.modules) await session.script(rolesOf(module));
    await session.script(
      'create table if not exists kernel.migration (module text, file text, digest text not null, at timestamptz not null default now(), primary key (module, file)); alter table kernel.migration owner to kernel_owner',
    );
    const done = new Map(
      (await session.query('select module, file, digest from kernel.migration')).rows.map((r) => [
        `${r.module}/${r.file}`,
        r.digest,
      ]),
    );
    for (const step of await readSteps(registry, root)) {
      const name = `${step.module}/${step.file}`;
      const before = done.get(name);
      if (before === step.digest) continue;
      if (before) throw new Error(`${name} has run already and was changed since; write a new migration instead`);
      await applyStep(session, step);
      applied.push(name);
    }
    for (const module of registry.modules) await session.script(usesOf(module, registry));
    await session.script(await policiesOf(session, registry));
    await publish(session, registry);
  } finally {
    await session.query(`select pg_advisory_unlock(${MIGRATION_LOCK})`).catch(() => undefined);
    session.release();
  }
  return { applied };
}

async function stepsIn(module: string, folder: string): Promise<Step[]> {
  const files = await readdir(folder).catch(() => []);
  const steps: Step[] = [];
  for (const file of files.filter((f) => f.endsWith('.sql')).sort()) {
    const text = await readFile(join(folder, file), 'utf8');
    steps.push({ module, file, text, digest: createHash('sha256').update(text).digest('hex') });
  }
  return steps;
}

async function applyStep(session: Session, step: Step): Promise<void> {
  // The catalogue alone writes as the owner of the share views.
  const owner =
    step.module === 'catalog' && step.text.startsWith('-- as share_owner')
      ? 'share_owner'
      : `${schemaOf(step.module)}_owner`;
  try {
    await session.script(`begin; set local role ${owner}; ${step.text}
      ; reset role; commit`);
  } catch (error) {
    await session.script('rollback').catch(() => undefined);
    throw new Error(`${step.module}/${step.file}: ${error instanceof Error ? error.message : error}`);
  }
  await session.query('insert into kernel.migration (module, file, digest) values ($1, $2, $3)', [
    step.module,
    step.file,
    step.digest,
  ]);
}

/** §2b 1: an owner for migrations, two request roles, default rights for what migrations will create. */
function rolesOf(module: AppManifest): string {
  const s = schemaOf(module.id);
  const make = (role: string) =>
    `do $$ begin create role ${role} nologin; exception when duplicate_object or unique_violation then null; end $$;`;
  return `
    ${make(`${s}_owner`)} ${make(`${s}_app`)} ${make(`${s}_app_all`)}
    create schema if not exists ${s} authorization ${s}_owner;
    grant district_module to ${s}_app, ${s}_app_all;
    grant district_module to ${s}_owner;
    grant ${s}_app, ${s}_app_all to ${LOGIN_ROLE};
    grant usage on schema ${s} to ${s}_app, ${s}_app_all;
    grant usage on schema kernel, share to ${s}_owner;
    alter default privileges for role ${s}_owner in schema ${s} grant select, insert, update, delete on tables to ${s}_app, ${s}_app_all;
    alter default privileges for role ${s}_owner in schema ${s} grant usage on sequences to ${s}_app, ${s}_app_all;
    alter default privileges for role ${s}_owner revoke execute on functions from public;
    alter default privileges for role ${s}_owner in schema ${s} grant execute on functions to ${s}_app, ${s}_app_all;`;
}

/** §2b 2: rights on the per-app tables of used capabilities, one policy an app. */
function usesOf(module: AppManifest, registry: Registry): string {
  const s = schemaOf(module.id);
  const lines: string[] = [];
  for (const used of module.uses ?? []) {
    const c = schemaOf(used);
    lines.push(`grant usage on schema ${c} to ${s}_app, ${s}_app_all, ${s}_owner;`);
    for (const table of registry.module(used).perApp ?? []) {
      const t = `${c}.${table}`;
      // The capability's own grants say which of insert, update and delete its rows allow at all.
      lines.push(`do $$ declare p text; begin
        for p in select privilege_type from information_schema.role_table_grants where grantee = '${c}_app' and table_schema = '${c}' and table_name = '${table}'
          and privilege_type in ('SELECT','INSERT','UPDATE','DELETE')
        loop execute format('grant %s on ${t} to ${s}_app, ${s}_app_all', p); end loop; end $$;
        grant references on ${t} to ${s}_owner;
        drop policy if exists used_by_${s} on ${t};
        create policy used_by_${s} on ${t} to ${s}_app, ${s}_app_all using (app = '${module.id}') with check (app = '${module.id}');`);
    }
    lines.push(`grant usage on all sequences in schema ${c} to ${s}_app, ${s}_app_all;`);
  }
  return lines.join('\n') || 'select 1';
}

/** Share views read every row of a published table; the scope is in the view, so the reader's policy is plain. */
async function policiesOf(session: Session, registry: Registry): Promise<string> {
  const lines: string[] = ['select 1;'];
  for (const { resources } of registry.modules) {
    for (const resource of resources ?? []) {
      const [schema, name] = resource.table.split('.') as [string, string];
      lines.push(`grant usage on schema ${schema} to share_owner; grant select on ${schema}.${name} to share_owner;`);
      const { rows } = await session.query(
        'select c.relrowsecurity as secured from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2',
        [schema, name],
      );
      if (!rows[0]) throw new Error(`${resource.id}: table ${resource.table} does not exist`);
      if (rows[0].secured) lines.push(openToShares(`${schema}.${name}`));
      // A view that reads with its reader's rights asks for the columns beneath it, too.
      const beneath = await session.query(
        `select n.nspname as schema, c.relname as name, c.relrowsecurity as secured, string_agg(distinct quote_ident(a.attname), ', ') as columns
        from pg_class v join pg_rewrite w on w.ev_class = v.oid
        join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> v.oid and d.refobjsubid > 0
        join pg_class c on c.oid = d.refobjid join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid
        where v.oid = format('%I.%I', $1::text, $2::text)::regclass and v.relkind = 'v' and 'security_invoker=true' = any (v.reloptions) group by 1, 2, 3`,
        [schema, name],
      );
      for (const base of beneath.rows as { schema: string; name: string; secured: boolean; columns: string }[]) {
        const table = `${base.schema}.${base.name}`;
        lines.push(
          `grant usage on schema ${base.schema} to share_owner; grant select (${base.columns}) on ${table} to share_owner;`,
        );
        if (base.secured) lines.push(openToShares(table));
      }
    }
  }
  return lines.join('\n');
}

const openToShares = (table: string): string =>
  `drop policy if exists shared on ${table}; create policy shared on ${table} for select to share_owner using (true);`;

/** Registers resources and takes in the catalogue; the catalogue makes the share views. */
async function publish(session: Session, registry: Registry): Promise<void> {
  if (!registry.modules.some((m) => m.id === 'catalog')) return;
  const resources = registry.modules.flatMap((module) =>
    (module.resources ?? []).map((r) => ({
      ...r,
      module: module.id,
      fields: Object.entries(r.fields).map(([name, f]) => ({
        name,
        column: columnOf(name, f),
        title: f.title,
        level: f.level,
        element: f.element ?? null,
        subject: f.subject ?? null,
        type: f.schema,
      })),
    })),
  );
  const takes = registry.modules.flatMap((module) =>
    (module.takes ?? []).map((t) => ({ ...t, taker: module.id, schema: schemaOf(module.id) })),
  );
  await session.query('select catalog.sync($1::text::jsonb, $2::text::jsonb)', [
    JSON.stringify(resources),
    JSON.stringify(takes),
  ]);
}
